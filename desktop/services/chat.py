"""The main job: a question is stored, a model answers, the answer is stored.

The desk lane stores questions at once; the chat lane answers them one after the other.
"""

from collections.abc import Callable

from desktop.core.conversations import (
    GENERAL,
    NEW_CONVERSATION,
    ConversationId,
    MessageId,
    StoredMessage,
    Thread,
    TurnState,
)
from desktop.core.events import ConversationChanged, TurnStarted
from desktop.core.messages import Message, Role
from desktop.core.ports import Conversations, Publish
from desktop.services import prompting
from desktop.services.answering import Answering
from desktop.services.lanes import Work
from desktop.services.running import RunningTurns
from desktop.services.shelf import Shelf


class ChatService:
    """Send, edit, regenerate, stop."""

    def __init__(
        self, shelf: Shelf, running: RunningTurns, answering: Answering, desk: Work, chat: Work, publish: Publish
    ) -> None:
        self._shelf = shelf
        self._running = running
        self._answering = answering
        self._desk = desk
        self._chat = chat
        self._publish = publish

    def send(
        self,
        conversation: ConversationId,
        text: str,
        model: str = "",
        *,
        made: Callable[[ConversationId], None] | None = None,
    ) -> None:
        """Ask in a conversation; 0 makes a new one and announces it as ThreadOpened first.

        With `made`, the new conversation is told to that callable alone: a window beside a command line stays
        where its reader is.
        """
        if not text.strip():
            return

        def job() -> None:
            store = self._shelf.conversations
            if conversation == NEW_CONVERSATION:
                summary = store.create(prompting.title(text), GENERAL)
                if made:
                    made(summary.id)
                else:
                    store.save_draft(NEW_CONVERSATION, "")
                    self._running.announce(lambda: Thread(summary))
                self._ask(store, summary.id, None, text, model)
            else:
                thread = store.thread(conversation)
                parent = thread.messages[-1].id if thread.messages else None
                self._ask(store, conversation, parent, text, model)

        self._desk.submit(job)

    def edit(self, message: MessageId, text: str) -> None:
        """Ask again in other words: a new branch beside `message`; nothing is overwritten."""
        if not text.strip():
            return

        def job() -> None:
            store = self._shelf.conversations
            old = store.path_to(message)[-1]
            store.show_branch(message)
            self._ask(store, old.conversation, old.parent, text, "")

        self._desk.submit(job)

    def regenerate(self, answer: MessageId, model: str = "") -> None:
        """Answer the same question once more: a new branch beside `answer`."""

        def job() -> None:
            store = self._shelf.conversations
            *_, question, old = store.path_to(answer)
            new = store.add(old.conversation, question.id, Message(Role.ASSISTANT), TurnState.PARTIAL)
            self._start(question, new, model, regenerated=True)

        self._desk.submit(job)

    def stop(self, conversation: ConversationId | None = None) -> None:
        """Stop the answer of this conversation, or every answer; what arrived is kept."""
        self._running.stop(conversation)
        self._answering.stop()
        self._desk.submit(self._answering.drop_stopped)

    def _ask(
        self, store: Conversations, conversation: ConversationId, parent: MessageId | None, text: str, model: str
    ) -> None:
        question, answer = store.ask(conversation, parent, Message.of(Role.USER, text), "")
        self._start(question, answer, model)
        self._publish(ConversationChanged(store.summary(conversation)))

    def _start(self, question: StoredMessage, answer: StoredMessage, model: str, *, regenerated: bool = False) -> None:
        self._running.begin(answer)
        self._publish(TurnStarted(answer.conversation, question, answer, regenerated))
        self._chat.submit(lambda: self._answering.answer(answer, model))
