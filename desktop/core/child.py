"""What every child process of the app has in common: its start, its pipe, its end, and distrust of what it sends.

Why spawn on every system: a fork would copy the threads' locks and Qt's state into the child, and hand it the
store's open files.

Why replies are unpickled by hand: a child reads foreign files. If one of them took it over, a plain unpickler in
the app would hand the app over as well; this one makes the listed values and nothing else.
"""

import io
import multiprocessing
import os
import pickle
import struct
import sys
import traceback
from collections.abc import Callable, Mapping, Set
from ctypes import Array, c_ubyte
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.core import errors

StopFlag = Array[c_ubyte]
"""Two bytes: the flag and a zero that never changes, so that together they are a C string."""

Entry = Callable[[Connection, StopFlag], None]

LOOK_SECONDS = 0.1
_LENGTH = struct.Struct("!i")
"""What `Connection` writes before a message of less than 2 GiB."""
_PIECE = 1 << 20

BROKEN_PIPE = (EOFError, OSError, pickle.UnpicklingError)
"""What reading from a child raises when it ended, or when it sent what is not a reply."""

APP_ERRORS = frozenset(
    {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.AppError)}
    | {"_rebuild"}
)
"""The names in core.errors that a child may send."""


def new_flag() -> StopFlag:
    """Make the stop flag that an adapter shares with all its processes."""
    return multiprocessing.get_context("spawn").RawArray(c_ubyte, 2)


class Child:
    """One spawned process and the pipe to it. One user thread; `kill` from any."""

    def __init__(self, entry: Entry, flag: StopFlag, name: str) -> None:
        """Start the process.

        Raises:
            OSError: the system has no process to give.
        """
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=entry, args=(theirs, flag), name=f"inglenook {name}", daemon=True)
        try:
            self._process.start()
        except OSError:
            self.pipe.close()
            raise
        finally:
            theirs.close()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.exitcode

    def receive(self, most: int, look: Callable[[], None]) -> bytes:
        """Return the next message.

        Why not `recv_bytes` on POSIX: a child that sends half a message would hold its reader for ever.

        Args:
            most: bytes; a longer message is an error.
            look: called while waiting; raises when that has gone on too long.

        Raises:
            EOFError: the child ended.
            OSError: the pipe broke, or the message is too long.
        """
        if sys.platform == "win32":  # messages arrive whole there
            self._wait(look)
            return self.pipe.recv_bytes(most)
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, look))
        if not 0 <= length <= most:
            raise OSError("a child process sent too much")
        return bytes(self._read(length, look))

    def _read(self, length: int, look: Callable[[], None]) -> bytearray:
        read = bytearray()
        while len(read) < length:
            self._wait(look)
            piece = os.read(self.pipe.fileno(), min(length - len(read), _PIECE))
            if not piece:
                raise EOFError
            read += piece
        return read

    def _wait(self, look: Callable[[], None]) -> None:
        look()
        while not self.pipe.poll(LOOK_SECONDS):
            look()

    def join(self, seconds: float) -> None:
        """Wait for its end, but no longer than that."""
        self._process.join(seconds)

    def kill(self) -> None:
        """End it at once; the thread that waits for a reply sees the pipe end."""
        if self._process.is_alive():
            self._process.kill()
        self._process.join()


class _ListedUnpickler(pickle.Unpickler):
    """Makes the listed classes and refuses every other."""

    def __init__(self, data: bytes, listed: Mapping[str, Set[str]]) -> None:
        super().__init__(io.BytesIO(data))
        self._listed = listed

    def find_class(self, module: str, name: str) -> object:
        if name in self._listed.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError("a child process sent something else than a reply")


def unpickle(data: bytes, listed: Mapping[str, Set[str]]) -> object:
    """Return the value these bytes hold, made of plain values and of listed classes.

    Args:
        data: what a child sent.
        listed: module -> names in it that may be made or called.

    Raises:
        pickle.UnpicklingError: they name something else, or nothing that can be.
    """
    try:
        return _ListedUnpickler(data, listed).load()
    except (AttributeError, ImportError, LookupError, TypeError, ValueError, EOFError, OverflowError) as error:
        raise pickle.UnpicklingError("a child process sent something else than a reply") from error


def place_of(error: Exception) -> str:
    """Name the line that raised; the text of an exception may hold words of the person and stays in the child."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else Path(sys.executable).name
