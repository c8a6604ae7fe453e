"""The reader process as the app holds it: start, hand over a file, receive, end.

Cancel is a byte in shared memory beside the pipe: the child looks at it between frames, blocks and packets; one
that does not yield within the grace time is ended.
"""

import logging
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import reduction
from typing import BinaryIO

from desktop.core.child import BROKEN_PIPE, Child, Entry, StopFlag
from desktop.core.documents import DocumentWish, PageWish
from desktop.core.errors import AppError, FileTooDemanding, ReaderCrashed, ReaderHung
from desktop.core.media import FactsWish, PictureWish, Progress, ThumbnailWish
from desktop.reader import wire

log = logging.getLogger(__name__)
MEMORY_SECONDS = 0.25
ENDING_SECONDS = 0.2
GIBIBYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Patience:
    """How much a file may take, in seconds and bytes."""

    starting: float = 30.0
    """Before the first sign of life of a new process; a cold disk can be slow."""
    silent: float = 30.0
    """Without any later sign of life."""
    short: float = 60.0
    """For facts and pictures in all."""
    long: float = 300.0
    """For frames and sound in all. Time the app takes to fetch them does not count."""
    page: float = 120.0
    """For one page of a document and all that lies between it and the next; documents may be of any length."""
    page_silent: float = 75.0
    """Without a sign of life while a document is read: nothing interrupts the recognition of a page."""
    life: float = 60.0
    """Work of one process, after which another takes its place."""
    after_cancel: float = 1.0
    quitting: float = 1.0
    memory: int = 3 * GIBIBYTE // 2


class ReaderProcess:
    """One child process, the pipe to it and the clocks of its task. One user thread; `kill` from any."""

    def __init__(self, entry: Entry, flag: StopFlag, patience: Patience) -> None:
        """Start it.

        Raises:
            OSError: the system has no process to give.
        """
        self._patience = patience
        self._flag = flag
        self._child = Child(entry, flag, "reader")
        self._busy = False
        self._awake = False
        self._name = ""
        self._left = 0.0
        self._silent = 0.0
        self._by_page = False
        self._cancelled_at: float | None = None
        self._looked_at_memory = 0.0
        self.tasks = 0
        self.spent = 0.0
        """Seconds the app has waited for it in all."""

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._child.alive

    @property
    def busy(self) -> bool:
        """Whether a task still waits for the reply that closes it."""
        return self._busy

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    def send(self, task: wire.Task, file: BinaryIO) -> None:
        """Hand over a task and the open file; the app may close its own afterwards.

        Raises:
            ReaderCrashed: the process is gone.
        """
        self._by_page = isinstance(task.wish, DocumentWish)
        self._silent = self._patience.page_silent if self._by_page else self._patience.silent
        self._left = self._time_for(task.wish)
        self._name = task.name
        self._cancelled_at = None
        self.tasks += 1
        try:
            self._child.pipe.send(task)
            reduction.send_handle(self._child.pipe, _handle(file), self._child.pid)
        except (OSError, RuntimeError) as error:  # the latter where macOS gets no receipt
            raise ReaderCrashed(name=self._name) from error
        self._busy = True

    def receive(self) -> wire.Reply:
        """Return the next reply.

        Raises:
            ReaderCrashed: the process ended, or sent what is not a reply.
            ReaderHung: it stayed silent, took too long in all, or went on too long after a cancel.
            FileTooDemanding: it took more memory than it may.
        """
        began = time.monotonic()
        deadline = began + (min(self._silent, self._left) if self._awake else self._patience.starting)
        try:
            reply = wire.decode(self._child.receive(wire.MAX_REPLY, lambda: self._look(deadline)))
        except BROKEN_PIPE as error:
            raise self._ending() from error
        finally:
            if self._awake:
                took = time.monotonic() - began
                self._left -= took
                self.spent += took
        self._awake = True
        self._busy = not isinstance(reply, wire.CLOSING)
        if self._by_page and not isinstance(reply, Progress):
            self._left = self._patience.page
        return reply

    def end(self) -> None:
        """Ask it to end, then make it; no process is left."""
        with suppress(OSError):
            self._child.pipe.send(wire.Quit())
        self._child.join(self._patience.quitting)
        self.kill()
        self._child.pipe.close()

    def discard(self) -> None:
        """End it at once: what it has read may have harmed it."""
        self.kill()
        log.info("reader process ended, code %s", self._child.exit_code)
        self._child.pipe.close()

    def kill(self) -> None:
        """End it at once; the thread that waits for a reply sees the pipe end."""
        self._child.kill()

    def _time_for(self, wish: wire.AnyWish) -> float:
        """Return how long a task may take, that of a document until its first page."""
        match wish:
            case DocumentWish():
                return self._patience.page
            case FactsWish() | PictureWish() | ThumbnailWish() | PageWish():
                return self._patience.short
            case _:
                return self._patience.long

    def _ending(self) -> AppError:
        """Say why it is gone; the system ends a process that used up its processor time with a signal of its own."""
        self._child.join(ENDING_SECONDS)
        if sys.platform != "win32":
            import signal  # noqa: PLC0415 - POSIX only

            if self._child.exit_code == -signal.SIGXCPU:
                return ReaderHung(name=self._name)
        return ReaderCrashed(name=self._name)

    def _look(self, deadline: float) -> None:
        """End the wait when the task has had its share of time or memory."""
        now = time.monotonic()
        if self._flag[0]:
            self._cancelled_at = self._cancelled_at or now
            deadline = min(deadline, self._cancelled_at + self._patience.after_cancel)
        if now > deadline:
            raise ReaderHung(name=self._name)
        if now > self._looked_at_memory + MEMORY_SECONDS:
            self._looked_at_memory = now
            self._look_at_memory()

    def _look_at_memory(self) -> None:
        """Why beside the child's own limit: not every system has one that counts what is really used."""
        import psutil  # noqa: PLC0415 - loaded when the first file is read

        with suppress(psutil.Error):
            if psutil.Process(self._child.pid).memory_info().rss > self._patience.memory:
                raise FileTooDemanding(name=self._name)


def _handle(file: BinaryIO) -> int:
    """Return what this system passes between processes for an open file."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        return msvcrt.get_osfhandle(file.fileno())
    return file.fileno()
