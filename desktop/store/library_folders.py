"""Folders that collections follow, and the files in them that the person does not want."""

from desktop.core.coverage import CollectionId
from desktop.core.library import Keeping, WatchedFolder
from desktop.store import parts
from desktop.store.database import Database


class FolderStore:
    """The port `Folders` on the encrypted database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[WatchedFolder, ...]:
        """Of all collections, by path."""
        with self._database.snapshot() as db:
            found = db.execute("select collection_id, path, keeping from followed_folder order by path, collection_id")
            return tuple(WatchedFolder(CollectionId(id_), path, Keeping(keeping)) for id_, path, keeping in found)

    def follow(self, folder: WatchedFolder) -> None:
        """Look at a folder from now on; one that is followed already is kept otherwise from now on."""
        with self._database.write() as db:
            db.execute(
                """insert into followed_folder(collection_id, path, keeping) values (?, ?, ?)
                on conflict(collection_id, path) do update set keeping = excluded.keeping""",
                (folder.collection, parts.sound(folder.path), folder.keeping),
            )

    def leave(self, folder: WatchedFolder) -> None:
        """Look at it no more; its sources stay."""
        with self._database.write() as db:
            db.execute(
                "delete from followed_folder where collection_id = ? and path = ?",
                (folder.collection, parts.sound(folder.path)),
            )

    def left_out(self, collection: CollectionId) -> frozenset[str]:
        """Paths in its folders that the person removed: they are not added again by themselves."""
        with self._database.snapshot() as db:
            found = db.execute("select path from left_out where collection_id = ?", (collection,))
            return frozenset(path for (path,) in found)

    def leave_out(self, collection: CollectionId, path: str) -> None:
        """Remember that the person removed this file."""
        with self._database.write() as db:
            db.execute(
                """insert or ignore into left_out(collection_id, path) select id, ? from collection where id = ?""",
                (parts.sound(path), collection),
            )

    def take_in(self, collection: CollectionId, path: str) -> None:
        """Remember that the person wants this file after all."""
        with self._database.write() as db:
            db.execute("delete from left_out where collection_id = ? and path = ?", (collection, parts.sound(path)))
