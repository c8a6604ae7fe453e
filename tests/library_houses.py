"""The services of the library over a real store and real lanes, with a scripted reader and embedder."""

import hashlib
import os
import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from desktop.core.coverage import CollectionId
from desktop.core.document_errors import DocumentLocked
from desktop.core.documents import (
    DocumentFacts,
    DocumentKind,
    DocumentWish,
    Enclosed,
    Page,
    PageWish,
)
from desktop.core.errors import AppError, Cancelled
from desktop.core.events import Event, VaultChanged
from desktop.core.library import EmbeddingModel, Keeping, LibrarySource, SourceState
from desktop.core.library_events import CollectionsListed, Imported, IndexingProgress, SourceChanged
from desktop.core.media import Picture, Progress, Source
from desktop.services import library_house
from desktop.services.announcer import Announcer
from desktop.services.importing import Importer
from desktop.services.lanes import Lane
from desktop.services.library_house import LibraryHouse, LibraryLanes, LibraryParts
from desktop.services.reading_loop import Rhythm
from desktop.services.shelf import Shelf
from desktop.services.watching import Watcher
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.library import LibraryStore
from desktop.store.library_folders import FolderStore
from desktop.store.recordings import RecordingStore
from desktop.store.sealed_folder import SealedFolder

PATIENCE = 20.0
KEY = bytes(range(32))
MODEL = EmbeddingModel(Path("model"), "key of the model", "Model", 16, ("en",))
E = TypeVar("E", bound=Event)


@dataclass
class Script:
    """What a document holds, and what happens while it is read."""

    pages: Sequence[str | Page]
    kind: DocumentKind = DocumentKind.PDF
    at: dict[int, Callable[[], None]] = field(default_factory=dict)
    """Called before this page is handed out; may raise."""
    enclosed: dict[str, bytes] = field(default_factory=dict)
    password: str = ""
    unknown: bool = False
    """How many pages it has is not known before."""


@dataclass
class FakeReader:
    """Reads scripts by the name of the file; of any other file, its text as one page. Records what it was asked."""

    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    drawn: list[tuple[str, int]] = field(default_factory=list)
    cancelled: bool = False
    closed: bool = False

    def read(self, source: Source, wish: DocumentWish) -> Iterator[DocumentFacts | Page | Enclosed | Progress]:
        self.cancelled = False
        self.asked.append((source.name, wish.first))
        script = self.scripts.get(source.name) or Script([_text(source)], DocumentKind.TEXT)
        return self._read(source.name, script, wish)

    def _read(self, name: str, script: Script, wish: DocumentWish) -> Iterator[DocumentFacts | Page | Enclosed]:
        if script.password and wish.password != script.password:
            raise DocumentLocked(name=name)
        yield DocumentFacts(script.kind, 0 if script.unknown else len(script.pages))
        for number, page in enumerate(script.pages, 1):
            if number < wish.first:
                continue
            if deed := script.at.get(number):
                deed()
            if self.cancelled:
                raise Cancelled
            yield Page(number, page) if isinstance(page, str) else page
        for name, data in script.enclosed.items():
            half = len(data) // 2
            yield Enclosed(name, data[:half], last=False)
            yield Enclosed(name, data[half:], last=True)

    def look(self, source: Source, wish: PageWish) -> Picture:
        self.drawn.append((source.name, wish.page))
        return Picture(1, 1, bytes(3))

    def cancel(self) -> None:
        self.cancelled = True

    def close(self) -> None:
        self.closed = True


def _text(source: Source) -> str:
    if source.key is not None:
        from desktop.sealed.reader import SealedReader

        sealed = SealedReader(source.file, source.key, source.name)
        return sealed.read(0, sealed.size).decode()
    return source.file.read().decode()


@dataclass
class FakeEmbedder:
    """A vector says which words there are. Records what it was asked."""

    texts: list[str] = field(default_factory=list)
    fails: AppError | None = None

    def embed(self, model: EmbeddingModel, texts: Sequence[str], *, query: bool = False) -> tuple[bytes, ...]:
        self.texts += texts
        if self.fails is not None:
            raise self.fails
        return tuple(_vector(one, model.dimensions) for one in texts)

    def cancel(self) -> None: ...

    def close(self) -> None: ...


def _vector(text: str, dimensions: int) -> bytes:
    counts = [0.0] * dimensions
    for word in text.casefold().split():
        counts[hashlib.sha256(word.encode()).digest()[0] % dimensions] += 1
    length = sum(one * one for one in counts) ** 0.5 or 1.0
    return bytes(round(one / length * 127) for one in counts)


