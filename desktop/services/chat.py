"""The main job: a question is stored, a model answers, the answer is stored.

The desk lane stores questions at once; the chat lane answers them one after the other.
"""

from collections.abc import Callable

from desktop.core.again import Again
from desktop.core.conversations import (
    GENERAL,
    NEW_CONVERSATION,
    ConversationId,
    MatterId,
    MessageId,
    StoredMessage,
    Thread,
    TurnState,
)
from desktop.core.drafts import Draft
from desktop.core.events import ConversationChanged, SendFailed, TurnStarted
from desktop.core.grounding import DocumentPart, ScopePart
from desktop.core.messages import Message, PastedPart, Role
from desktop.core.ports import Conversations, Publish
from desktop.core.taking import AttachmentPart
from desktop.core.value import value
from desktop.services import prompting
from desktop.services.answering import USUAL, Answering
from desktop.services.lanes import Work
from desktop.services.running import RunningTurns
from desktop.services.shelf import Shelf


@value
class Asking:
    """How a question is asked: the model that was named for it, the asker's own sign, what else is wanted."""

    model: str = ""
    token: str = ""
    wanted: Again = USUAL


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

    def send(  # noqa: PLR0913 - all that a question can have beside it
        self,
        conversation: ConversationId,
        text: str,
        model: str = "",
        *,
        matter: MatterId = GENERAL,
        pasted: tuple[PastedPart, ...] = (),
        attached: tuple[AttachmentPart, ...] = (),
        documents: tuple[DocumentPart, ...] = (),
        scope: ScopePart | None = None,
        token: str = "",
        made: Callable[[ConversationId], None] | None = None,
        wanted: Again = USUAL,
    ) -> None:
        """Ask in a conversation; 0 makes a new one in a matter and announces it as ThreadOpened first.

        Args:
            conversation: where to ask.
            text: the question.
            model: key or path of a model; empty = the chosen one.
            matter: the folder of a new conversation.
            pasted: texts beside the question.
            attached: files beside it, as AttachmentReady brought them.
            documents: documents beside it, as DocumentReady brought them.
            scope: what of the library is asked.
            token: comes back with TurnStarted, ThreadOpened of a new conversation, or SendFailed.
            made: told of a new conversation instead of ThreadOpened: a window beside a command line stays where
                its reader is.
            wanted: what else is wanted of the answer.
        """
        draft = Draft(text, pasted, attached, documents, scope)

        def job() -> None:
            store = self._shelf.conversations
            if conversation == NEW_CONVERSATION:
                self._ask_first(store, draft, matter, Asking(model, token, wanted), made)
                return
            thread = store.thread(conversation)
            parent = thread.messages[-1].id if thread.messages else None
            self._begin(store, *store.ask(conversation, parent, draft.message, ""), Asking(model, token, wanted))

        if draft.can_be_sent:
            self._desk.submit(lambda: self._told(job, token))

    def edit(
        self,
        message: MessageId,
        text: str,
        *,
        pasted: tuple[PastedPart, ...] = (),
        attached: tuple[AttachmentPart, ...] = (),
        documents: tuple[DocumentPart, ...] = (),
        scope: ScopePart | None = None,
        token: str = "",
    ) -> None:
        """Ask again in other words: a new branch beside `message`; nothing is overwritten."""
        draft = Draft(text, pasted, attached, documents, scope)

        def job() -> None:
            store = self._shelf.conversations
            old = store.path_to(message)[-1]
            store.show_branch(message)
            self._begin(store, *store.ask(old.conversation, old.parent, draft.message, ""), Asking(token=token))

        if draft.can_be_sent:
            self._desk.submit(lambda: self._told(job, token))

    def regenerate(self, answer: MessageId, model: str = "", wanted: Again = USUAL) -> None:
        """Answer the same question once more, perhaps otherwise: a new branch beside `answer`."""

        def job() -> None:
            store = self._shelf.conversations
            *_, question, old = store.path_to(answer)
            new = store.add(old.conversation, question.id, Message(Role.ASSISTANT), TurnState.PARTIAL)
            self._start(question, new, Asking(model, wanted=wanted), regenerated=True)

        self._desk.submit(job)

    def stop(self, conversation: ConversationId | None = None) -> None:
        """Stop the answer of this conversation, or every answer; what arrived is kept."""
        self._running.stop(conversation)
        self._answering.stop()
        self._desk.submit(self._answering.drop_stopped)

    def _ask_first(
        self,
        store: Conversations,
        draft: Draft,
        matter: MatterId,
        asking: Asking,
        made: Callable[[ConversationId], None] | None,
    ) -> None:
        """Make a conversation for a question; nothing of it stays when the question cannot be stored."""
        summary = store.create(prompting.title(_first_words(draft)), matter)
        try:
            question, answer = store.ask(summary.id, None, draft.message, "")
            if made is None:
                store.save_draft(NEW_CONVERSATION, "")
        except BaseException:
            store.delete(summary.id)
            raise
        if made:
            made(summary.id)
        else:
            self._running.announce(lambda: Thread(summary), token=asking.token)
        self._begin(store, question, answer, asking)

    def _begin(self, store: Conversations, question: StoredMessage, answer: StoredMessage, asking: Asking) -> None:
        self._start(question, answer, asking)
        self._publish(ConversationChanged(store.summary(question.conversation)))

    def _start(
        self, question: StoredMessage, answer: StoredMessage, asking: Asking, *, regenerated: bool = False
    ) -> None:
        self._running.begin(answer)
        self._publish(TurnStarted(answer.conversation, question, answer, regenerated, asking.token))
        self._chat.submit(lambda: self._answering.answer(answer, asking.model, asking.wanted))

    def _told(self, job: Callable[[], None], token: str) -> None:
        """Ask, and tell the asker when the question could not be stored; why is told by the lane."""
        try:
            job()
        except BaseException:
            self._publish(SendFailed(token))
            raise


def _first_words(draft: Draft) -> str:
    """Return what a conversation is called by: the question, or else what stands beside it."""
    files = [*(one.attachment.name for one in draft.attached), *(one.name for one in draft.documents)]
    beside = [*(one.text for one in draft.pasted), *files]
    return draft.text.strip() or beside[0]
