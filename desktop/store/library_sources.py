"""Sources: the files of the library, how far each was read, and the pages that were read of it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desktop.core.coverage import CollectionId, SourceId
from desktop.core.document_errors import SourceMissing
from desktop.core.documents import DocumentFacts, Page, Trouble
from desktop.core.library import BESIDE, Keeping, LibrarySource, Presence, Scope, SourceState, Split
from desktop.core.library_ports import NewSource
from desktop.store import library_pages, library_rows, library_scope, library_words, parts
from desktop.store.cipher import Connection
from desktop.store.database import Database
from desktop.store.library_held import HeldSources
from desktop.store.library_removal import forget, forget_page, remove_sources

_UNREAD = "s.state in ('waiting', 'reading')"


class SourceStore:
    """The port `Sources` on the encrypted database. What is added beside a chat is held."""

    def __init__(
        self, database: Database, held: HeldSources, clock: Callable[[], float], changed: Callable[[], None]
    ) -> None:
        self._database = database
        self._held = held
        self._clock = clock
        self._changed = changed

    def of(self, collection: CollectionId) -> tuple[LibrarySource, ...]:
        """By name."""
        with self._database.snapshot() as db:
            found = db.execute(f"{library_rows.SOURCE} where s.collection_id = ?", (collection,))
            return library_rows.by_name(map(library_rows.source, found))

    def get(self, source: SourceId) -> LibrarySource:
        """Read one.

        Raises:
            SourceMissing: it is not there.
        """
        with self._database.snapshot() as db:
            return _get(db, source)

    def within(self, scope: Scope) -> tuple[LibrarySource, ...]:
        """All of a scope, by name."""
        with self._database.snapshot() as db:
            return library_scope.sources(db, scope)

    def add(self, collection: CollectionId, new: NewSource) -> tuple[LibrarySource, bool]:
        """Add a file; False with the source that is there already when the collection has this content.

        A file that came with a message and is added by itself stays when the message goes; one that came with several
        stays until the last of them goes.

        Raises:
            SourceMissing: there is no such collection, or no such message.
        """
        with self._database.write() as db:
            known = db.execute(
                f"{library_rows.SOURCE} where s.collection_id = ? and s.digest = ?", (collection, new.digest)
            ).fetchone()
            source = library_rows.source(known) if known else self._insert(db, collection, new)
            if known and new.parent is None and source.parent is not None:
                db.execute(
                    "update source set parent_id = null, path = ?, keeping = iif(keeping = ?, keeping, ?) where id = ?",
                    (parts.sound(new.path), Keeping.COPY, new.keeping, source.id),
                )
                source = _get(db, source.id)
            if new.parent is not None and new.parent != source.id:
                db.execute(
                    "insert or ignore into enclosed_in(source_id, parent_id) select ?, id from source where id = ?",
                    (source.id, new.parent),
                )
            if collection == BESIDE and new.parent is None:
                self.hold(source.id)
        return source, known is None

    def note(
        self,
        source: SourceId,
        *,
        presence: Presence | None = None,
        path: str | None = None,
        modified: float | None = None,
        language: str | None = None,
    ) -> LibrarySource:
        """Keep what became of it; None leaves as is. A path that is new brings the file's new name.

        Raises:
            SourceMissing: it is not there.
        """
        with self._database.write() as db:
            db.execute(
                """update source set presence = coalesce(?, presence), path = coalesce(?, path),
                name = coalesce(?, name), modified = coalesce(?, modified), language = coalesce(?, language)
                where id = ?""",
                (
                    presence,
                    path and parts.sound(path),
                    parts.sound(Path(path).name) if path else None,
                    modified,
                    language,
                    source,
                ),
            )
            return _get(db, source)

    def remove(self, source: SourceId) -> tuple[str, ...]:
        """Delete it, what was sent with it, and all that was read; returns digests that no source names any more."""
        with self._database.write() as db:
            freed = remove_sources(db, [source])
        self._changed()
        return freed

    def hold(self, source: SourceId) -> None:
        """Somebody means to send it with a question: it stays until a message or draft names it. Waits for nothing."""
        self._held.hold(source)

    def let_go(self, source: SourceId) -> tuple[str, ...]:
        """Nobody means to send it any more: delete it, unless a message or draft names it or others hold it.

        Returns the digests that no source names any more.
        """
        return self._held.let_go(source)

    def waiting(self) -> tuple[LibrarySource, ...]:
        """Those that are not wholly read: begun ones first, then newest first."""
        with self._database.snapshot() as db:
            found = db.execute(
                f"{library_rows.SOURCE} where {_UNREAD} order by s.state <> 'reading', s.added desc, s.id desc"
            )
            return tuple(map(library_rows.source, found))

    def begin(self, source: SourceId, facts: DocumentFacts) -> LibrarySource:
        """Keep what it is; READING from now on. Pages that are stored already stay.

        Raises:
            SourceMissing: it is not there.
        """
        told = (facts.kind, facts.pages, parts.sound(facts.title), parts.sound(facts.author), facts.date)
        with self._database.write() as db:
            db.execute(
                "update source set kind = ?, pages = ?, title = ?, author = ?, date = ?, state = ? where id = ?",
                (*told, SourceState.READING, source),
            )
            return _get(db, source)

    def put_pages(self, source: SourceId, pages: Sequence[tuple[Page, Sequence[Split]]]) -> LibrarySource:
        """Store pages with their passages, findable by words at once; a page that is there already is replaced.

        Raises:
            SourceMissing: it is not there.
        """
        with self._database.write() as db:
            _get(db, source)
            for page, splits in pages:
                _put_page(db, source, page, splits)
            db.execute(
                """update source set pages_read = (select count(*) from page where source_id = :id),
                pages = iif(pages = 0, 0, max(pages, (select max(number) from page where source_id = :id))),
                passages = (select count(*) from passage where source_id = :id) where id = :id""",
                {"id": source},
            )
            stored = _get(db, source)
        self._changed()
        return stored

    def finish(
        self,
        source: SourceId,
        state: SourceState,
        *,
        troubles: Sequence[tuple[Trouble, tuple[int, ...]]] = (),
        failure: str = "",
        reason: str = "",
    ) -> LibrarySource:
        """Close the reading of it.

        Raises:
            SourceMissing: it is not there.
        """
        with self._database.write() as db:
            db.execute(
                """update source set state = ?, troubles = ?, failure = ?, reason = ?,
                pages = iif(pages = 0, pages_read, pages) where id = ?""",
                (state, library_rows.dump_troubles(troubles), failure, parts.sound(reason), source),
            )
            return _get(db, source)

    def again(self, source: SourceId) -> LibrarySource:
        """Read it anew from its first page: forgets its pages.

        Raises:
            SourceMissing: it is not there.
        """
        with self._database.write() as db:
            forget(db, [source])
            db.execute(
                """update source set state = ?, pages = 0, pages_read = 0, passages = 0, troubles = '[]', failure = '',
                reason = '' where id = ?""",
                (SourceState.WAITING, source),
            )
            stored = _get(db, source)
        self._changed()
        return stored

    def page(self, source: SourceId, number: int) -> Page:
        """Read a stored page.

        Raises:
            SourceMissing: it is not there.
        """
        with self._database.snapshot() as db:
            page = library_pages.get(db, source, number)
        if page is None:
            raise SourceMissing
        return page

    def digests(self) -> frozenset[str]:
        """The content of every source that is kept as a copy."""
        with self._database.snapshot() as db:
            found = db.execute("select digest from source where keeping = ?", (Keeping.COPY,))
            return frozenset(digest for (digest,) in found)

    def _insert(self, db: Connection, collection: CollectionId, new: NewSource) -> LibrarySource:
        made = db.execute(
            """insert into source(collection_id, parent_id, name, path, keeping, digest, size, modified, added)
            select id, :parent, :name, :path, :keeping, :digest, :size, :modified, :added from collection
            where id = :collection and (:parent is null or exists (select 1 from source where id = :parent))""",
            {
                "collection": collection,
                "parent": new.parent,
                "name": parts.sound(new.name),
                "path": parts.sound(new.path),
                "keeping": new.keeping,
                "digest": new.digest,
                "size": new.size,
                "modified": new.modified,
                "added": self._clock(),
            },
        )
        if not made.rowcount:
            raise SourceMissing
        return _get(db, made.lastrowid)


def _get(db: Connection, source: int) -> LibrarySource:
    row = db.execute(f"{library_rows.SOURCE} where s.id = ?", (source,)).fetchone()
    if row is None:
        raise SourceMissing
    return library_rows.source(row)


def _put_page(db: Connection, source: SourceId, page: Page, splits: Iterable[Split]) -> None:
    forget_page(db, source, page.number)
    row, text = library_pages.put(db, source, page), library_pages.sound(page.text)
    for one in splits:
        heading, header = library_pages.sound(one.heading), library_pages.sound(one.header)
        made = db.execute(
            """insert into passage(source_id, page_id, page, start_at, end_at, heading, header)
            values (?, ?, ?, ?, ?, ?, ?)""",
            (source, row, page.number, one.start, one.end, heading, header),
        )
        library_words.put(db, made.lastrowid, heading, header, text[one.start : one.end])
