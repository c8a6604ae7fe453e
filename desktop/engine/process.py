"""The model process as the app holds it: start, send, receive, end.

Stop is a byte in shared memory beside the pipe: the child looks at it between tokens, and llama.cpp itself looks
at it inside a batch (see `worker.stopping`), so a stop needs no answer from Python to take effect.
"""

import logging
import multiprocessing
import pickle
import time
from collections.abc import Callable
from contextlib import suppress
from ctypes import Array, c_ubyte
from dataclasses import dataclass
from multiprocessing.connection import Connection

from desktop.core.errors import EngineCrashed, EngineHung
from desktop.engine import wire

StopFlag = Array[c_ubyte]
"""Two bytes: the flag and a zero that never changes, so that together they are a C string."""

Entry = Callable[[Connection, StopFlag], None]

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne, in seconds. Loading reports progress, but a cold disk can be slow."""

    answering: float = 90.0
    loading: float = 300.0
    after_stop: float = 5.0
    quitting: float = 2.0


def new_flag() -> StopFlag:
    """Make the stop flag that an engine shares with all its processes."""
    return multiprocessing.get_context("spawn").RawArray(c_ubyte, 2)


class ModelProcess:
    """One child process and the pipe to it. One user thread; `kill` from any.

    Why spawn on every system: a fork would copy the threads' locks and Qt's state into the child, and hand it
    the store's open files.
    """

    def __init__(self, entry: Entry, flag: StopFlag, patience: Patience) -> None:
        context = multiprocessing.get_context("spawn")
        self._patience = patience
        self._flag = flag
        self._stopped_at: float | None = None
        self._busy = False
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=entry, args=(theirs, flag), name="inglenook model", daemon=True)
        try:
            self._process.start()
        except OSError as error:
            self._pipe.close()
            raise EngineCrashed from error
        finally:
            theirs.close()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    @property
    def busy(self) -> bool:
        """Whether a command still waits for the reply that closes it."""
        return self._busy

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def send(self, command: wire.Command) -> None:
        """Send a command.

        Raises:
            EngineCrashed: the process is gone.
        """
        self._stopped_at = None
        try:
            self._pipe.send(command)
            self._busy = True
        except OSError as error:
            raise EngineCrashed from error

    def receive(self, limit: float) -> wire.Reply:
        """Return the next reply; `limit` is how long the child may stay silent.

        Raises:
            EngineCrashed: the process ended, or sent what is not a reply.
            EngineHung: it stayed silent, or went on too long after a stop.
        """
        deadline = time.monotonic() + limit
        try:
            while not self._pipe.poll(LOOK_SECONDS):
                self._look_at_the_clock(deadline)
            self._look_at_the_clock(float("inf"))
            reply = wire.decode(self._pipe.recv_bytes(wire.MAX_REPLY))
        except (EOFError, OSError, pickle.UnpicklingError, AttributeError, ImportError, IndexError) as error:
            raise EngineCrashed from error
        self._busy = not isinstance(reply, wire.CLOSING)
        return reply

    def end(self) -> None:
        """Ask it to end, then make it; no process is left."""
        with suppress(OSError):
            self._pipe.send(wire.Quit())
        self._process.join(self._patience.quitting)
        self.kill()
        self._pipe.close()

    def discard(self) -> None:
        """End it at once: it crashed, hung or must give its memory back."""
        self.kill()
        log.info("model process ended, code %s", self._process.exitcode)
        self._pipe.close()

    def kill(self) -> None:
        """End it at once; the thread that waits for a reply sees the pipe end."""
        if self._process.is_alive():
            self._process.kill()
        self._process.join()

    def _look_at_the_clock(self, deadline: float) -> None:
        now = time.monotonic()
        if self._flag[0]:
            self._stopped_at = self._stopped_at or now
            deadline = min(deadline, self._stopped_at + self._patience.after_stop)
        if now > deadline:
            raise EngineHung