@dataclass
class FakeModels:
    """Hands out one model."""

    model: EmbeddingModel | None = MODEL

    def choose(self, wanted: str) -> EmbeddingModel | None:
        return self.model


@dataclass
class Room:
    """An opened library and what it announces."""

    house: LibraryHouse
    shelf: Shelf
    reader: FakeReader
    drawer: FakeReader
    announcer: Announcer
    database: Database
    events: list[Event] = field(default_factory=list)
    queued: "queue.SimpleQueue[Event]" = field(default_factory=queue.SimpleQueue)
    imports: int = 0

    def take(self, event: Event) -> None:
        self.events.append(event)
        self.queued.put(event)

    def wait(self, kind: type[E], check: Callable[[E], bool] = lambda _: True) -> E:
        """Return the next event of a kind; those before it are passed over."""
        while True:
            event = self.queued.get(timeout=PATIENCE)
            if isinstance(event, kind) and check(event):
                return event

    def told(self, kind: type[E], check: Callable[[E], bool] = lambda _: True) -> E:
        """Return an event of a kind that was announced already, or else is the next one."""
        for event in tuple(self.events):
            if isinstance(event, kind) and check(event):
                return event
        return self.wait(kind, check)

    def collection(self, name: str = "Flat") -> CollectionId:
        made: list[CollectionId] = []
        self.house.library.make(name, made=made.append)
        self.wait(CollectionsListed, lambda _: bool(made))
        return made[0]

    def add(self, collection: CollectionId, *paths: Path, keeping: Keeping = Keeping.COPY) -> Imported:
        self.imports += 1
        token = f"import {self.imports}"
        self.house.library.add([str(one) for one in paths], collection, keeping, token)
        return self.wait(Imported, lambda one: one.token == token)

    def ended(self, name: str) -> LibrarySource:
        """Wait until a source was read to its end."""
        over = (SourceState.SEARCHED, SourceState.PARTLY, SourceState.UNREADABLE)
        return self.wait(SourceChanged, lambda one: one.source.name == name and one.source.state in over).source

    def idle(self) -> None:
        """Wait until there is nothing more to do."""
        while not self._is_idle():
            self.queued.get(timeout=PATIENCE)

    def _is_idle(self) -> bool:
        told = [one for one in tuple(self.events) if isinstance(one, IndexingProgress)]
        return bool(told) and told[-1] == IndexingProgress() and not self.shelf.library.sources.waiting()

    def look(self) -> None:
        """Look at the folders now, on this thread."""
        publish = self.announcer.publish
        Watcher(self.shelf, Importer(self.shelf, publish), publish).look(lambda: None)

    def sources(self, collection: CollectionId) -> dict[str, LibrarySource]:
        return {one.name: one for one in self.shelf.library.sources.of(collection)}


@contextmanager
def opened_library(
    root: Path,
    reader: FakeReader | None = None,
    embedder: FakeEmbedder | None = None,
    model: EmbeddingModel | None = MODEL,
    rhythm: Rhythm | None = None,
) -> Iterator[Room]:
    """Open a library in a folder, and close it after as the app does."""
    root.mkdir(parents=True, exist_ok=True)
    database = Database(root / "store.db", KEY)
    database.migrate(root / "backups")
    shelf, announcer = Shelf(), Announcer()
    attachments = AttachmentStore(database, SealedFolder(root / "files", KEY, KEY, reserve=0))
    shelf.put_files(attachments, RecordingStore(root / "recordings", KEY, lambda: 0.0))
    shelf.put_library(LibraryStore(database), FolderStore(database))
    shelf.put(ConversationStore(database, freed=attachments.collect), database.close)
    lanes = tuple(
        Lane(name, announcer.publish) for name in ("shelf", "intake", "library", "meaning", "finding", "pages")
    )
    reader, drawer = reader or FakeReader(), FakeReader()
    parts = LibraryParts(
        reader, drawer, embedder or FakeEmbedder(), FakeModels(model), rhythm=rhythm or Rhythm(0.0, 3600.0)
    )
    house = library_house.build(shelf, parts, LibraryLanes(*lanes), announcer)
    room = Room(house, shelf, reader, drawer, announcer, database)
    announcer.subscribe(house.follow)
    announcer.subscribe(room.take)
    announcer.publish(VaultChanged(locked=False, protections=()))
    try:
        yield room
    finally:
        house.stop()
        for lane in lanes:
            assert lane.close()
        house.close()
        shelf.clear()


def write(folder: Path, name: str, text: str, age: float = 60.0) -> Path:
    """Write a file that nobody has touched for a minute."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    with suppress(OSError):
        now = path.stat().st_mtime
        os.utime(path, (now - age, now - age))
    return path
