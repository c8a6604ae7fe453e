"""Looks again at the folders and linked files of the collections: what is new, changed, moved, gone or back.

A file is compared by place, size and date first; only where these differ is it read for its hash.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from desktop.core.coverage import CollectionId
from desktop.core.document_errors import SourceAltered
from desktop.core.library import Keeping, LibrarySource, Presence, SourceState, WatchedFolder
from desktop.core.library_events import SourceChanged
from desktop.core.ports import Publish
from desktop.services.importing import Importer, digest_of, found_file
from desktop.services.shelf import Shelf
from desktop.services.surveying import FoundFile, walk

SETTLED_SECONDS = 2.0
"""A file that was written to more lately is looked at the next time: somebody may be writing it."""

_BROKEN_OFF = ("SourceGone", "FileUnreadable")


class Watcher:
    """Works on the library lane, between two readings."""

    def __init__(
        self, shelf: Shelf, importer: Importer, publish: Publish, clock: Callable[[], float] = time.time
    ) -> None:
        self._shelf = shelf
        self._importer = importer
        self._publish = publish
        self._clock = clock
        self._doubles: dict[tuple[CollectionId, FoundFile], None] = {}

    def look(self, go_on: Callable[[], None]) -> None:
        """Look at everything that is followed.

        Args:
            go_on: called often; raises to end it.
        """
        folders = self._shelf.folders.all()
        for collection in self._shelf.library.collections.all():
            mine = [one for one in folders if one.collection == collection.id]
            self._look_at(collection.id, mine, go_on)

    def replace(self, source: LibrarySource) -> None:
        """Another content lies where this source was: it gets a source of its own.

        The older one is kept only if a message cites it; it is not searched any more.
        """
        file = found_file(Path(source.path))
        if file is None:
            self._importer.note_presence(source, Presence.GONE)
            return
        library, keeping = self._shelf.library, source.keeping
        if library.cited(source.id):
            self._importer.note_presence(source, Presence.CHANGED)
            if source.state in (SourceState.WAITING, SourceState.READING):
                error = SourceAltered(name=source.name)
                ended = library.sources.finish(
                    source.id,
                    SourceState.PARTLY if source.pages_read else SourceState.UNREADABLE,
                    troubles=source.troubles,
                    failure=type(error).__name__,
                    reason=str(error),
                )
                self._publish(SourceChanged(ended))
        else:
            self._importer.remove(source)
        self._importer.add(file, source.collection, keeping)

    def _look_at(self, collection: CollectionId, folders: Iterable[WatchedFolder], go_on: Callable[[], None]) -> None:
        known = {
            one.path: one
            for one in self._shelf.library.sources.of(collection)
            if one.path and one.presence is not Presence.CHANGED
        }
        keeping: dict[str, Keeping] = {}
        there: dict[str, FoundFile] = {}
        for folder in folders:
            for found in walk([Path(folder.path)]):
                go_on()
                if isinstance(found, FoundFile):
                    there[str(found.path)] = found
                    keeping[str(found.path)] = folder.keeping
        roots = tuple(Path(one.path) for one in folders)
        missing = []
        for path, source in known.items():
            go_on()
            followed = source.keeping is Keeping.LINKED or _within(path, roots)
            file = there.get(path) or (found_file(Path(path)) if followed else None)
            if file is not None:
                self._compare(source, file)
            elif followed:
                missing.append(source)
        left_out = self._shelf.folders.left_out(collection)
        new = [one for path, one in there.items() if path not in known and path not in left_out]
        self._take_in(collection, new, keeping, missing, go_on)

    def _compare(self, source: LibrarySource, file: FoundFile) -> None:
        """Compare a file with the source of its place."""
        back = source.presence is Presence.GONE or source.failure in _BROKEN_OFF
        if file.is_the_file_of(source) and not back:
            return
        if not self._settled(file):
            return
        digest = digest_of(file)
        if digest == source.digest:
            sources = self._shelf.library.sources
            noted = sources.note(source.id, presence=Presence.HERE, modified=file.modified)
            if source.failure in _BROKEN_OFF:
                noted = sources.again(source.id)
            self._publish(SourceChanged(noted))
        elif digest:
            self.replace(source)

    def _take_in(
        self,
        collection: CollectionId,
        new: Iterable[FoundFile],
        keeping: dict[str, Keeping],
        missing: Iterable[LibrarySource],
        go_on: Callable[[], None],
    ) -> None:
        """Add what is new, unless it is what is missing elsewhere; the rest of that is gone."""
        lost = {one.digest: one for one in missing}
        sizes = {one.size for one in missing}
        for file in new:
            go_on()
            if not self._settled(file) or (collection, file) in self._doubles:
                continue
            moved = lost.pop(digest_of(file), None) if file.size in sizes else None
            if moved is None:
                if not self._importer.add(file, collection, keeping[str(file.path)]):
                    self._doubles[collection, file] = None  # its content lies elsewhere too: not read again each time
                continue
            sources = self._shelf.library.sources
            noted = sources.note(moved.id, presence=Presence.HERE, path=str(file.path), modified=file.modified)
            self._publish(SourceChanged(noted))
        for source in lost.values():
            self._importer.note_presence(source, Presence.GONE)

    def _settled(self, file: FoundFile) -> bool:
        age = self._clock() - file.modified
        return age >= SETTLED_SECONDS or age < 0  # a date that lies ahead says nothing


def _within(path: str, roots: Iterable[Path]) -> bool:
    return any(Path(path).is_relative_to(one) for one in roots)
