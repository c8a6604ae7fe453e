"""What the command line may ask of the library, here or through the door."""

import queue
from collections.abc import Iterator, Sequence
from typing import Protocol

from desktop.core.boxes import boxes
from desktop.core.conversations import GENERAL
from desktop.core.coverage import CollectionId
from desktop.core.document_errors import CollectionMissing, SourceMissing
from desktop.core.documents import Box
from desktop.core.errors import StoreFull, StoreUnwritable
from desktop.core.events import Event, Failed
from desktop.core.library import Hit, Keeping, Scope, SourceState
from desktop.core.library_events import Imported, ImportFailed, IndexingProgress, SourceChanged
from desktop.services.announcer import Announcer
from desktop.services.found_place import FoundPlace
from desktop.services.library import LibraryService
from desktop.services.lookup import Finder
from desktop.services.shelf import Shelf

NEW_COLLECTION = "Documents"
"""What is imported without a name of a collection goes here."""
ENDED = (SourceState.SEARCHED, SourceState.PARTLY, SourceState.UNREADABLE)
OF_AN_IMPORT = (SourceChanged, Imported, ImportFailed, IndexingProgress, Failed)


class LibraryVerbs(Protocol):
    """The same verbs, whether this process does the work or the one with the window."""

    def bring(self, paths: Sequence[str], collection: str, keeping: Keeping) -> Iterator[Event]:
        """Import; yields Imported, SourceChanged for each file that is read, IndexingProgress; ends with the work."""

    def stop(self) -> None:
        """End the import that `bring` follows; what is added goes on at the next start."""

    def find(self, query: str, collection: str, limit: int) -> tuple[FoundPlace, ...]:
        """Find passages, best first, in a collection or, without a name, in all."""


class LocalLibraryVerbs:
    """The verbs, done by the services of this process."""

    def __init__(
        self,
        shelf: Shelf,
        library: LibraryService,
        finder: Finder,
        announcer: Announcer,
    ) -> None:
        self._shelf = shelf
        self._library = library
        self._finder = finder
        self._announcer = announcer
        self._asked: dict[str, queue.SimpleQueue[Event | None]] = {}

    def bring(self, paths: Sequence[str], collection: str, keeping: Keeping, asker: str = "") -> Iterator[Event]:
        """Import into a collection, which is made where there is none; yields what happens until all of it is read.

        Args:
            paths: absolute.
            collection: its name; empty = NEW_COLLECTION.
            keeping: whether the bytes are kept.
            asker: tells several who import at once apart.

        Raises:
            NothingToImport: there is no document.
            StoreFull: the disk is full; what was read stays, and the rest waits.
            AppError: nothing could be kept.
        """
        into = self._collection(collection or NEW_COLLECTION)
        events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._asked[asker] = events
        unsubscribe = self._announcer.subscribe(lambda event: events.put(event) if _concerns(event) else None)
        try:
            self._library.add(paths, into, keeping, _token(asker))
            yield from self._until_read(events, into, _token(asker))
        finally:
            unsubscribe()
            self._library.leave(_token(asker))
            self._asked.pop(asker, None)

    def stop(self, asker: str = "") -> None:
        """End the import that `bring` follows; what is added goes on by itself."""
        self._library.leave(_token(asker))
        if events := self._asked.get(asker):
            events.put(None)

    def find(self, query: str, collection: str, limit: int) -> tuple[FoundPlace, ...]:
        """Find passages, best first.

        Raises:
            CollectionMissing: none has this name.
        """
        library = self._shelf.library
        names = {one.id: one.name for one in library.collections.all()}
        scope = Scope(collections=(library.collections.named(collection).id,)) if collection else Scope()
        found = self._finder.search(query, scope, limit)
        return tuple(FoundPlace(hit, names.get(hit.source.collection, ""), self._boxes(hit)) for hit in found)

    def _until_read(
        self, events: "queue.SimpleQueue[Event | None]", collection: CollectionId, token: str
    ) -> Iterator[Event]:
        added = False
        while (event := events.get()) is not None:
            match event:
                case Imported() if event.token == token:
                    added = True
                    yield event
                case ImportFailed(error=error) if event.token == token:
                    raise error
                case Failed(StoreFull() | StoreUnwritable() as error):
                    raise error
                case SourceChanged(source) if source.collection == collection and source.state in ENDED:
                    yield event
                case IndexingProgress():
                    yield event
                case _:
                    continue
            idle = isinstance(event, IndexingProgress) and not event.files_total and not event.passages
            if added and self._is_read(collection, idle=idle):
                return

    def _is_read(self, collection: CollectionId, *, idle: bool) -> bool:
        library = self._shelf.library
        if any(one.collection == collection for one in library.sources.waiting()):
            return False
        model = self._finder.model()
        return idle or model is None or not library.passages.without_vector(model.key, 1)

    def _collection(self, name: str) -> CollectionId:
        collections = self._shelf.library.collections
        try:
            return collections.named(name).id
        except CollectionMissing:
            return collections.make(name, GENERAL).id

    def _boxes(self, hit: Hit) -> tuple[Box, ...]:
        passage = hit.passage
        try:
            page = self._shelf.library.sources.page(passage.source, passage.page)
        except SourceMissing:
            return ()
        return boxes(page, passage.start, passage.end)


def _concerns(event: Event) -> bool:
    return isinstance(event, OF_AN_IMPORT)


def _token(asker: str) -> str:
    return f"import {asker}"
