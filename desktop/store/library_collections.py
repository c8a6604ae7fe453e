"""Collections: documents that are asked together, each in one matter."""

from collections.abc import Callable

from desktop.core.conversations import GENERAL, MatterId
from desktop.core.coverage import CollectionId
from desktop.core.document_errors import CollectionMissing
from desktop.core.library import BESIDE, Collection
from desktop.store import library_rows, parts
from desktop.store.cipher import Connection
from desktop.store.database import Database
from desktop.store.library_removal import remove_sources


class CollectionStore:
    """The port `Collections` on the encrypted database."""

    def __init__(self, database: Database, clock: Callable[[], float], changed: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._changed = changed

    def all(self, matter: MatterId | None = None) -> tuple[Collection, ...]:
        """By name; None = of all matters."""
        with self._database.snapshot() as db:
            found = db.execute(
                f"{library_rows.COLLECTION} where c.id <> ? and c.matter_id = coalesce(?, c.matter_id) group by c.id",
                (BESIDE, matter),
            )
            return tuple(sorted(map(library_rows.collection, found), key=lambda one: (one.name.casefold(), one.id)))

    def named(self, name: str, matter: MatterId | None = None) -> Collection:
        """Find one by its name, whatever the case; the oldest when there are several.

        Raises:
            CollectionMissing: there is none.
        """
        wanted = name.strip().casefold()
        found = [one for one in self.all(matter) if one.name.casefold() == wanted]
        if not found:
            raise CollectionMissing(name=name)
        return min(found, key=lambda one: one.id)

    def make(self, name: str, matter: MatterId) -> Collection:
        """Make one, in General when there is no such matter; a name that is taken gets a number."""
        with self._database.write() as db:
            if not db.execute("select 1 from matter where id = ?", (matter,)).fetchone():
                matter = GENERAL
            made = db.execute(
                "insert into collection(matter_id, name, created) values (?, ?, ?)",
                (matter, _free(db, name, matter), self._clock()),
            )
            return _get(db, made.lastrowid)

    def rename(self, collection: CollectionId, name: str) -> Collection | None:
        """Rename one; a name that is taken gets a number; None when it is not there."""
        with self._database.write() as db:
            row = db.execute("select matter_id from collection where id = ?", (collection,)).fetchone()
            if row is None or collection == BESIDE:
                return None
            free = _free(db, name, row[0], collection)
            db.execute("update collection set name = ? where id = ?", (free, collection))
            return _get(db, collection)

    def remove(self, collection: CollectionId) -> tuple[str, ...]:
        """Delete one with its sources, pages, passages and vectors; returns digests that no source names any more."""
        if collection == BESIDE:
            return ()
        with self._database.write() as db:
            ids = [id_ for (id_,) in db.execute("select id from source where collection_id = ?", (collection,))]
            freed = remove_sources(db, ids)
            db.execute("delete from collection where id = ?", (collection,))
        self._changed()
        return freed


def to_general(db: Connection, matter: MatterId) -> None:
    """Give the collections of a matter that goes to General, inside the caller's transaction."""
    for id_, name in db.execute("select id, name from collection where matter_id = ?", (matter,)).fetchall():
        db.execute(
            "update collection set matter_id = ?, name = ? where id = ?", (GENERAL, _free(db, name, GENERAL), id_)
        )


def _get(db: Connection, collection: int) -> Collection:
    return library_rows.collection(
        db.execute(f"{library_rows.COLLECTION} where c.id = ? group by c.id", (collection,)).fetchone()
    )


def _free(db: Connection, name: str, matter: MatterId, but: int = -1) -> str:
    """Return a name that no collection of the matter has."""
    name = parts.sound(" ".join(name.split()))
    found = db.execute("select name from collection where matter_id = ? and id not in (?, ?)", (matter, but, BESIDE))
    taken = {one.casefold() for (one,) in found}
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name} {number}"
    return free
