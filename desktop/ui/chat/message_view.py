"""One message on the page: the question in a bubble at the right, the answer as text, its actions below."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.errors import AppError
from desktop.core.messages import Role
from desktop.ui.chat import notes
from desktop.ui.chat.action_row import ActionRow
from desktop.ui.chat.markdown_writer import MarkdownWriter
from desktop.ui.chat.message_text import MessageText
from desktop.ui.chat.thought_fold import ThoughtFold
from desktop.ui.i18n import is_right_to_left, translate
from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import PlainLabel

BUBBLE_WIDTH = 520
PADDING = 12
ACTIONS = 30
GAP = 14


class MessageView(QWidget):
    """One message, laid out by hand.

    Signals:
        action: the name of what was chosen (copy, edit, regenerate, branch) and the message id it is about.
        link_activated: an address in the text was chosen.
        resized: the height this view needs has changed.
    """

    action = Signal(str, int)
    link_activated = Signal(str)
    resized = Signal()

    def __init__(self, stored: StoredMessage, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.stored = stored
        self._theme = theme
        self._is_user = stored.message.role is Role.USER
        self._text = MessageText(self)
        self._text.link_activated.connect(self._follow)
        self._actions = ActionRow(self)
        self._actions.chosen.connect(self.action)
        self._note = PlainLabel("", "small", self, wraps=True)
        self._thoughts: ThoughtFold | None = None
        self._bubble = QRectF()
        self._writer: MarkdownWriter | None = None
        self._writing = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fill()

    def _fill(self) -> None:
        text = self.stored.message.text
        if self._is_user:
            self._text.setPlainText(text)
            option = self._text.document().defaultTextOption()
            right = is_right_to_left(text)
            option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
            self._text.document().setDefaultTextOption(option)
        else:
            self._writer = MarkdownWriter(self._text.document(), self._theme)
            self._writing = self.stored.state is TurnState.PARTIAL
            self._writer.append(text, last=not self._writing)

    def append(self, text: str) -> None:
        """Add streamed text to an answer."""
        if self._writer is not None and self._writing:
            self._writer.append(text)

    def update_to(self, stored: StoredMessage, error: AppError | None) -> None:
        """Show the message as it is now: its text is the same or was appended before."""
        same = stored.message.text.startswith(self.stored.message.text) or self._writing
        self.stored = stored
        if self._writing and stored.state is not TurnState.PARTIAL and self._writer is not None:
            self._writer.append("", last=True)
            self._writing = False
        if not same:
            self._text.clear()
            self._fill()
        self._actions.update_to(stored, failed=stored.state is TurnState.FAILED)
        self._note.setText(notes.note(stored, error))
        self._note.setProperty("role", "danger" if stored.state is TurnState.FAILED else "small")
        self._note.style().polish(self._note)
        self._update_thoughts()
        self.setAccessibleName(self._spoken())

    def _update_thoughts(self) -> None:
        if not self.stored.message.thoughts:
            return
        if self._thoughts is None:
            self._thoughts = ThoughtFold(self)
            self._thoughts.folded.connect(self.resized)
            self._thoughts.show()
        self._thoughts.show_thoughts(self.stored.message.thoughts)

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        top = self._fit_bubble(width) if self._is_user else self._fit_answer(width)
        actions_width = self._actions.sizeHint().width()
        left = width - actions_width if self._is_user else -6
        self._actions.setGeometry(left, top + 2, actions_width, ACTIONS - 4)
        if self._note.text():
            start = 0 if self._is_user else actions_width + 2
            wide = self._note.fontMetrics().horizontalAdvance(self._note.text()) > width - start
            if wide:
                height = self._note.heightForWidth(width)
                self._note.setGeometry(0, top + ACTIONS, width, height)
                return top + ACTIONS + height + GAP
            self._note.setGeometry(start, top + 2, width - start, ACTIONS - 4)
        return top + ACTIONS + GAP

    def _fit_bubble(self, width: int) -> int:
        room = min(BUBBLE_WIDTH, width) - 2 * PADDING
        self._text.fit(room)
        inner = min(room, int(self._text.document().idealWidth()) + 2)
        height = self._text.fit(inner)
        self._text.setGeometry(width - inner - PADDING, PADDING, inner, height)
        self._bubble = QRectF(width - inner - 2 * PADDING, 0, inner + 2 * PADDING, height + 2 * PADDING)
        return height + 2 * PADDING

    def _fit_answer(self, width: int) -> int:
        top = 0
        if self._thoughts is not None:
            top = self._thoughts.fit(width)
            self._thoughts.setGeometry(0, 0, width, top)
        height = self._text.fit(width)
        self._text.setGeometry(0, top, width, height)
        return top + height

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bubble of a question and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_user:
            painter.setBrush(QColor(self._theme.bubble))
            painter.drawRoundedRect(self._bubble, 14, 14)
        if self.hasFocus():
            painter.setBrush(QColor(self._theme.accent))
            painter.drawRoundedRect(QRectF(self.width() - 2 if self._is_user else 0, 4, 2, 18), 1, 1)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        if not self._is_user:
            self._text.clear()
            self._fill()
        self.update()

    def copied_code(self, number: int) -> str:
        """Return the code of the n-th fence."""
        return self._writer.codes[number] if self._writer and number < len(self._writer.codes) else ""

    @property
    def selected_text(self) -> str:
        """What is selected in this message."""
        return self._text.textCursor().selection().toPlainText()

    @property
    def is_busy(self) -> bool:
        """Whether it must stay: it holds the focus or a selection."""
        focused = self.hasFocus() or self._text.hasFocus() or self._actions.holds_focus
        return focused or self._text.textCursor().hasSelection()

    def forget_selection(self) -> None:
        """Select nothing."""
        self._text.moveCursor(QTextCursor.MoveOperation.Start)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the actions under the pointer."""
        self._actions.set_lit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the actions again."""
        self._actions.set_lit(False)
        super().leaveEvent(event)

    def _follow(self, address: str) -> None:
        if address.startswith("copy:"):
            self.action.emit(address, self.stored.id)
        else:
            self.link_activated.emit(address)

    def _spoken(self) -> str:
        who = translate("chat", "You") if self._is_user else self.stored.model or translate("chat", "Answer")
        return f"{who}: {self.stored.message.text[:200]}"
