"""Tells how far the library is: at most ten times a second, with the time that is left."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from desktop.core.library import EmbeddingModel, LibrarySource
from desktop.core.library_events import IndexingProgress
from desktop.core.ports import Publish
from desktop.services.gate import Hold
from desktop.services.rates import Rates
from desktop.services.shelf import Shelf

NEWS_SECONDS = 0.1
COUNT_SECONDS = 1.0
"""Counting all passages takes the store a moment."""

NONE = IndexingProgress()


class IndexingNews:
    """What is told of the two lanes of the library together. Thread safe."""

    def __init__(
        self, shelf: Shelf, rates: Rates, publish: Publish, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._shelf = shelf
        self._rates = rates
        self._publish = publish
        self._monotonic = monotonic
        self._lock = threading.RLock()
        self._now = NONE
        self._told = -1.0
        self._counted = -1.0
        self._waiting: tuple[LibrarySource, ...] = ()
        self._current: LibrarySource | None = None
        self._busy: dict[str, int] = {}
        self._done: dict[str, int] = {}

    def begin(self, lane: str, seen: int) -> None:
        """This lane has something to do; told by the lane itself, with the call that it woke up by."""
        with self._lock:
            self._busy[lane] = max(seen, self._busy.get(lane, 0))

    def expect(self, lane: str, call: int) -> None:
        """Another lane was called; until it has seen to that, there is something to do."""
        with self._lock:
            if call > self._done.get(lane, 0):
                self._busy[lane] = max(call, self._busy.get(lane, 0))

    def end(self, lane: str, seen: int, hold: Hold) -> None:
        """This lane has seen to all calls up to this one; when no lane has anything to do, that is told once."""
        with self._lock:
            self._done[lane] = seen
            if self._busy.get(lane, 0) <= seen:
                self._busy.pop(lane, None)
            if self._busy or (self._now == NONE and not hold.paused):
                return
            now = self._now = replace(NONE, paused=hold.paused)
            self._current, self._waiting, self._counted, self._told = None, (), -1.0, -1.0
        self._publish(now)

    def reading(self, source: LibrarySource, waiting: tuple[LibrarySource, ...]) -> None:
        """A source is being read; these, with it, are not wholly read yet."""
        with self._lock:
            self._current, self._waiting = source, waiting
            done = self._now.files_done
            self._now = replace(
                self._now,
                files_total=done + len(waiting),
                pages_done=source.pages_read,
                pages_total=source.pages,
                name=source.name,
            )
        self._tell()

    def page(self, done: int, total: int) -> None:
        """So many of its pages are read."""
        with self._lock:
            self._now = replace(self._now, pages_done=done, pages_total=total)
        self._tell()

    def file_done(self) -> None:
        """It is read to its end."""
        with self._lock:
            done = self._now.files_done + 1
            total = max(done, self._now.files_total)
            self._now = replace(self._now, files_done=done, files_total=total, name="", pages_done=0, pages_total=0)
            self._waiting = tuple(one for one in self._waiting if one is not self._current)
            self._current = None
        self._tell()

    def embedded(self, model: EmbeddingModel) -> None:
        """Some passages have got their vectors."""
        now = self._monotonic()
        if now - self._counted >= COUNT_SECONDS:
            self._counted = now
            done, total = self._shelf.library.passages.embedded(model.key)
            with self._lock:
                self._now = replace(self._now, embedded=done, passages=total)
        self._tell()

    def held(self, hold: Hold) -> None:
        """It waits, or goes on."""
        with self._lock:
            if (self._now.paused, self._now.waiting) == (hold.paused, hold.waiting):
                return
            self._now = replace(self._now, paused=hold.paused, waiting=hold.waiting)
            self._told = -1.0
        self._tell()

    def _tell(self) -> None:
        now = self._monotonic()
        with self._lock:
            if now - self._told < NEWS_SECONDS:
                return
            self._told = now
            news = replace(self._now, seconds_left=self._seconds_left())
        self._publish(news)

    def _seconds_left(self) -> float:
        files = [(PurePath(one.name).suffix.lower(), one.size) for one in self._waiting if one is not self._current]
        if self._current is not None:
            total, done = self._now.pages_total, self._now.pages_done
            share = 1 - done / total if total else 1.0
            files.append((PurePath(self._current.name).suffix.lower(), round(self._current.size * share)))
        to_embed = self._now.passages - self._now.embedded
        embedding = self._rates.embedding(to_embed + self._rates.passages(files)) if self._now.passages else 0.0
        return max(self._rates.reading(files), embedding)
