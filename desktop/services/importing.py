"""Takes files into the library: their bytes are kept sealed or hashed where they lie, and a source stands for them."""

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from desktop.core.attachment_errors import FileUnreadable
from desktop.core.coverage import CollectionId, SourceId
from desktop.core.document_errors import SourceMissing
from desktop.core.errors import AppError
from desktop.core.library import BESIDE, Keeping, LibrarySource, Presence, SourceState
from desktop.core.library_events import SourceChanged, SourceRemoved
from desktop.core.library_ports import NewSource
from desktop.core.ports import Publish
from desktop.services.keeping import opened, shown_name
from desktop.services.shelf import Shelf
from desktop.services.surveying import FoundFile

PIECE = 1 << 20


def _on(done: int, total: int) -> None:
    """Go on: nobody wants to stop it."""


class Importer:
    """Adds and removes sources. From any thread; announces what became of each."""

    def __init__(self, shelf: Shelf, publish: Publish) -> None:
        self._shelf = shelf
        self._publish = publish

    def add(
        self,
        file: FoundFile,
        collection: CollectionId,
        keeping: Keeping,
        step: Callable[[int, int], None] = _on,
    ) -> bool:
        """Add a file, unless the collection has its content; returns whether it is new there.

        A file that cannot be opened is added too, as one that could not be read, so that nobody looks for it in vain.

        Args:
            file: as it was found.
            collection: where it goes.
            keeping: whether its bytes are kept.
            step: called with (bytes done, bytes in all); may raise Cancelled.

        Raises:
            AppError: it cannot be kept: the disk is full.
            Cancelled: as `step` says; nothing of the file is kept.
        """
        try:
            with opened(file.path, file.name) as handle:
                if keeping is Keeping.LINKED and _place(file.path):
                    digest = hash_of(handle, file, step)
                    return self._placed(collection, _new(file, keeping, digest))
                return self._kept(handle, collection, file, step)
        except FileUnreadable as error:
            return self._unopened(collection, file, error)

    def put_beside(self, path: Path, step: Callable[[int, int], None] = _on) -> LibrarySource:
        """Keep a file for one conversation alone.

        Raises:
            AppError: it cannot be read or kept.
            Cancelled: as `step` says.
        """
        name = shown_name(path)
        with opened(path, name) as handle:
            about = path.stat()
            digest, size = self._shelf.attachments.put(handle, name, step)
        new = NewSource(name, _place(path), Keeping.COPY, digest, size, about.st_mtime)
        with self._held(digest):
            source, _ = self._shelf.library.sources.add(BESIDE, new)
        self.settle()
        return source

    def enclose(self, parent: LibrarySource, name: str, content: bytes) -> None:
        """Add what was sent with a message; it is kept in any case, since it lies in no file of its own."""
        digest, size = self._shelf.attachments.put(io.BytesIO(content), name)
        new = NewSource(name, "", Keeping.COPY, digest, size, parent.modified, parent.id)
        with self._held(digest):
            self._placed(parent.collection, new)

    def settle(self) -> None:
        """Let go of the copies that were put: sources name them by now; what none names is deleted.

        Why not after each: it looks at all that is kept, and thousands of mails are taken in one after the other.
        """
        self._shelf.attachments.collect()

    def remove(self, source: LibrarySource) -> None:
        """Delete a source, what was sent with it alone, and all that was read and kept of them; it may be gone."""
        self.settle()
        sources = self._shelf.library.sources
        going = [source, *_below(source, sources.of(source.collection))]
        sources.remove(source.id)
        self._shelf.attachments.collect()
        for one in going:
            try:
                self._publish(SourceChanged(sources.get(one.id)))  # it was sent with another message, too
            except SourceMissing:
                self._publish(SourceRemoved(one.id, one.collection))

    def let_go(self, source: SourceId) -> None:
        """Nobody means to send this document any more: delete it, unless a message or draft names it."""
        sources = self._shelf.library.sources
        found = sources.get(source)
        sources.let_go(source)
        self._shelf.attachments.collect()
        try:
            sources.get(source)
        except SourceMissing:
            self._publish(SourceRemoved(source, found.collection))

    def note_presence(self, source: LibrarySource, presence: Presence) -> LibrarySource:
        """Keep and announce what became of a source's file."""
        if source.presence is presence:
            return source
        noted = self._shelf.library.sources.note(source.id, presence=presence)
        self._publish(SourceChanged(noted))
        return noted

    def _kept(
        self, handle: BinaryIO, collection: CollectionId, file: FoundFile, step: Callable[[int, int], None]
    ) -> bool:
        digest, _ = self._shelf.attachments.put(handle, file.name, step)
        with self._held(digest):
            fresh = self._placed(collection, _new(file, Keeping.COPY, digest))
        if not fresh:  # perhaps the one that is there is linked, and needs no copy
            self._shelf.attachments.let_go(digest)
        return fresh

    @contextmanager
    def _held(self, digest: str) -> Iterator[None]:
        """Let go of a copy at once when no source comes to name it."""
        try:
            yield
        except BaseException:
            self._shelf.attachments.let_go(digest)
            raise

    def _placed(self, collection: CollectionId, new: NewSource) -> bool:
        sources = self._shelf.library.sources
        source, fresh = sources.add(collection, new)
        if fresh:
            self._publish(SourceChanged(source))
        elif source.presence is not Presence.HERE and new.path:
            self._publish(
                SourceChanged(sources.note(source.id, presence=Presence.HERE, path=new.path, modified=new.modified))
            )
        return fresh

    def _unopened(self, collection: CollectionId, file: FoundFile, error: AppError) -> bool:
        """Stand for a file that could not be opened; its place is its content, until it can be."""
        sources = self._shelf.library.sources
        digest = hashlib.sha256(b"unopened\0" + os.fsencode(file.path)).hexdigest()
        source, fresh = sources.add(collection, _new(file, Keeping.LINKED, digest))
        if fresh:
            self._publish(
                SourceChanged(
                    sources.finish(source.id, SourceState.UNREADABLE, failure=type(error).__name__, reason=str(error))
                )
            )
        return fresh


