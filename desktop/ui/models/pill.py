"""The pills in the top bar: an icon, a few words, and an arrow that says that they open."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from desktop.ui.assets import IconName, icon
from desktop.ui.comfort import px
from desktop.ui.widgets.buttons import REPAINTED, tint
from desktop.ui.widgets.drawing import draw_line

WIDEST = 300
NARROWEST = 96
SIDE = 18
ARROW = 14
MARGIN = 10
GAP = 6


class Pill(QPushButton):
    """Says what is chosen and opens the choice; words that do not fit are elided, the tool tip has them all."""

    def __init__(self, sign: IconName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign: IconName = sign
        self.setProperty("role", "pill")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, words: str, spoken: str) -> None:
        """Show these words; `spoken` says what they are about."""
        self.setText(words)
        self.setAccessibleName(spoken)
        self._hint()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the words, the icon and the arrow, up to the widest."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + self._beside_words()
        return QSize(min(wide + 2, px(WIDEST)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Shrink in a narrow window."""
        return QSize(min(px(NARROWEST), self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer what does not fit as a tool tip."""
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, then icon, words and arrow inside it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        inner, side = self.rect().adjusted(px(MARGIN), 0, -px(MARGIN), 0), self.layoutDirection()
        muted = tint("muted").name()
        for name, pixels, left in ((self._sign, px(SIDE), True), ("chevron-down", px(ARROW), False)):
            x = inner.left() if left else inner.right() + 1 - pixels
            place = QRect(x, (self.height() - pixels) // 2, pixels, pixels)
            icon(name, muted, pixels).paint(painter, QStyle.visualRect(side, self.rect(), place))
        words = inner.adjusted(px(SIDE) + px(GAP), 0, -px(ARROW) - px(GAP), 0)
        painter.setPen(tint("text"))
        draw_line(painter, QStyle.visualRect(side, self.rect(), words), self.text(), side)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self.updateGeometry()

    def _beside_words(self) -> int:
        return 2 * px(MARGIN) + px(SIDE) + px(ARROW) + 2 * px(GAP)

    def _hint(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width() - self._beside_words()
        self.setToolTip("" if fits else self.text())
