"""What stands around a message: a caution, a note and the actions, each made when it has something to show."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, SignalInstance
from PySide6.QtWidgets import QStyle, QWidget

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.errors import AppError
from desktop.ui.chat import notes
from desktop.ui.chat.action_row import SIDE, ActionRow
from desktop.ui.comfort import px
from desktop.ui.widgets.labels import Pictogram, PlainLabel

LINE = 30
"""Height of the line with the note and the actions."""
CAUTION = 22
SIGN = 14
INSET = 12
"""Pixels at both sides of a message that its text leaves free: for focus rings, and the edges of icons."""
EDGE = 6
"""The icons begin so far outside the text, so that their drawings stand in line with it."""


class MessageFooter:
    """Puts the small things of one message in their places."""

    def __init__(self, view: QWidget, chosen: SignalInstance, open_menu: Callable[[QPoint], None]) -> None:
        self._view = view
        self._chosen = chosen
        self._open_menu = open_menu
        self._stored: StoredMessage | None = None
        self._lit = False
        self._place = QRect()
        self.actions: ActionRow | None = None
        self.note: PlainLabel | None = None
        self.caution: PlainLabel | None = None
        self._sign: Pictogram | None = None

    @property
    def spoken(self) -> str:
        """The caution and the note, for screen readers."""
        said = (one.text() for one in (self.caution, self.note) if one is not None)
        return ". ".join(one for one in said if one)

    def update_to(self, stored: StoredMessage, error: AppError | None) -> None:
        """Say and offer what fits the message as it is now."""
        self._stored = stored
        self._write_note(stored, error)
        if words := notes.caution(stored):
            if self.caution is None:
                self.caution = PlainLabel("", "small", self._view, wraps=True)
                self.caution.show()
                self._sign = Pictogram("alert", "muted", SIGN, self._view)
                self._sign.show()
            self.caution.setText(words)
        if ActionRow.is_needed(stored) or (self._lit and stored.state is not TurnState.PARTIAL):
            self._make_actions()
        if self.actions is not None:
            self.actions.update_to(stored)
            self.actions.set_lit(self._lit)

    def set_lit(self, on: bool) -> None:
        """Show or hide the actions that only matter under the pointer or with the keyboard."""
        self._lit = on
        if on and self._stored is not None and self._stored.state is not TurnState.PARTIAL:
            self._make_actions()
        if self.actions is not None:
            self.actions.set_lit(on)

    def show_read(self, on: bool) -> None:
        """Show whether the message is read aloud."""
        if on:
            self._make_actions()
        if self.actions is not None:
            self.actions.show_read(on)

    def fit_beside(self, width: int, bottom: int, room: int) -> int:
        """Put the actions of a question beside its bubble where there is room, else below; returns the height taken."""
        needed, line = self._actions_width(), px(LINE)
        if room >= needed + 8:
            self._put_actions(width, QRect(room - needed - 6, px(8), needed, px(SIDE)))
            return 0
        self._put_actions(width, QRect(width - needed, bottom + 2, needed, px(SIDE)))
        return line

    def fit_below(self, width: int, top: int) -> int:
        """Put all below an answer, the actions behind the note or below it; returns the height taken."""
        needed, line, y = self._actions_width(), px(LINE), top
        if self.caution is not None and self._sign is not None:
            side, line_height = self._sign.width(), px(CAUTION)
            words = min(width - side - 6, self.caution.fontMetrics().horizontalAdvance(self.caution.text()) + 4)
            high = self.caution.heightForWidth(words)
            self._put(self._sign, width, QRect(0, y + (line_height - side) // 2, side, side))
            self._put(self.caution, width, QRect(side + 6, y, words, max(line_height, high)))
            y += max(line_height, high)
        if self.note is None or not self.note.text():
            self._put_actions(width, QRect(-EDGE, y + 2, needed, px(SIDE)))
            return y + line - top
        note = self.note.fontMetrics().horizontalAdvance(self.note.text()) + 4
        if note + needed <= width:
            self._put(self.note, width, QRect(0, y + 2, note, px(SIDE)))
            self._put_actions(width, QRect(note + 4, y + 2, needed, px(SIDE)))
            return y + line - top
        height = self.note.heightForWidth(width)
        self._put(self.note, width, QRect(0, y + 4, width, height))
        self._put_actions(width, QRect(-EDGE, y + height + 6, needed, px(SIDE)))
        return y + height + 6 + line - top

    def _write_note(self, stored: StoredMessage, error: AppError | None) -> None:
        words = notes.note(stored, error)
        if self.note is None:
            if not words:
                return
            self.note = PlainLabel("", "small", self._view, wraps=True)
            self.note.show()
        role = "danger" if stored.state is TurnState.FAILED else "small"
        if self.note.property("role") != role:
            self.note.setProperty("role", role)
            self.note.style().polish(self.note)
        self.note.setText(words)
        self.note.setToolTip(notes.figures(stored))

    def _actions_width(self) -> int:
        if self.actions is not None:
            return self.actions.sizeHint().width()
        return ActionRow.usual_width(self._stored) if self._stored is not None else 0

    def _make_actions(self) -> None:
        if self.actions is not None or self._stored is None:
            return
        self.actions = ActionRow(self._view)
        self.actions.chosen.connect(self._chosen)
        self.actions.menu_asked.connect(self._open_menu)
        self.actions.update_to(self._stored)
        self.actions.setGeometry(self._place)
        self.actions.show()
        before: QWidget = self._view
        for button in self.actions.buttons:
            QWidget.setTabOrder(before, button)
            before = button

    def _put_actions(self, width: int, place: QRect) -> None:
        self._place = self._mirrored(width, place)
        if self.actions is not None:
            self.actions.setGeometry(self._place)

    def _put(self, widget: QWidget, width: int, place: QRect) -> None:
        widget.setGeometry(self._mirrored(width, place))

    def _mirrored(self, width: int, place: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), QRect(0, 0, width, 1), place).translated(INSET, 0)
