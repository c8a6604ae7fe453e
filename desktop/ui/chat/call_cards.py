"""The tools that an answer wants to use: a quiet card of one line each. Nothing in it can be pressed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.core.messages import Message, TextPart
from desktop.core.tools import BrokenCallPart, CallPart
from desktop.ui.chat.message_footer import INSET
from desktop.ui.comfort import px
from desktop.ui.i18n import is_right_to_left, translate
from desktop.ui.widgets.labels import Pictogram, PlainLabel

PADDING = 10
SIGN = 16
GAP = 6
AROUND = 8
"""What is free between the cards and the text."""
LONGEST = 300
"""Letters of a call that are shown; a copy holds all of it."""


def told(call: CallPart) -> str:
    """Return what a person reads of a call."""
    shown = call.told if len(call.told) <= LONGEST else call.told[:LONGEST] + "…"
    if isinstance(call, BrokenCallPart):
        return translate("chat", "Wanted to use a tool, but what it wrote cannot be read: {text}", text=shown)
    return translate("chat", "Wants to use: {call}", call=shown)


class CallCards(QWidget):
    """All calls of one answer, one below the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[_Card] = []
        self._is_above = False
        self.show()

    def show_calls(self, message: Message) -> None:
        """Show the calls as far as they are; an answer only grows."""
        for call in message.calls[len(self.cards) :]:
            self.cards.append(_Card(told(call), self))
        first = next((part for part in message.parts if isinstance(part, TextPart | CallPart)), None)
        self._is_above = isinstance(first, CallPart)

    def place(self, top: int, width: int, text: QWidget, height: int) -> int:
        """Place the cards and the answer's words of this height, below `top`, between two insets; returns the bottom.

        An answer that begins with a call has its words below.
        """
        around = px(AROUND) if height else 0
        mine = self._fit(width) + around
        above = self._is_above
        self.setGeometry(0, top if above else top + height + around, width + 2 * INSET, mine - around)
        text.setGeometry(INSET, top + mine if above else top, width, height)
        return top + height + mine

    def _fit(self, width: int) -> int:
        top = 0
        for card in self.cards:
            height = card.fit(width)
            card.setGeometry(INSET, top, width, height)
            top += height + px(GAP)
        return top - px(GAP)


class _Card(QFrame):
    """One call."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._sign = Pictogram("tool", "muted", SIGN, self)
        self.label = PlainLabel(words, "muted", self, wraps=True)
        self.setAccessibleName(words)
        right = is_right_to_left(words)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        self.show()

    def fit(self, width: int) -> int:
        """Place the sign and the words for this width; returns the height."""
        padding, side = px(PADDING), self._sign.width()
        room = width - 3 * padding - side
        words = self.label.heightForWidth(room)
        line = self.label.fontMetrics().height()
        right_to_left = self.isRightToLeft()
        self._sign.move(width - padding - side if right_to_left else padding, padding + (line - side) // 2)
        self.label.setGeometry(padding if right_to_left else 2 * padding + side, padding, room, words)
        return words + 2 * padding
