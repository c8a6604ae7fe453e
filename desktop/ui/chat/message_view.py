"""One message on the page: the question in a bubble at the right, the answer as text, its actions below."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

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
LEADING = 6
"""What the line height leaves free below the last line of a bubble."""
SLICE = 3_000
"""Letters that are written at once: a longer answer would hold the window up for more than 8 ms."""


class MessageView(QWidget):
    """One message, laid out by hand.

    Signals:
        action: the name of what was chosen (copy, edit, regenerate, branch) and the message id it is about.
        link_activated: an address in the text was chosen.
        resized: the height this view needs has changed.
        pressed, dragged, released: the mouse selects; see `MessageText`.
    """

    action = Signal(str, int)
    link_activated = Signal(str)
    resized = Signal()
    pressed = Signal(int)
    dragged = Signal(QPoint)
    released = Signal()

    def __init__(self, stored: StoredMessage, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.stored = stored
        self._theme = theme
        self._is_user = stored.message.role is Role.USER
        self._text = MessageText(self)
        self._text.link_activated.connect(self._follow)
        self._text.pressed.connect(self.pressed)
        self._text.dragged.connect(self.dragged)
        self._text.released.connect(self.released)
        self._actions = ActionRow(self)
        self._actions.chosen.connect(self.action)
        self._note = PlainLabel("", "small", self, wraps=True)
        self._thoughts: ThoughtFold | None = None
        self._bubble = QRectF()
        self._writer: MarkdownWriter | None = None
        self._written = 0
        self._closed = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fill()

    @property
    def is_whole(self) -> bool:
        """Whether all its words are on the page; a long answer is written in slices."""
        all_written = self._written == len(self.stored.message.text)
        return self._is_user or (all_written and (self._closed or self.stored.state is TurnState.PARTIAL))

    def _fill(self) -> None:
        text = self.stored.message.text
        self._text.clear()
        if self._is_user:
            self._text.show_plain(text)
            option = self._text.document().defaultTextOption()
            right = is_right_to_left(text)
            option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
            self._text.document().setDefaultTextOption(option)
        else:
            self._writer = MarkdownWriter(self._text.document(), self._theme)
            self._written, self._closed = 0, False
            self.write_more()

    def write_more(self) -> None:
        """Write the next slice of an answer."""
        text = self.stored.message.text
        if self._writer is not None and not self.is_whole:
            end = min(len(text), self._written + SLICE)
            self._closed = end == len(text) and self.stored.state is not TurnState.PARTIAL
            self._writer.append(text[self._written : end], last=self._closed)
            self._written = end

    def grow(self, stored: StoredMessage) -> None:
        """Show more of an answer under way; only what is new is written."""
        self.stored = stored
        self.write_more()
        self._update_thoughts()

    def update_to(self, stored: StoredMessage, error: AppError | None) -> None:
        """Show the message as it is now: its text is the same or was appended before."""
        before, self.stored = self.stored, stored
        text = stored.message.text
        if text != before.message.text and (self._closed or not text.startswith(before.message.text[: self._written])):
            self._fill()
        elif stored is not before:
            self.write_more()
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
        thinking = self.stored.state is TurnState.PARTIAL and not self.stored.message.text
        self._thoughts.show_thoughts(self.stored.message.thoughts, thinking=thinking)

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        top = self._fit_bubble(width) if self._is_user else self._fit_answer(width)
        actions_width = self._actions.sizeHint().width()
        if self._is_user and (room := width - int(self._bubble.width())) >= actions_width + 8:
            self._actions.setGeometry(room - actions_width - 6, PADDING - 4, actions_width, ACTIONS - 4)
            return top + GAP
        if self._is_user:
            self._actions.setGeometry(width - actions_width, top + 2, actions_width, ACTIONS - 4)
            return top + ACTIONS + GAP
        return self._fit_note(width, top, actions_width)

    def _fit_note(self, width: int, top: int, actions_width: int) -> int:
        """Put the note below the answer and the actions behind it, or below each other where it is narrow."""
        note_width = self._note.fontMetrics().horizontalAdvance(self._note.text()) + 4 if self._note.text() else 0
        if note_width + actions_width <= width:
            self._note.setGeometry(0, top + 2, note_width, ACTIONS - 4)
            self._actions.setGeometry(note_width + (4 if note_width else -6), top + 2, actions_width, ACTIONS - 4)
            return top + ACTIONS + GAP
        height = self._note.heightForWidth(width)
        self._note.setGeometry(0, top + 4, width, height)
        self._actions.setGeometry(-6, top + height + 6, actions_width, ACTIONS - 4)
        return top + height + 6 + ACTIONS + GAP

    def _fit_bubble(self, width: int) -> int:
        room = min(BUBBLE_WIDTH, width) - 2 * PADDING
        self._text.fit(room)
        inner = min(room, int(self._text.document().idealWidth()) + 4)
        height = self._text.fit(inner)
        self._text.setGeometry(width - inner - PADDING, PADDING, inner, height)
        bottom = height + 2 * PADDING - LEADING
        self._bubble = QRectF(width - inner - 2 * PADDING, 0, inner + 2 * PADDING, bottom)
        return bottom

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
            self._fill()
        while not self.is_whole:
            self.write_more()
        self.update()

    def copied_code(self, number: int) -> str:
        """Return the code of the n-th fence."""
        return self._writer.codes[number] if self._writer and number < len(self._writer.codes) else ""

    @property
    def selected_text(self) -> str:
        """What is selected in this message."""
        return self._text.textCursor().selection().toPlainText()

    @property
    def has_selection(self) -> bool:
        """Whether something is selected in this message."""
        return self._text.textCursor().hasSelection()

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is on this message or something in it."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def select(self, start: int, end: int | None) -> None:
        """Select from one position of the text to another; None is its end."""
        self._text.select(start, end)

    def position_at(self, pointer: QPoint) -> int:
        """Return the position in the text nearest to a place on the screen."""
        return self._text.position_at(pointer)

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
