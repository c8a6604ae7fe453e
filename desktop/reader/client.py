"""The MediaReader port over a process of its own: starts it, hands it files, passes results on.

A process reads up to a hundred files or for a minute, then another takes its place; after any failure at once.
What one file may have done to it is not carried on to many others, and a new process costs no more than a look
at one file.
"""

import logging
import os
import stat
from collections.abc import Generator, Iterator
from typing import TypeVar

from desktop.core.child import Entry, new_flag
from desktop.core.errors import AppError, Cancelled, FileNotRecognised, ReaderCrashed
from desktop.core.media import (
    Facts,
    FactsWish,
    Frame,
    FramesWish,
    HeardBlock,
    Moment,
    Picture,
    PictureWish,
    PlayWish,
    Progress,
    SoundBlock,
    SoundWish,
    Source,
    ThumbnailWish,
    Wish,
)
from desktop.reader import wire
from desktop.reader.process import Patience, ReaderProcess
from desktop.reader.worker import main as worker

log = logging.getLogger(__name__)

TASKS = 100

One = TypeVar("One", Facts, Picture)
Many = TypeVar("Many", Frame, SoundBlock)
Reading = Generator[wire.Result | Progress, None, None]


class LocalMediaReader:
    """Reads foreign files in a child process that is started when needed and often made anew."""

    def __init__(self, entry: Entry = worker.run, patience: Patience | None = None) -> None:
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

    def describe(self, source: Source) -> Facts:
        """Tell what a file is, by its content; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._one(source, FactsWish(), Facts)

    def picture(self, source: Source, wish: PictureWish) -> Picture:
        """Prepare a picture for a model; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._one(source, wish, Picture)

    def thumbnail(self, source: Source, wish: ThumbnailWish) -> Picture:
        """Make a small picture of a picture or video; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._one(source, wish, Picture)

    def frames(self, source: Source, wish: FramesWish) -> Iterator[Frame | Progress]:
        """Choose frames of a video; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._many(self._begin(source, wish), source, Frame)

    def sound(self, source: Source, wish: SoundWish) -> Iterator[SoundBlock | Progress]:
        """Read sound block by block; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._many(self._begin(source, wish), source, SoundBlock)

    def play(self, source: Source, wish: PlayWish) -> Iterator[Moment | Progress]:
        """Read frames and sound as they are fetched; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._moments(self._begin(source, wish), source)

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

    def _one(self, source: Source, wish: Wish, kind: type[One]) -> One:
        """Read to the end and return the one result."""
        found: One | None = None
        for value in self._begin(source, wish):
            if isinstance(value, kind):
                found = value
        if found is None:
            raise self._nonsense(source)
        return found

    def _many(self, reading: Reading, source: Source, kind: type[Many]) -> Iterator[Many | Progress]:
        try:
            for value in reading:
                if not isinstance(value, kind | Progress):
                    raise self._nonsense(source)
                yield value
        finally:
            reading.close()

    def _moments(self, reading: Reading, source: Source) -> Iterator[Moment | Progress]:
        try:
            for value in reading:
                if not isinstance(value, Frame | HeardBlock | Progress):
                    raise self._nonsense(source)
                yield value
        finally:
            reading.close()

    def _begin(self, source: Source, wish: Wish) -> Reading:
        """Begin a task; the one before it, if somebody left it, is ended.

        Why the flag is cleared here and not at the first result: a cancel between the two must count.
        """
        if self._reading is not None:
            self._reading.close()
        _check(source)
        self._flag[0] = 0
        self._reading = self._read(source, wish)
        return self._reading

    def _read(self, source: Source, wish: Wish) -> Reading:
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

    def _begun(self, source: Source, wish: Wish) -> ReaderProcess:
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
