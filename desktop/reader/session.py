"""A process that reads foreign files, and another in its place: what both readers of the app have in common.

A process reads up to a hundred files or for a minute, then another takes its place; after any failure at once.
What one file may have done to it is not carried on to many others, and a new process costs no more than a look
at one file.
"""

import logging
import os
import stat
from collections.abc import Generator, Iterator
from typing import TypeVar, overload

from desktop.core.child import Entry, new_flag
from desktop.core.errors import AppError, Cancelled, FileNotRecognised, ReaderCrashed
from desktop.core.media import Progress, Source
from desktop.reader import wire
from desktop.reader.process import Patience, ReaderProcess

log = logging.getLogger(__name__)

TASKS = 100

Result = TypeVar("Result", bound=wire.Result)
Second = TypeVar("Second", bound=wire.Result)
Third = TypeVar("Third", bound=wire.Result)
Reading = Generator[wire.Result | Progress, None, None]


class ReaderSession:
    """Hands files to a child process that is started when needed and often made anew. One user thread."""

    def __init__(self, entry: Entry, patience: Patience | None) -> None:
        """Start nothing yet.

        Args:
            entry: what the child runs; tests hand in a scripted one.
            patience: what a file may take.
        """
        self._entry = entry
        self._patience = patience or Patience()
        self._flag = new_flag()
        self._process: ReaderProcess | None = None
        self._reading: Reading | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running process, for tests."""
        process = self._process
        return process.pid if process is not None and process.alive else None

    def one(self, source: Source, wish: wire.AnyWish, kind: type[Result]) -> Result:
        """Read to the end and return the one result.

        Raises:
            AppError: the file cannot be read.
            Cancelled: after `cancel`.
        """
        found: Result | None = None
        for value in self._begin(source, wish):
            if isinstance(value, kind):
                found = value
        if found is None:
            raise self._nonsense(source)
        return found

    @overload
    def many(self, source: Source, wish: wire.AnyWish, first: type[Result], /) -> Iterator[Result | Progress]: ...
    @overload
    def many(
        self, source: Source, wish: wire.AnyWish, first: type[Result], second: type[Second], /
    ) -> Iterator[Result | Second | Progress]: ...
    @overload
    def many(
        self, source: Source, wish: wire.AnyWish, first: type[Result], second: type[Second], third: type[Third], /
    ) -> Iterator[Result | Second | Third | Progress]: ...
    def many(self, source: Source, wish: wire.AnyWish, /, *kinds: type[object]) -> Iterator[wire.Result | Progress]:
        """Read result by result; it has begun when this returns. Raises as `one`, while it is walked."""
        return self._checked(self._begin(source, wish), source, (*kinds, Progress))

    def cancel(self) -> None:
        """End what is being read soon; its caller gets Cancelled. From any thread."""
        self._flag[0] = 1

    def close(self) -> None:
        """End the process. From the user thread; from any other, `cancel` first."""
        if self._reading is not None:
            self._reading.close()
        self._reading = None
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _checked(
        self, reading: Reading, source: Source, kinds: tuple[type[object], ...]
    ) -> Iterator[wire.Result | Progress]:
        try:
            for value in reading:
                if not isinstance(value, kinds):
                    raise self._nonsense(source)
                yield value
        finally:
            reading.close()

    def _begin(self, source: Source, wish: wire.AnyWish) -> Reading:
        """Begin a task; the one before it, if somebody left it, is ended.

        Why the flag is cleared here and not at the first result: a cancel between the two must count.
        """
        if self._reading is not None:
            self._reading.close()
        _check(source)
        self._flag[0] = 0
        self._reading = self._read(source, wish)
        return self._reading

    def _read(self, source: Source, wish: wire.AnyWish) -> Reading:
        whole = False
        try:
            process = self._begun(source, wish)
            while process.busy:
                reply = process.receive()
                match reply:
                    case wire.Ended():
                        whole = True
                    case wire.Stopped():
                        whole = True
                        raise Cancelled
                    case wire.Failure(error):
                        raise error
                    case wire.Broken(what, where):
                        log.error("the reader process met a bug: %s in %s", what, where)
                        raise ReaderCrashed(name=source.name)
                    case _:
                        yield reply
        except AppError:
            if not self._flag[0]:
                raise
            raise Cancelled from None
        finally:
            if not whole:
                self._discard()

    def _begun(self, source: Source, wish: wire.AnyWish) -> ReaderProcess:
        """Hand the task over and wait for the sign of life that comes before the file is touched.

        Why a second try: a process that ended before that did not die of this file.
        """
        task = wire.Task(wish, source.name, source.key)
        try:
            process = self._fresh(source)
            process.send(task, source.file)
            first = process.receive()
        except ReaderCrashed:
            self._discard()
            process = self._fresh(source)
            process.send(task, source.file)
            first = process.receive()
        if not isinstance(first, Progress):
            raise self._nonsense(source)
        return process

    def _fresh(self, source: Source) -> ReaderProcess:
        """Return the process, or another where it has read enough."""
        process = self._process
        if process is not None and (
            process.tasks >= TASKS or process.spent >= self._patience.life or not process.alive
        ):
            self._discard()
            process = None
        if process is None:
            try:
                process = self._process = ReaderProcess(self._entry, self._flag, self._patience)
            except OSError as error:
                raise ReaderCrashed(name=source.name) from error
        return process

    def _nonsense(self, source: Source) -> ReaderCrashed:
        """Drop a process that sent another kind of result than was asked for."""
        self._discard()
        return ReaderCrashed(name=source.name)

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.discard()


def _check(source: Source) -> None:
    """Make sure that nothing but reading can be done with what is handed over, and that it has an end."""
    if source.file.writable():
        raise ValueError("a source is opened for reading only")
    if not stat.S_ISREG(os.fstat(source.file.fileno()).st_mode):
        raise FileNotRecognised(name=source.name)
