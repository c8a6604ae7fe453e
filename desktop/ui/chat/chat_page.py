"""The page of one conversation: transcript, status, composer."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.conversations import ConversationId, MessageId
from desktop.core.events import Broke, Event, Failed, ThreadOpened, TurnFinished, TurnStarted
from desktop.ui.chat.commands import ChatCommands, DraftCommands
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.empty_page import EmptyPage
from desktop.ui.chat.status_line import StatusLine
from desktop.ui.chat.transcript_model import TranscriptModel
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme
from desktop.ui.widgets.spoken import say

if TYPE_CHECKING:
    from desktop.ui.chat.transcript_view import TranscriptView

COMPOSER_WIDTH = 740


class ChatPage(QWidget):
    """Draws one conversation and asks the services; follows every announced event through `apply`.

    Signals:
        shown: the id of the conversation on the page.
        link_requested: an address to ask the person about.
    """

    shown = Signal(int)
    link_requested = Signal(str)

    def __init__(self, chat: ChatCommands, history: DraftCommands, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chat = chat
        self._history = history
        self._edited: MessageId | None = None
        self._draft = ""
        self._any = False
        self._drafts: dict[ConversationId, str] = {}
        self._asked = ""
        self.model = TranscriptModel()
        self._theme = theme
        self.composer = Composer()
        self.status = StatusLine()
        self._empty = EmptyPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._lay_out()
        self._empty.chosen.connect(self._begin)
        self.composer.submitted.connect(self._submit)
        self.composer.stop_requested.connect(lambda: self._chat.stop(self.model.conversation))
        self.composer.draft_changed.connect(self._keep_draft)
        self.composer.edit_left.connect(self._leave_edit)
        self.setFocusProxy(self.composer.text)

    @cached_property
    def transcript(self) -> "TranscriptView":
        """The messages; made when there is one, or when a question is being written."""
        from desktop.ui.chat.transcript_view import TranscriptView  # noqa: PLC0415

        made = TranscriptView(self.model, self._theme)
        self._pages.addWidget(made)
        made.action.connect(self._act)
        made.link_activated.connect(self.link_requested)
        made.left.connect(self.composer.text.setFocus)
        return made

    def _lay_out(self) -> None:
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.status)
        below.addWidget(self.composer)
        holder = QWidget()
        holder.setLayout(below)
        holder.setMaximumWidth(COMPOSER_WIDTH)
        below.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.setContentsMargins(16, 0, 16, 16)
        across.addStretch(1)
        across.addWidget(holder, 100)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addLayout(across)

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        if isinstance(event, ThreadOpened):
            again = self._any and event.thread.summary.id == self.model.conversation
        made_new = isinstance(event, ThreadOpened) and not event.thread.messages and bool(self._asked)
        if isinstance(event, ThreadOpened) and not made_new and not again:
            self._leave(event.thread.summary.id)
        self._mind_question(event)
        change = self.model.apply(event)
        self.status.apply(event, self.model.conversation)
        if change is not None:
            if self.model.rows or "transcript" in self.__dict__:
                self.transcript.apply(change)
            self._pages.setCurrentWidget(self.transcript if self.model.rows else self._empty)
            self.composer.set_running(self.model.running is not None)
        if isinstance(event, ThreadOpened):
            self._opened(event, keep_text=made_new or again)
            self._any = True
            if self._edited is not None and all(one.id != self._edited for one in self.model.rows):
                self.composer.end_edit()
                self._leave_edit()
        if isinstance(event, TurnFinished) and change is not None:
            say(self.transcript, translate("chat", "The answer is finished"))

    def _mind_question(self, event: Event) -> None:
        """Give a question back to the composer when it could not be stored."""
        match event:
            case TurnStarted() if event.question.message.text == self._asked:
                self._asked = ""
            case Failed() | Broke() if self._asked:
                if not self.composer.text.toPlainText().strip():
                    self.composer.set_text(self._asked)
                    self._keep_draft(self._asked)
                self._asked = ""

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        if "transcript" in self.__dict__:
            self.transcript.apply_theme(theme)

    def _leave(self, coming: ConversationId) -> None:
        """Keep the draft of what was shown before another conversation comes."""
        if self._edited is not None:
            self._edited = None
            self.composer.end_edit()
            if coming != self.model.conversation:
                self.composer.set_text("")
        else:
            self.composer.flush()

    def _opened(self, event: ThreadOpened, *, keep_text: bool) -> None:
        """Show the draft, unless this is the place of a question just asked: then more may have been typed since.

        What was typed while the store was still opening stays, after the draft.
        """
        if not keep_text:
            typed = "" if self._any else self.composer.text.toPlainText()
            draft = self._drafts.get(self.model.conversation, event.thread.draft)
            self.composer.set_text("\n".join(one for one in (draft, typed) if one))
            if typed:
                self._keep_draft(self.composer.text.toPlainText())
        if event.focus is not None:
            self.transcript.show_message(event.focus)
        self.shown.emit(self.model.conversation)
        if self.isVisible():
            self.composer.text.setFocus()

    def _begin(self, words: str) -> None:
        self.composer.set_text(words)
        self.composer.text.setFocus()

    def _submit(self, text: str) -> None:
        self._asked = text
        if self._edited is not None:
            message, self._edited = self._edited, None
            self.composer.end_edit()
            self.composer.set_text(self._draft)
            self._chat.edit(message, text)
            self._keep_draft(self._draft)  # asking clears the stored one
        else:
            self._drafts[self.model.conversation] = ""
            self._chat.send(self.model.conversation, text)

    def _keep_draft(self, text: str) -> None:
        self._drafts[self.model.conversation] = text
        self._history.save_draft(self.model.conversation, text)
        _ = self.transcript

    def _leave_edit(self) -> None:
        self._edited = None
        self.composer.set_text(self._draft)

    def _act(self, what: str, message: int) -> None:
        id_ = MessageId(message)
        if what == "copy":
            self._copy(self._text_of(message))
        elif what.startswith("copy:"):
            self._copy_code(message, int(what.removeprefix("copy:")))
        elif what == "edit":
            if not self.composer.is_editing:
                self._draft = self.composer.text.toPlainText()
            self._edited = id_
            self.composer.begin_edit(self._text_of(message))
        elif what == "regenerate":
            if self.model.running is not None:
                self._chat.stop(self.model.conversation)
            self._chat.regenerate(id_)
        elif what == "branch":
            self._history.show_branch(self.model.conversation, id_)

    def _text_of(self, message: int) -> str:
        return next((one.message.text for one in self.model.rows if one.id == message), "")

    def _copy_code(self, message: int, number: int) -> None:
        for row, stored in enumerate(self.model.rows):
            view = self.transcript.view_of(row)
            if stored.id == message and view is not None:
                self._copy(view.copied_code(number))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selection, Ctrl+Up goes to the messages, Esc stops the answer."""
        if event.matches(QKeySequence.StandardKey.Copy) and (text := self.transcript.selected_text()):
            self._copy(text)
        elif event.key() == Qt.Key.Key_Up and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.transcript.step(down=False)
        elif event.matches(QKeySequence.StandardKey.Cancel) and self.model.running is not None:
            self._chat.stop(self.model.conversation)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Take what is typed from the first moment."""
        super().showEvent(event)
        self.composer.text.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft when the page goes out of sight."""
        self.composer.flush()
        super().hideEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the composer."""
        super().focusInEvent(event)
        self.composer.text.setFocus()
