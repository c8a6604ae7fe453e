"""What is written on the page: drafts, edits, and questions on their way to the store. Nothing typed is ever lost.

A question leaves the composer when it is sent, and is remembered here with its place until the store has it. Every
command carries a token that comes back with what became of it, so that nothing is matched by its words.
"""

import os

from desktop.core.conversations import NEW_CONVERSATION, ConversationId, MessageId, StoredMessage
from desktop.core.drafts import Draft, dump_draft, load_draft
from desktop.core.events import Event, SendFailed, ThreadOpened, TurnStarted
from desktop.core.grounding import ScopePart
from desktop.core.messages import Role
from desktop.core.value import value
from desktop.ui.chat.commands import ChatCommands, DraftCommands
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.transcript_model import TranscriptModel


@value
class Sent:
    """A question on its way: where it was asked, and the message it is another version of."""

    conversation: ConversationId
    draft: Draft
    edited: MessageId | None = None


@value
class Place:
    """Which draft it is: of a conversation, or another version of a message in it."""

    conversation: ConversationId
    edited: MessageId | None = None


class Writing:
    """Stands between the composer and the services."""

    def __init__(self, composer: Composer, model: TranscriptModel, chat: ChatCommands, history: DraftCommands) -> None:
        self._composer, self._model, self._chat, self._history = composer, model, chat, history
        self._kept: dict[ConversationId, Draft] = {}
        self._sent: dict[str, Sent] = {}
        self._returned: list[Sent] = []
        self._edited: MessageId | None = None
        self._begun = False
        self._stays = False
        composer.submitted.connect(self._submit)
        composer.draft_changed.connect(lambda draft: self._keep(model.conversation, draft))
        composer.edit_left.connect(self._leave_edit)

    @property
    def place(self) -> Place | None:
        """Which draft is shown; None until there is a conversation."""
        return Place(self._model.conversation, self._edited) if self._begun else None

    @property
    def stays(self) -> bool:
        """Whether the conversation that was opened last took over the draft that was shown."""
        return self._stays

    def add_elsewhere(self, conversation: ConversationId, more: Draft) -> None:
        """Put files into a draft that is not shown."""
        self._keep(conversation, self._kept.get(conversation, Draft()).then(more))

    @property
    def before(self) -> tuple[StoredMessage, ...]:
        """The messages that what is written would follow."""
        rows = self._model.rows
        return tuple(rows[: next((at for at, one in enumerate(rows) if one.id == self._edited), len(rows))])

    def apply(self, event: Event) -> None:
        """Learn what became of a question."""
        match event:
            case TurnStarted(token=token) if token in self._sent:
                del self._sent[token]
            case SendFailed(token) if token in self._sent:
                self._give_back(self._sent.pop(token))
            case _:
                return
        self._show_sending()

    def leave(self, event: ThreadOpened) -> None:
        """Put away what is written before another conversation is shown.

        What was typed after the first question of a new chat goes with it into the conversation that was made.
        """
        here, coming = self._model.conversation, event.thread.summary.id
        sent = self._sent.get(event.token)
        made = sent is not None and sent.conversation == NEW_CONVERSATION
        again = self._begun and coming == here
        self._stays = again or (made and here == NEW_CONVERSATION)
        if self._begun and not again:
            self._composer.leaving.emit()
            self._put_away()
        if made:
            later = self._kept.get(NEW_CONVERSATION, Draft())
            self._keep(NEW_CONVERSATION, Draft())
            self._keep(coming, later)

    def enter(self, event: ThreadOpened) -> None:
        """Show what was written in the conversation that is shown now; what was typed before any was stays below it."""
        if not self._stays:
            typed = Draft() if self._begun else self._composer.draft
            stored = load_draft(event.thread.draft) if event.thread.draft else Draft(scope=self._last_scope(event))
            draft = self._kept.setdefault(self._model.conversation, stored)
            self._composer.set_draft(draft.then(typed))
            if typed:
                self._keep(self._model.conversation, self._composer.draft)
        self._begun = True
        if self._edited is not None and not self._is_shown(self._edited):
            self._composer.end_edit()
            self._leave_edit()
        self._resume()
        self._show_sending()

    def edit(self, message: StoredMessage) -> None:
        """Write another version of a question."""
        self._begin_edit(message.id, Draft.of(message.message))

    def _submit(self, draft: Draft) -> None:
        here, token = self._model.conversation, os.urandom(8).hex()
        edited, self._edited = self._edited, None
        self._sent[token] = Sent(here, draft, edited)
        self._show_sending()
        if edited is None:
            self._kept[here] = Draft(scope=draft.scope)
            matter = self._model.summary.matter
            self._chat.send(
                here, draft.text, matter=matter, pasted=draft.pasted, attached=draft.attached,
                documents=draft.documents, scope=draft.scope, token=token,
            )  # fmt: skip
            return
        self._composer.end_edit()
        self._chat.edit(
            edited, draft.text, pasted=draft.pasted, attached=draft.attached,
            documents=draft.documents, scope=draft.scope, token=token,
        )  # fmt: skip
        if kept := self._kept.get(here):
            self._history.save_draft(here, dump_draft(kept))  # asking clears the stored one
        self._leave_edit()

    def _give_back(self, sent: Sent) -> None:
        shown = self._begun and sent.conversation == self._model.conversation
        if sent.edited is not None:
            self._returned.append(sent)
            self._resume()
        elif shown and self._edited is None:
            self._composer.set_draft(sent.draft.then(self._composer.draft))
            self._keep(sent.conversation, self._composer.draft)
        else:
            self._keep(sent.conversation, sent.draft.then(self._kept.get(sent.conversation, Draft())))

    def _resume(self) -> None:
        """Go on with an edit that could not be stored, when its message is in sight and nothing else is edited."""
        here = self._model.conversation
        waiting = next((one for one in self._returned if one.conversation == here), None)
        if waiting is None or waiting.edited is None or self._edited is not None:
            return
        self._returned.remove(waiting)
        if self._is_shown(waiting.edited):
            self._begin_edit(waiting.edited, waiting.draft)
        else:
            self._composer.set_draft(waiting.draft.then(self._composer.draft))
            self._keep(here, self._composer.draft)

    def _begin_edit(self, message: MessageId, draft: Draft) -> None:
        if self._edited is None:
            self._keep(self._model.conversation, self._composer.draft)
        self._edited = message
        self._composer.begin_edit(draft)

    def _leave_edit(self) -> None:
        self._edited = None
        self._composer.set_draft(self._kept.get(self._model.conversation, Draft()))
        self._resume()

    def _put_away(self) -> None:
        if self._edited is None:
            self._keep(self._model.conversation, self._composer.draft)
        else:
            self._edited = None
            self._composer.end_edit()

    def _keep(self, conversation: ConversationId, draft: Draft) -> None:
        if self._kept.get(conversation, Draft()) != draft:
            self._history.save_draft(conversation, dump_draft(draft))
        self._kept[conversation] = draft

    def _show_sending(self) -> None:
        here = self._model.conversation
        self._composer.set_sending(any(one.conversation == here for one in self._sent.values()))

    @staticmethod
    def _last_scope(event: ThreadOpened) -> ScopePart | None:
        """Return what the last question of a conversation was asked of: the next one goes on there."""
        questions = [one.message for one in event.thread.messages if one.message.role is Role.USER]
        return questions[-1].scope if questions else None

    def _is_shown(self, message: MessageId) -> bool:
        return any(one.id == message for one in self._model.rows)
