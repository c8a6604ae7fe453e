"""Which conversations are answering, and which have an answer that was not seen yet. Pure."""

from collections.abc import Iterator
from enum import Enum

from desktop.core.conversations import ConversationId, MessageId
from desktop.core.events import ConversationDeleted, Event, TurnFinished, TurnStarted


class Mark(Enum):
    """What is to be known of a conversation at a glance."""

    ANSWERING = 1
    UNSEEN = 2


class Marks:
    """Follows the turns; what is on the page counts as seen."""

    def __init__(self) -> None:
        self._running: dict[ConversationId, set[MessageId]] = {}
        self._unseen: set[ConversationId] = set()

    def apply(self, event: Event, shown: ConversationId) -> bool:
        """Follow an event; whether a mark changed."""
        match event:
            case TurnStarted(conversation, answer=answer):
                self._running.setdefault(conversation, set()).add(answer.id)
            case TurnFinished(conversation, answer):
                turns = self._running.get(conversation, set())
                turns.discard(answer.id)
                if not turns:
                    self._running.pop(conversation, None)
                if conversation != shown:
                    self._unseen.add(conversation)
            case ConversationDeleted(conversation):
                self._unseen.discard(conversation)
                return False
            case _:
                return False
        return True

    def see(self, conversation: ConversationId) -> None:
        """The conversation is on the page."""
        self._unseen.discard(conversation)

    def of(self, conversation: ConversationId) -> Mark | None:
        """Return the mark of a conversation."""
        if conversation in self._running:
            return Mark.ANSWERING
        return Mark.UNSEEN if conversation in self._unseen else None

    def marked(self) -> Iterator[ConversationId]:
        """Yield the conversations with a mark; there are few."""
        yield from self._running
        yield from self._unseen - self._running.keys()
