"""Conversations as the store hands them out: summaries, threads, search hits.

A conversation is a tree of messages; a thread is the path from its root to the leaf that is shown.
"""

from enum import StrEnum
from typing import NewType

from desktop.core.messages import Message
from desktop.core.value import value

ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
MatterId = NewType("MatterId", int)

GENERAL = MatterId(1)
"""The matter every conversation belongs to until it is filed elsewhere."""


NEW_CONVERSATION = ConversationId(0)
"""The chat that is not stored yet: it has a draft and nothing else."""


class TurnState(StrEnum):
    """How far a message got."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # still being written; found after a crash it becomes FAILED
    STOPPED = "stopped"
    FAILED = "failed"


@value
class TurnStats:
    """What an answer cost. Token counts are the model's own tokens, times are seconds."""

    prompt_tokens: int = 0
    reused_tokens: int = 0
    answer_tokens: int = 0
    read_seconds: float = 0.0
    write_seconds: float = 0.0
    omitted: tuple[int, ...] = ()
    """Ids of the messages that no longer fitted the context window and were not read."""

    @property
    def tokens_per_second(self) -> float:
        """Speed of writing, 0 when nothing was written."""
        return self.answer_tokens / self.write_seconds if self.write_seconds > 0 else 0.0


@value
class StoredMessage:
    """A message with its place in the tree. `created` is seconds since the epoch, UTC."""

    id: MessageId
    conversation: ConversationId
    parent: MessageId | None
    message: Message
    state: TurnState
    created: float
    model: str = ""
    stats: TurnStats | None = None
    failure: str = ""
    """Name of the AppError class that ended a FAILED turn, empty when unknown."""
    siblings: tuple[MessageId, ...] = ()
    """All branches at this place, oldest first, this message included."""


@value
class ConversationSummary:
    """One line of the list of conversations. `updated` is seconds since the epoch, UTC."""

    id: ConversationId
    title: str
    updated: float
    matter: MatterId = GENERAL
    pinned: bool = False
    archived: bool = False


@value
class Matter:
    """A folder of conversations. General, which holds what is in no folder, is never handed out as one."""

    id: MatterId
    name: str
    folded: bool = False
    """The list shows its name only."""


@value
class Thread:
    """An opened conversation: the messages of the shown branch, root first, and the draft."""

    summary: ConversationSummary
    messages: tuple[StoredMessage, ...] = ()
    draft: str = ""


@value
class SearchHit:
    """A message that matches. `marks` are (start, end) character ranges in `snippet`."""

    conversation: ConversationId
    message: MessageId
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    created: float
    archived: bool = False
    matter: MatterId = GENERAL
