"""Small documents for a real library."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from desktop.core.conversations import GENERAL
from desktop.core.coverage import CollectionId, SourceId
from desktop.core.documents import DocumentFacts, DocumentKind, Page
from desktop.core.library import Keeping, LibrarySource, SourceState, Split
from desktop.core.library_ports import NewSource
from desktop.services.splitting import split
from desktop.store.database import Database
from desktop.store.library import LibraryStore
from tests.fakes import FakeClock

KEY = bytes(range(32))


def opened(folder: Path, clock: FakeClock | None = None) -> tuple[Database, LibraryStore]:
    """A migrated store in a folder, and its library."""
    database = Database(folder / "store.db", KEY)
    database.migrate(folder / "backups")
    return database, LibraryStore(database, clock or FakeClock())


def new(name: str, content: str = "", parent: SourceId | None = None, **fields: object) -> NewSource:
    """A file on its way in."""
    content = content or name
    path = "" if parent else f"/cases/{name}"
    plain = NewSource(name, path, Keeping.LINKED, hashlib.sha256(content.encode()).hexdigest(), 9, 100.0, parent)
    return NewSource(**{**{one: getattr(plain, one) for one in plain.__slots__}, **fields})  # type: ignore[arg-type]


def read(
    library: LibraryStore,
    name: str,
    *texts: str | Page,
    collection: CollectionId | None = None,
    kind: DocumentKind = DocumentKind.PDF,
    state: SourceState = SourceState.SEARCHED,
    **fields: object,
) -> LibrarySource:
    """Add a file and store these pages of it, split as the app does."""
    if collection is None:
        known = library.collections.all()
        collection = known[0].id if known else library.collections.make("Cases", GENERAL).id
    source, _ = library.sources.add(collection, new(name, **fields))  # type: ignore[arg-type]
    pages = [one if isinstance(one, Page) else Page(number, one) for number, one in enumerate(texts, 1)]
    library.sources.begin(source.id, DocumentFacts(kind, len(pages), name))
    library.sources.put_pages(source.id, [(one, split(one)[0]) for one in pages])
    return library.sources.finish(source.id, state)


def whole(page: Page) -> Sequence[Split]:
    """A page as one passage."""
    return [Split(0, len(page.text))]
