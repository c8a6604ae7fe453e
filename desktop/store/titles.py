"""Titles that no person gave."""

from desktop.core.conversations import ConversationId, ConversationSummary
from desktop.store import parts, rows
from desktop.store.database import Database

WORDS, MODEL, PERSON = "words", "model", "person"
"""Who a title is by: the question's first words, a model, the person."""


class TitleStore:
    """The port `Titles` on the encrypted database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_provisional(self, conversation: ConversationId) -> bool:
        """Whether the title is still the question's first words."""
        with self._database.snapshot() as db:
            row = db.execute("select title_by from conversation where id = ?", (conversation,)).fetchone()
        return row is not None and row[0] == WORDS

    def give(self, conversation: ConversationId, title: str) -> ConversationSummary | None:
        """Take the model's title in place of the first words; None when there is another one by now."""
        with self._database.write() as db:
            changed = db.execute(
                "update conversation set title = ?, title_by = ? where id = ? and title_by = ?",
                (parts.sound(title), MODEL, conversation, WORDS),
            )
            if not changed.rowcount:
                return None
            row = db.execute(f"{rows.SUMMARY} where id = ?", (conversation,)).fetchone()
            return rows.summary(row)
