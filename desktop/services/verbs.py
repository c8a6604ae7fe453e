"""What another program may ask of this one: the verbs of the command line, here or through the door."""

import queue
from collections.abc import Iterator
from typing import Protocol

from desktop.core.conversations import NEW_CONVERSATION, ConversationId, SearchHit, Thread
from desktop.core.events import Event, Failed, TurnDelta, TurnFinished, TurnLoading, TurnReading
from desktop.services.announcer import Announcer
from desktop.services.chat import ChatService
from desktop.services.models import ModelsService
from desktop.services.shelf import Shelf


class Verbs(Protocol):
    """The same verbs, whether this process does the work or the one with the window."""

    def ask(self, text: str, model: str = "") -> Iterator[Event]:
        """Ask in a new conversation; yields the turn's events, the last one is TurnFinished."""

    def stop(self) -> None:
        """Stop the answer that `ask` yields."""

    def search(self, query: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Find messages."""

    def thread(self, conversation: int) -> Thread:
        """Read a conversation."""


class LocalVerbs:
    """The verbs, done by the services of this process."""

    def __init__(self, chat: ChatService, models: ModelsService, shelf: Shelf, announcer: Announcer) -> None:
        self._chat = chat
        self._models = models
        self._shelf = shelf
        self._announcer = announcer
        self._conversation: ConversationId | None = None

    def ask(self, text: str, model: str = "") -> Iterator[Event]:
        """Ask in a new conversation; yields the turn's events, the last one is TurnFinished.

        Raises:
            AppError: the question could not be stored or the model is not there.
        """
        self._models.find(model)
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        unsubscribe = self._announcer.subscribe(events.put)
        self._conversation = None
        try:
            self._chat.send(NEW_CONVERSATION, text, model, made=self._follow)
            yield from self._turn(events)
        finally:
            unsubscribe()

    def _follow(self, conversation: ConversationId) -> None:
        self._conversation = conversation

    def _turn(self, events: "queue.SimpleQueue[Event]") -> Iterator[Event]:
        while True:
            match events.get():
                case (TurnLoading() | TurnReading() | TurnDelta()) as event if event.conversation == self._conversation:
                    yield event
                case TurnFinished() as event if event.conversation == self._conversation:
                    yield event
                    return
                case Failed(error) if self._conversation is None:
                    raise error
                case _:
                    pass

    def stop(self) -> None:
        """Stop the answer that `ask` yields."""
        if self._conversation is not None:
            self._chat.stop(self._conversation)

    def search(self, query: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Find messages."""
        return self._shelf.conversations.search(query, limit)

    def thread(self, conversation: int) -> Thread:
        """Read a conversation.

        Raises:
            ConversationMissing: the id names none.
        """
        return self._shelf.conversations.thread(ConversationId(conversation))