def hash_of(handle: BinaryIO, file: FoundFile, step: Callable[[int, int], None] = _on) -> str:
    """Return the SHA-256 of a file that is open at its beginning.

    Raises:
        FileUnreadable: it fails while it is read.
        Cancelled: as `step` says.
    """
    hashed = hashlib.sha256()
    done = 0
    try:
        while piece := handle.read(PIECE):
            hashed.update(piece)
            done += len(piece)
            step(done, max(done, file.size))
    except OSError as error:
        raise FileUnreadable(name=file.name) from error
    return hashed.hexdigest()


def digest_of(file: FoundFile, step: Callable[[int, int], None] = _on) -> str:
    """Return the SHA-256 of a file; of one that cannot be opened, nothing that any other has."""
    try:
        with opened(file.path, file.name) as handle:
            return hash_of(handle, file, step)
    except FileUnreadable:
        return ""


def found_file(path: Path) -> FoundFile | None:
    """Return a file as it is now; None when it is not there."""
    try:
        about = path.stat()
    except (OSError, ValueError):
        return None
    return FoundFile(path, about.st_size, about.st_mtime)


def _new(file: FoundFile, keeping: Keeping, digest: str) -> NewSource:
    return NewSource(file.name, _place(file.path), keeping, digest, file.size, file.modified)


def _place(path: Path) -> str:
    """Return a path as text; nothing where its bytes are no characters: such a file is kept, it cannot be linked."""
    with suppress(UnicodeEncodeError):
        return str(path).encode("utf-8").decode("utf-8")
    return ""


def _below(parent: LibrarySource, sources: Iterable[LibrarySource]) -> Iterator[LibrarySource]:
    """Yield what was sent with a message, and with what was sent with it."""
    sources = tuple(sources)
    for one in sources:
        if one.parent == parent.id:
            yield one
            yield from _below(one, sources)
