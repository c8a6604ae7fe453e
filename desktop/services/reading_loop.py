"""What the library lane does all day: reads one waiting source after the other, and looks at the folders at times."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from desktop.core.coverage import SourceId
from desktop.core.document_errors import SourceAltered, SourceMissing
from desktop.core.errors import AppError, Cancelled, StoreFull, StoreUnwritable, VaultLocked
from desktop.core.events import Failed
from desktop.core.library import BESIDE, LibrarySource, SourceState
from desktop.core.library_events import PasswordWanted, SourceChanged
from desktop.core.ports import Publish
from desktop.services.document_reading import DocumentReading
from desktop.services.gate import Gate
from desktop.services.indexing_news import IndexingNews
from desktop.services.shelf import Shelf
from desktop.services.watching import Watcher

LIST_SECONDS = 1.0
UNREAD = (SourceState.WAITING, SourceState.READING)
READING = "reading"
MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the loop does what nobody asked for, in seconds."""

    settle: float = 3.0
    """After the vault was opened; a command that is over by then reads nothing."""
    look: float = 300.0
    """Between two looks at the folders."""


class _Postponed(Exception):
    """Another source cannot wait."""


class ReadingLoop:
    """Reads what waits: what lies beside a question first, even in a pause; then what was begun, then the newest.

    It yields to a chat that is being answered. A full disk is told once, and everything waits until the person
    goes on.
    """

    def __init__(  # noqa: PLR0913 - collaborators
        self,
        shelf: Shelf,
        reading: DocumentReading,
        watcher: Watcher,
        gate: Gate,
        news: IndexingNews,
        publish: Publish,
        *,
        rhythm: Rhythm | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shelf = shelf
        self._reading = reading
        self._watcher = watcher
        self._gate = gate
        self._news = news
        self._publish = publish
        self._rhythm = rhythm or Rhythm()
        self._monotonic = monotonic
        self._passwords: dict[SourceId, str] = {}
        self._rush: set[SourceId] = set()
        self._seen = 0
        self._look_at = 0.0
        self._importing = self._tidied = False
        self._waiting: deque[LibrarySource] = deque()
        self._listed = 0.0

    def run(self) -> None:
        """Read and look until the gate is stopped."""
        self._seen = self._gate.rest(self._rhythm.settle, self._seen)
        while not self._gate.stopped:
            self._round()
            self._news.end(READING, self._seen, self._gate.hold)
            self._seen = self._gate.rest(max(1.0, self._look_at - self._monotonic()), self._seen)

    def password(self, source: SourceId) -> str:
        """Return what the person gave for a protected file; it is nowhere but in memory."""
        return self._passwords.get(source, "")

    def give_password(self, source: SourceId, password: str) -> None:
        """Use this for a protected file from now on."""
        self._passwords[source] = password

    def hurry(self, source: SourceId) -> None:
        """Somebody waits for this one."""
        self._rush.add(source)
        self._gate.wake()

    @contextmanager
    def no_looks(self) -> Iterator[None]:
        """Leave the folders alone meanwhile. One thread at a time."""
        self._importing = True
        try:
            yield
        finally:
            self._importing = False
            self._gate.wake()

    def look_soon(self) -> None:
        """Look at the folders at the next opportunity."""
        self._look_at = 0.0
        self._gate.wake()

    def forget(self) -> None:
        """Nothing of it is to be known any more: the vault is locked."""
        self._waiting = deque()
        self._passwords.clear()
        self._rush.clear()

    def _round(self) -> None:
        try:
            self._tidy()
            self._look_if_due()
            while (source := self._next()) is not None:
                self._news.begin(READING, self._seen)
                self._read(source)
                self._look_if_due()
        except (StoreFull, StoreUnwritable) as error:
            self._gate.pause(paused=True)
            self._news.held(self._gate.hold)
            self._publish(Failed(error))
        except VaultLocked:
            self._gate.stop()
        except AppError as error:
            self._publish(Failed(error))

    def _tidy(self) -> None:
        """Delete what a crash left of documents beside questions; once."""
        if not self._tidied:
            self._tidied = True
            self._shelf.library.collect()
            self._shelf.attachments.collect()

    def _look_if_due(self) -> None:
        if self._importing or self._monotonic() < self._look_at:
            return
        self._look_at = self._monotonic() + self._rhythm.look
        self._waiting.clear()
        try:
            self._watcher.look(self._enter)
        except _Postponed:
            self._look_at = 0.0

    def _next(self) -> LibrarySource | None:
        """Return what is to be read now, once it may be."""
        while True:
            waiting = self._list()
            if not waiting:
                return None
            self._news.reading(waiting[0], tuple(waiting))
            try:
                self._enter(waiting[0])
            except _Postponed:
                continue
            return waiting.popleft()

    def _list(self) -> deque[LibrarySource]:
        """Return what waits, as it was a moment ago: thousands of rows need not be read for each of as many mails."""
        now = self._monotonic()
        if not self._waiting or self._rush or now - self._listed >= LIST_SECONDS:
            found = self._shelf.library.sources.waiting()
            beside = [one for one in found if one.collection == BESIDE]
            if not beside:
                self._rush.clear()
            self._waiting = deque((*beside, *(one for one in found if one.collection != BESIDE)))
            self._listed = now
        return self._waiting

    def _enter(self, source: LibrarySource | None = None) -> None:
        """Pass the gate; who does not read what somebody waits for makes way for it."""
        beside = source is not None and source.collection == BESIDE
        self._gate.enter(self._news.held, urgent=lambda: beside or bool(self._rush))
        self._news.held(self._gate.hold)
        if self._rush and not beside:
            raise _Postponed

    def _read(self, source: LibrarySource) -> None:
        password = self.password(source.id)
        try:
            source = self._shelf.library.sources.get(source.id)  # the list may be a second old
            if source.state not in UNREAD:
                return
            ended = self._reading.read(source, password, lambda: self._enter(source), self._news.page)
        except (_Postponed, SourceMissing):
            return  # it goes on later, or was removed meanwhile
        except SourceAltered:
            self._waiting.clear()
            self._watcher.replace(source)
            return
        except Cancelled:
            if self._gate.stopped:
                raise
            return
        except AppError:
            raise
        except BaseException:
            self._give_up(source)
            raise
        finally:
            self._rush.discard(source.id)
        self._news.file_done()
        self._news.expect(MEANING, self._gate.wake())
        if ended.failure == "DocumentLocked":
            self._publish(PasswordWanted(ended, wrong=bool(password)))

    def _give_up(self, source: LibrarySource) -> None:
        """Do not meet the same bug again and again."""
        ended = self._shelf.library.sources.finish(
            source.id, SourceState.UNREADABLE, failure=AppError.__name__, reason=str(AppError())
        )
        self._publish(SourceChanged(ended))
