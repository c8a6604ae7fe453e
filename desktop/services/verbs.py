"""What another program may ask of this one: the verbs of the command line, here or through the door."""

import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from desktop.core.again import Again
from desktop.core.attachment_errors import FileOfOtherKind
from desktop.core.conversations import GENERAL, NEW_CONVERSATION, ConversationId, MatterId, SearchHit, Thread
from desktop.core.events import Event, Failed, TurnDelta, TurnFinished, TurnLoading, TurnReading
from desktop.core.grounding import AnswerMode, ScopePart
from desktop.core.library_events import TurnSearching
from desktop.core.media import Kind
from desktop.core.ports import Preparing
from desktop.core.taking import AttachmentPart
from desktop.services.announcer import Announcer
from desktop.services.beside import NOTHING, Beside
from desktop.services.chat import ChatService
from desktop.services.models import ModelsService
from desktop.services.shelf import Shelf

OF_A_TURN = (TurnLoading, TurnSearching, TurnReading, TurnDelta, TurnFinished, Failed)
"""What who asks waits for; frames of a film that is played meanwhile are none of it."""


class Verbs(Protocol):
    """The same verbs, whether this process does the work or the one with the window."""

    def ask(self, text: str, model: str = "", beside: Beside = NOTHING) -> Iterator[Event]:
        """Ask in a new conversation; yields the turn's events, the last one is TurnFinished."""

    def stop(self) -> None:
        """Stop the answer that `ask` yields."""

    def search(self, query: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Find messages."""

    def thread(self, conversation: int) -> Thread:
        """Read a conversation."""


class LocalVerbs:
    """The verbs, done by the services of this process."""

    def __init__(
        self, chat: ChatService, models: ModelsService, preparing: Preparing, shelf: Shelf, announcer: Announcer
    ) -> None:
        self._chat = chat
        self._models = models
        self._preparing = preparing
        self._shelf = shelf
        self._announcer = announcer
        self._asked: dict[str, ConversationId] = {}
        self._stopped: set[str] = set()

    def ask(self, text: str, model: str = "", beside: Beside = NOTHING, asker: str = "") -> Iterator[Event]:
        """Ask in a new conversation; yields the turn's events, the last one is TurnFinished.

        Args:
            text: the question.
            model: key or path of a model; empty = the chosen one.
            beside: files, and how it is answered.
            asker: tells several who ask at once apart, so that each stops only what it asked.

        Raises:
            AppError: the question or a file could not be stored, or the model or the collection is not there.
        """
        self._models.find(model)
        scope, matter = self._scope(beside)
        attached = tuple(self._kept(kind, path) for kind, path in beside.files)
        wanted = Again(temperature=beside.temperature)
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()

        def listen(event: Event) -> None:
            if isinstance(event, OF_A_TURN):
                events.put(event)

        unsubscribe = self._announcer.subscribe(listen)
        try:
            self._chat.send(
                NEW_CONVERSATION,
                text,
                model,
                matter=matter,
                attached=attached,
                scope=scope,
                made=lambda made: self._asked.update({asker: made}),
                wanted=wanted,
            )
            yield from self._turn(events, asker)
        finally:
            unsubscribe()
            self._asked.pop(asker, None)
            self._stopped.discard(asker)

    def _scope(self, beside: Beside) -> tuple[ScopePart | None, MatterId]:
        """Return what is asked of documents, and the matter of the conversation: that of the collection."""
        if not beside.collection:
            return ScopePart(mode=beside.mode) if beside.mode is not AnswerMode.AUTO else None, GENERAL
        collection = self._shelf.library.collections.named(beside.collection)
        return ScopePart((collection.id,), (collection.name,), beside.mode), collection.matter

    def _kept(self, kind: Kind, path: Path) -> AttachmentPart:
        attachment = self._preparing.keep(path)
        if attachment.facts.kind is not kind:
            self._shelf.attachments.let_go(attachment.digest)
            raise FileOfOtherKind(name=attachment.name, found=attachment.facts.kind, wanted=kind)
        return AttachmentPart(attachment)

    def _turn(self, events: "queue.SimpleQueue[Event]", asker: str) -> Iterator[Event]:
        while True:
            event, mine = events.get(), self._asked.get(asker)
            if mine is not None and asker in self._stopped:
                self._chat.stop(mine)
            match event:
                case TurnLoading() | TurnSearching() | TurnReading() | TurnDelta() if event.conversation == mine:
                    yield event
                case TurnFinished() if event.conversation == mine:
                    yield event
                    return
                case Failed(error) if mine is None:
                    raise error
                case _:
                    pass

    def stop(self, asker: str = "") -> None:
        """Stop the answer that `ask` yields; one that is not stored yet stops when it is."""
        self._stopped.add(asker)
        if (mine := self._asked.get(asker)) is not None:
            self._chat.stop(mine)

    def search(self, query: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Find messages."""
        return self._shelf.conversations.search(query, limit)

    def thread(self, conversation: int) -> Thread:
        """Read a conversation.

        Raises:
            ConversationMissing: the id names none.
        """
        return self._shelf.conversations.thread(ConversationId(conversation))
