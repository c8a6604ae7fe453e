"""One message on the page: the question in a bubble at the right, the answer as text, its actions below.

What most messages never show is made when it is first seen: the actions under the pointer or with the keyboard, the
note, the thoughts.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QFocusEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from desktop.core.conversations import StoredMessage
from desktop.core.errors import AppError
from desktop.core.messages import Role
from desktop.ui.chat.answer_writing import AnswerWriting
from desktop.ui.chat.asides import Asides
from desktop.ui.chat.beside_question import BesideQuestion
from desktop.ui.chat.call_cards import told
from desktop.ui.chat.citations import address_of
from desktop.ui.chat.grounds import Grounds
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.message_footer import INSET, MessageFooter
from desktop.ui.chat.message_text import MessageText
from desktop.ui.chat.moments import SCHEME
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme

BUBBLE_WIDTH = 520
PADDING = 12
GAP = 14
LEADING = 6
"""What the line height leaves free below the last line of a bubble."""


class MessageView(QWidget):
    """One message, laid out by hand.

    Signals:
        action: the name of what was chosen (copy, read, edit, regenerate, branch) and the message id it is about.
        menu_asked: the menu is to open here, in global coordinates, for the link with this address, if any.
        link_activated: an address in the text was chosen.
        resized: the height this view needs has changed.
        pressed, dragged, released: the mouse selects; see `MessageText`.
    """

    action = Signal(str, int)
    menu_asked = Signal(QPoint, str)
    link_activated = Signal(str)
    resized = Signal()
    pressed = Signal(int)
    dragged = Signal(QPoint)
    released = Signal()

    def __init__(self, stored: StoredMessage, theme: Theme, parent: QWidget, helpers: Helpers | None = None) -> None:
        super().__init__(parent)
        self.stored = stored
        self.fitted = -1
        """The width it was laid out for last."""
        self._theme = theme
        self._helpers = helpers
        self._moments = helpers.moments if helpers is not None else None
        self._is_user = stored.message.role is Role.USER
        self._text = MessageText(self)
        self._text.link_activated.connect(self._follow)
        self._text.pressed.connect(self.pressed)
        self._text.dragged.connect(self.dragged)
        self._text.released.connect(self.released)
        self.grounds = Grounds(self._text, self)
        self._read = Grounds(self._text, self)
        self._footer = MessageFooter(self, self.action, lambda place: self.menu_asked.emit(place, ""))
        self.asides = Asides(self, lambda number: self._follow(address_of(number)), self.resized.emit)
        self.beside = BesideQuestion(stored.message, self, helpers, self.resized)
        self._bubble = QRect()
        self._writing: AnswerWriting | None = None
        self._time: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fill()

    @property
    def is_whole(self) -> bool:
        """Whether all its words are on the page; a long answer is written in slices."""
        return self._writing is None or self._writing.has_all(self.stored)

    @property
    def text(self) -> MessageText:
        """The text."""
        return self._text

    @property
    def is_read(self) -> bool:
        """Whether it is being read aloud."""
        return bool(self._read.ranges)

    def show_read(self, start: int, end: int, color: str) -> None:
        """Mark the sentence that is read aloud; none where start and end are the same."""
        self._read.show([(start, end)] if start < end else (), color)
        self._footer.show_read(self.is_read)

    def _fill(self) -> None:
        if self._is_user:
            self._text.show_plain(self.stored.message.text)
        else:
            self._text.clear()
            reach = self._moments.reach(self.stored) if self._moments is not None else 0.0
            self._writing = AnswerWriting(self._text.document(), self._theme, self._helpers, reach)
            self.write_more()

    def write_more(self) -> None:
        """Write the next slice of an answer."""
        if self._writing is not None:
            self._writing.write(self.stored)

    def grow(self, stored: StoredMessage, thought_seconds: float | None = None) -> None:
        """Show more of an answer under way; only what is new is written."""
        self.stored, self._time = stored, thought_seconds
        self.write_more()
        self.asides.update(self.stored, self._time)

    def update_to(self, stored: StoredMessage, error: AppError | None, thought_seconds: float | None = None) -> None:
        """Show the message as it is now: its text is the same or was appended before."""
        before, self.stored = self.stored, stored
        self._time = thought_seconds
        if self._writing is not None and not self._writing.continues(before, stored):
            self._fill()
        elif stored is not before:
            self.write_more()
        if self._helpers is not None and any(sign in stored.message.text for sign in ("$", "\\(", "\\[")):
            self._text.describe_formulas()
        self._footer.update_to(stored, error)
        self.asides.update(self.stored, self._time)
        self.setAccessibleName(self._spoken())
        said = (self._footer.spoken, self.asides.spoken)
        self.setAccessibleDescription(". ".join(one for one in said if one))

    def fill_formulas(self) -> bool:
        """Show the formulas that have been drawn since; True when the text may have another height now."""
        filled = self._writing is not None and self._writing.fill_formulas()
        if filled:
            self._text.describe_formulas()
        return filled

    def fit(self, width: int) -> int:
        """Place everything for a text of this width, between two insets; returns the height."""
        self.fitted = width
        gap = self._theme.px(GAP)
        if self._is_user:
            bottom = self._fit_bubble(width)
            return bottom + self._footer.fit_beside(width, bottom, width - self._bubble.width()) + gap
        bottom = self._fit_answer(width)
        return bottom + self._footer.fit_below(width, bottom) + gap

    def _fit_bubble(self, width: int) -> int:
        padding = self._theme.px(PADDING)
        room = min(self._theme.px(BUBBLE_WIDTH), width) - 2 * padding
        self._text.fit(room)
        between = padding - 4
        inner = min(room, int(self._text.document().idealWidth()) + 4) if self.stored.message.text else 0
        inner, above = self.beside.fit(room, inner, between)
        height = self._text.fit(inner) if self.stored.message.text or not above else LEADING
        gap = between if above and self.stored.message.text else 0
        bottom = above + gap + height + 2 * padding - LEADING
        frame = QRect(width - inner - 2 * padding, 0, inner + 2 * padding, bottom)
        mirrored = QStyle.visualRect(self.layoutDirection(), QRect(0, 0, width, bottom), frame)
        self._bubble = mirrored.translated(INSET, 0)
        left = self._bubble.left() + padding
        self.beside.place(left, padding, inner, between)
        self._text.setGeometry(left, padding + above + gap, inner, height)
        return bottom

    def _fit_answer(self, width: int) -> int:
        words = bool(self.stored.message.text)
        return self.asides.place(width, self._text, self._text.fit(width), has_words=words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bubble of a question and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_user:
            painter.setBrush(QColor(self._theme.bubble))
            painter.drawRoundedRect(QRectF(self._bubble), 14, 14)
        self._read.paint(painter, event.rect())
        self.grounds.paint(painter, event.rect())
        if self.hasFocus():
            painter.setBrush(QColor(self._theme.accent))
            at_right = self._is_user is not self.isRightToLeft()
            painter.drawRoundedRect(QRectF(self.width() - 3 if at_right else 1, 4, 2, self._theme.px(18)), 1, 1)
        painter.end()

    def take_over(self, former: "MessageView") -> None:
        """Look as another view of the same message was left by the reader: what is selected and unfolded."""
        if self.asides.take_over(former.asides):
            self.fitted = -1
        self.beside.take_over(former.beside)
        if former.has_selection:
            cursor = former.text.textCursor()
            self._text.select(cursor.anchor(), cursor.position())

    def retire(self) -> None:
        """Be a picture only: neither the pointer nor anything else reaches it any more."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.blockSignals(True)

    def copied_code(self, number: int) -> str:
        """Return the code of the n-th fence."""
        codes = self._writing.codes if self._writing is not None else []
        return codes[number] if number < len(codes) else ""

    @property
    def has_selection(self) -> bool:
        """Whether something is selected in this message."""
        return self._text.textCursor().hasSelection()

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is on this message or something in it."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu: under the pointer, or below the message's beginning for the keyboard."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            corner = (
                self._bubble.bottomLeft() if self._is_user else QPoint(self.width() if self.isRightToLeft() else 0, 28)
            )
            self.menu_asked.emit(self.mapToGlobal(corner), "")
            return
        place = self._text.viewport().mapFromGlobal(event.globalPos())
        self.menu_asked.emit(event.globalPos(), self._text.anchorAt(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the actions to the keyboard."""
        super().focusInEvent(event)
        self._footer.set_lit(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the actions again, unless the pointer is here."""
        super().focusOutEvent(event)
        self._footer.set_lit(self.underMouse())
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the actions under the pointer."""
        self._footer.set_lit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the actions again."""
        self._footer.set_lit(self.hasFocus())
        super().leaveEvent(event)

    def _follow(self, address: str) -> None:
        if address.startswith("copy:"):
            QGuiApplication.clipboard().setText(self.copied_code(int(address.removeprefix("copy:"))))
        elif not address.startswith(SCHEME):
            self.link_activated.emit(address)
        elif self._moments is not None:
            self._moments.follow(self.stored, address)

    def _spoken(self) -> str:
        who = translate("chat", "You") if self._is_user else self.stored.model or translate("chat", "Answer")
        return ". ".join([f"{who}: {self.stored.message.text[:200]}", *map(told, self.stored.message.calls)])
