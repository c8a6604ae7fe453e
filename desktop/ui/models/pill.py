"""The pill in the top bar that names the model."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.assets import icon
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import REPAINTED, tint

WIDEST = 300
ARROW = 14


class ModelPill(QPushButton):
    """Says which model answers, with its precision; opens the chooser."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pill")
        self.setIconSize(QSize(18, 18))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMaximumWidth(WIDEST)
        self._words = ""
        self.say(translate("models", "Models"))
        self._tint()

    def say(self, words: str) -> None:
        """Show these words, elided to the widest pill."""
        self._words = words
        room = WIDEST - 78
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room))
        self.setToolTip(words)
        self.setAccessibleName(translate("models", "Model: {name}", name=words))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Leave room for the arrow."""
        return super().sizeHint() + QSize(ARROW + 6, 0)

    def minimumSizeHint(self) -> QSize:
        """Shrink in a narrow window."""
        return QSize(120, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow after the words."""
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = icon("chevron-down", tint("muted").name(), ARROW)
        arrow.paint(painter, self.width() - ARROW - 10, (self.height() - ARROW) // 2, ARROW, ARROW)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self._tint()

    def _tint(self) -> None:
        self.setIcon(icon("chip", tint("muted").name()))
