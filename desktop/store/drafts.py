"""Drafts: what is typed and not sent, and which files and documents it names."""

from desktop.core.conversations import ConversationId
from desktop.core.drafts import load_draft
from desktop.store import parts
from desktop.store.attachments import name_in_draft
from desktop.store.cipher import Connection
from desktop.store.library_removal import name_in_draft as name_documents


def read(db: Connection, conversation: ConversationId) -> str:
    """Return the draft as it was kept, empty when there is none."""
    row = db.execute("select text from draft where conversation_id = ?", (conversation,)).fetchone()
    return row[0] if row else ""


def keep(db: Connection, conversation: ConversationId, text: str) -> None:
    """Keep a draft inside the caller's transaction; an empty one is removed."""
    if not text:
        db.execute("delete from draft where conversation_id = ?", (conversation,))
        return
    text = parts.sound(text)
    db.execute(
        """insert into draft(conversation_id, matter_id, text)
        values (?, coalesce((select matter_id from conversation where id = ?), 1), ?)
        on conflict(conversation_id) do update set text = excluded.text""",
        (conversation, conversation, text),
    )
    draft = load_draft(text)
    name_in_draft(db, conversation, draft.attached)
    name_documents(db, conversation, draft.documents)
