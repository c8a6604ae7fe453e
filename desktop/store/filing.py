"""Folders, and what is done with several conversations at once."""

from collections.abc import Callable, Iterable

from desktop.core.conversations import GENERAL, ConversationId, Matter, MatterId
from desktop.store import parts, rows
from desktop.store.cipher import Connection
from desktop.store.database import Database
from desktop.store.library_collections import to_general

_MATTER = "select id, name, folded from matter"


class FilingStore:
    """The port `Filing` on the encrypted database."""

    def __init__(self, database: Database, clock: Callable[[], float], freed: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._freed = freed

    def matters(self) -> tuple[Matter, ...]:
        """All folders, oldest first; General is none of them."""
        with self._database.snapshot() as db:
            return tuple(rows.matter(row) for row in db.execute(f"{_MATTER} where id <> ? order by id", (GENERAL,)))

    def make(self, name: str) -> Matter:
        """Make a folder."""
        name = parts.sound(name)
        with self._database.write() as db:
            made = db.execute("insert into matter(name, created) values (?, ?)", (name, self._clock()))
            return Matter(MatterId(made.lastrowid), name)

    def change(self, matter: MatterId, *, name: str | None = None, folded: bool | None = None) -> Matter | None:
        """Rename, open or fold; None leaves as is. Returns None when the folder is not there."""
        with self._database.write() as db:
            db.execute(
                "update matter set name = coalesce(?, name), folded = coalesce(?, folded) where id = ? and id <> ?",
                (name if name is None else parts.sound(name), folded, matter, GENERAL),
            )
            row = db.execute(f"{_MATTER} where id = ? and id <> ?", (matter, GENERAL)).fetchone()
            return rows.matter(row) if row else None

    def remove(self, matter: MatterId) -> None:
        """Delete a folder; the conversations and collections that are in it go to General."""
        if matter == GENERAL:
            return
        with self._database.write() as db:
            for table in ("conversation", "message", "draft"):
                db.execute(f"update {table} set matter_id = ? where matter_id = ?", (GENERAL, matter))
            to_general(db, matter)
            db.execute("delete from matter where id = ?", (matter,))

    def mark(
        self,
        conversations: Iterable[ConversationId],
        *,
        pinned: bool | None = None,
        archived: bool | None = None,
        matter: MatterId | None = None,
    ) -> None:
        """Pin, archive or move; None leaves as is, and so does a folder that is not there."""
        ids = [(one,) for one in conversations]
        with self._database.write() as db:
            for column, value in (("pinned", pinned), ("archived", archived)):
                if value is not None:
                    db.executemany(f"update conversation set {column} = {int(value)} where id = ?", ids)
            if db.execute("select 1 from matter where id = ?", (matter,)).fetchone():
                for table, key in (
                    ("conversation", "id"),
                    ("message", "conversation_id"),
                    ("draft", "conversation_id"),
                ):
                    db.executemany(f"update {table} set matter_id = {matter} where {key} = ?", ids)

    def delete(self, conversations: Iterable[ConversationId]) -> None:
        """Remove them with all their messages, drafts and search rows."""
        with self._database.write() as db:
            for one in conversations:
                erase(db, one)
        self._freed()


def erase(db: Connection, conversation: ConversationId) -> None:
    """Remove a conversation inside the caller's transaction; what named attachments in it goes with it."""
    db.execute("delete from message where conversation_id = ?", (conversation,))
    db.execute("delete from draft where conversation_id = ?", (conversation,))
    db.execute("delete from conversation where id = ?", (conversation,))
