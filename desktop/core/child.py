"""What every child process of the app has in common: its start, its pipe, its end, and distrust of what it sends.

Why spawn on every system: a fork would copy the threads' locks and Qt's state into the child, and hand it the
store's open files.

Why replies are unpickled by hand: a child reads foreign files. If one of them took it over, a plain unpickler in
the app would hand the app over as well; this one makes the listed values and nothing else.
"""

import io
import multiprocessing
import pickle
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

BROKEN_PIPE = (EOFError, OSError, pickle.UnpicklingError, AttributeError, ImportError, IndexError)
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
        pickle.UnpicklingError: they name something else.
    """
    return _ListedUnpickler(data, listed).load()


def place_of(error: Exception) -> str:
    """Name the line that raised; the text of an exception may hold words of the person and stays in the child."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else Path(sys.executable).name
