"""Rows of the database as the values of core."""

from typing import Any

from desktop.core.conversations import ConversationSummary, Matter, MessageId, StoredMessage, TurnState
from desktop.core.messages import Message, Role
from desktop.store import parts

SUMMARY = "select id, title, updated, matter_id, pinned, archived from conversation"


def summary(row: tuple[Any, ...]) -> ConversationSummary:
    """Return the line of the list."""
    id_, title, updated, matter, pinned, archived = row
    return ConversationSummary(id_, title, updated, matter, bool(pinned), bool(archived))


def matter(row: tuple[Any, ...]) -> Matter:
    """Return the folder."""
    id_, name, folded = row
    return Matter(id_, name, bool(folded))


def stored(row: tuple[Any, ...], siblings: tuple[MessageId, ...]) -> StoredMessage:
    """Return the message; `siblings` are all branches at its place."""
    id_, conversation, parent, role, state, content, text, model, stats, failure, created = row
    message = Message(Role(role), parts.load_parts(content, text))
    return StoredMessage(
        id_,
        conversation,
        parent,
        message,
        TurnState(state),
        created,
        model,
        parts.load_stats(stats),
        failure,
        siblings,
    )
