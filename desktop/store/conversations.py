"""Conversations as trees of messages: nothing is overwritten, a change is a new branch."""

import time
from collections.abc import Callable

from desktop.core.conversations import (
    GENERAL,
    ConversationId,
    ConversationSummary,
    MatterId,
    MessageId,
    SearchHit,
    StoredMessage,
    Thread,
    TurnState,
    TurnStats,
)
from desktop.core.errors import ConversationMissing
from desktop.core.messages import Message, Role
from desktop.store import drafts, parts, rows, search
from desktop.store.attachments import name_in_message
from desktop.store.cipher import Connection
from desktop.store.database import Database
from desktop.store.filing import FilingStore, erase
from desktop.store.library_removal import name_in_message as name_documents
from desktop.store.titles import PERSON, WORDS, TitleStore

_MESSAGE = (
    "m.id, m.conversation_id, m.parent_id, m.role, m.state, m.parts, m.text, m.model, m.stats, m.failure, m.created"
)
_PATH = f"""
    with recursive path(id, depth) as (
        select ?, 0
        union all
        select parent_id, depth + 1 from message join path using (id) where parent_id is not null)
    select {_MESSAGE} from path join message m on m.id = path.id order by depth desc"""


def _nothing() -> None:
    pass


class ConversationStore:
    """The port `Conversations` on the encrypted database.

    Opening it closes answers that a crash left half written: they become FAILED, keep their text and can be found.
    """

    def __init__(
        self, database: Database, clock: Callable[[], float] = time.time, freed: Callable[[], None] = _nothing
    ) -> None:
        """Close what a crash left open.

        Args:
            database: the encrypted file.
            clock: seconds since the epoch.
            freed: told after messages or drafts went, that attachments may be named by nothing now.
        """
        self._database = database
        self._clock = clock
        self._freed = freed
        self.filing = FilingStore(database, clock, freed)
        self.titles = TitleStore(database)
        with database.snapshot() as db:
            partial = db.execute("select 1 from message where state = 'partial' limit 1").fetchone()
        if partial:
            with database.write() as db:
                db.execute("update message set state = 'failed' where state = 'partial'")

    def create(self, title: str, matter: MatterId) -> ConversationSummary:
        """Make an empty conversation; in General when there is no such folder."""
        now = self._clock()
        with self._database.write() as db:
            made = db.execute(
                """insert into conversation(matter_id, title, title_by, created, updated)
                values (coalesce((select id from matter where id = ?), ?), ?, ?, ?, ?)""",
                (matter, GENERAL, parts.sound(title), WORDS, now, now),
            )
            return self._summary(db, ConversationId(made.lastrowid))

    def list_all(self, *, archived: bool | None = False) -> tuple[ConversationSummary, ...]:
        """Pinned first, then newest first; None = those in the list and the archived ones."""
        with self._database.snapshot() as db:
            found = db.execute(
                f"{rows.SUMMARY} where archived = coalesce(?, archived) order by pinned desc, updated desc, id desc",
                (archived,),
            )
            return tuple(rows.summary(row) for row in found)

    def summary(self, conversation: ConversationId) -> ConversationSummary:
        """Read one line of the list.

        Raises:
            ConversationMissing: the id names none.
        """
        with self._database.snapshot() as db:
            return self._summary(db, conversation)

    def thread(self, conversation: ConversationId) -> Thread:
        """Read the shown branch and the draft.

        Raises:
            ConversationMissing: the id names none.
        """
        with self._database.snapshot() as db:
            summary = self._summary(db, conversation)
            leaf = db.execute("select leaf_id from conversation where id = ?", (conversation,)).fetchone()[0]
            return Thread(summary, self._path(db, leaf) if leaf else (), self.draft(conversation))

    def path_to(self, message: MessageId) -> tuple[StoredMessage, ...]:
        """Read the messages from the root to this one, included.

        Raises:
            ConversationMissing: the id names none.
        """
        with self._database.snapshot() as db:
            path = self._path(db, message)
        if not path:
            raise ConversationMissing(id=message)
        return path

    def add(
        self,
        conversation: ConversationId,
        parent: MessageId | None,
        message: Message,
        state: TurnState = TurnState.COMPLETE,
        model: str = "",
    ) -> StoredMessage:
        """Add a message below `parent` and make it the shown leaf.

        Raises:
            ConversationMissing: the id names none.
            AttachmentMissing: a file that it names is not kept.
        """
        message = parts.sound_message(message)
        with self._database.write() as db:
            summary, now = self._summary(db, conversation), self._clock()
            made = db.execute(
                """insert into message(conversation_id, matter_id, parent_id, role, state, parts, text, model, created)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    conversation,
                    summary.matter,
                    parent,
                    message.role,
                    state,
                    parts.dump_parts(message.parts),
                    parts.searched(message),
                    model,
                    now,
                ),
            )
            new = MessageId(made.lastrowid)
            name_in_message(db, new, summary.matter, message.attached)
            name_documents(db, new, summary.matter, message.documents)
            db.execute("update conversation set leaf_id = ?, updated = ? where id = ?", (new, now, conversation))
            siblings = _siblings(db, conversation, parent)
        return StoredMessage(new, conversation, parent, message, state, now, model, siblings=siblings)

    def ask(
        self, conversation: ConversationId, parent: MessageId | None, question: Message, model: str
    ) -> tuple[StoredMessage, StoredMessage]:
        """Store a question and the empty PARTIAL answer below it in one transaction; clear the draft."""
        with self._database.write() as db:
            asked = self.add(conversation, parent, question)
            answer = self.add(conversation, asked.id, Message(Role.ASSISTANT), TurnState.PARTIAL, model)
            drafts.keep(db, conversation, "")
        self._freed()
        return asked, answer

    def update(self, message: MessageId, content: Message) -> None:
        """Commit what a PARTIAL answer holds so far.

        Raises:
            ConversationMissing: it was deleted meanwhile.
        """
        with self._database.write() as db:
            content = parts.sound_message(content)
            changed = db.execute(
                "update message set parts = ?, text = ? where id = ?",
                (parts.dump_parts(content.parts), content.text, message),
            )
            if not changed.rowcount:
                raise ConversationMissing(id=message)

    def finish(
        self,
        message: MessageId,
        content: Message,
        state: TurnState,
        stats: TurnStats | None,
        failure: str = "",
        model: str = "",
    ) -> StoredMessage:
        """Close an answer: content, state, figures, model in one transaction; it becomes searchable.

        Raises:
            ConversationMissing: it was deleted meanwhile.
        """
        with self._database.write() as db:
            content = parts.sound_message(content)
            changed = db.execute(
                """update message set parts = ?, text = ?, state = ?, stats = ?, failure = ?,
                model = iif(? = '', model, ?) where id = ?""",
                (
                    parts.dump_parts(content.parts),
                    content.text,
                    state,
                    parts.dump_stats(stats),
                    failure,
                    model,
                    model,
                    message,
                ),
            )
            if not changed.rowcount:
                raise ConversationMissing(id=message)
            db.execute(
                "update conversation set updated = ? where id = (select conversation_id from message where id = ?)",
                (self._clock(), message),
            )
            row = db.execute(f"select {_MESSAGE} from message m where id = ?", (message,)).fetchone()
            return rows.stored(row, _siblings(db, row[1], row[2]))

    def show_branch(self, message: MessageId) -> None:
        """Make the newest leaf below this message the shown one; children always have greater ids."""
        with self._database.write() as db:
            db.execute(
                """with recursive below(id) as (
                    select ? union all select message.id from message join below on parent_id = below.id)
                update conversation set leaf_id = (select max(id) from below)
                where id = (select conversation_id from message where id = ?)""",
                (message, message),
            )

    def draft(self, conversation: ConversationId) -> str:
        """What is typed and not sent; conversation 0 is the new chat that does not exist yet."""
        with self._database.snapshot() as db:
            return drafts.read(db, conversation)

    def save_draft(self, conversation: ConversationId, text: str) -> None:
        """Keep what is typed and not sent, for conversation 0 too."""
        with self._database.write() as db:
            drafts.keep(db, conversation, text)
        self._freed()

    def mark(
        self,
        conversation: ConversationId,
        *,
        title: str | None = None,
        pinned: bool | None = None,
        archived: bool | None = None,
    ) -> ConversationSummary:
        """Rename, pin or archive; None leaves as is."""
        with self._database.write() as db:
            db.execute(
                """update conversation set title = coalesce(?1, title), title_by = iif(?1 is null, title_by, ?5),
                pinned = coalesce(?2, pinned), archived = coalesce(?3, archived) where id = ?4""",
                (title if title is None else parts.sound(title), pinned, archived, conversation, PERSON),
            )
            return self._summary(db, conversation)

    def delete(self, conversation: ConversationId) -> None:
        """Remove it with all its messages, drafts and search rows."""
        with self._database.write() as db:
            erase(db, conversation)
        self._freed()

    def search(self, query: str, limit: int = 50, matter: MatterId | None = None) -> tuple[SearchHit, ...]:
        """Find messages that hold all words of the query (the last one as a prefix), best first."""
        with self._database.snapshot() as db:
            return search.search(db, parts.sound(query), limit, matter)

    def _summary(self, db: Connection, conversation: ConversationId) -> ConversationSummary:
        row = db.execute(f"{rows.SUMMARY} where id = ?", (conversation,)).fetchone()
        if row is None:
            raise ConversationMissing(id=conversation)
        return rows.summary(row)

    def _path(self, db: Connection, leaf: MessageId) -> tuple[StoredMessage, ...]:
        path = db.execute(_PATH, (leaf,)).fetchall()
        if not path:
            return ()
        families: dict[int | None, list[MessageId]] = {}
        for id_, parent in db.execute(
            "select id, parent_id from message where conversation_id = ? order by id", (path[0][1],)
        ):
            families.setdefault(parent, []).append(id_)
        return tuple(rows.stored(row, tuple(families[row[2]])) for row in path)


def _siblings(db: Connection, conversation: ConversationId, parent: MessageId | None) -> tuple[MessageId, ...]:
    found = db.execute(
        "select id from message where conversation_id = ? and parent_id is ? order by id", (conversation, parent)
    )
    return tuple(row[0] for row in found)
