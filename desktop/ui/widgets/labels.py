"""Labels that show text as it is, never as markup."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from desktop.ui.assets import IconName, icon
from desktop.ui.comfort import px
from desktop.ui.i18n import is_right_to_left
from desktop.ui.widgets.buttons import REPAINTED, Tint, tint

LabelRole = Literal["", "title", "heading", "muted", "small", "danger", "code"]


class PlainLabel(QLabel):
    """A label of plain text; it wraps when asked to."""

    def __init__(
        self, text: str = "", role: LabelRole = "", parent: QWidget | None = None, *, wraps: bool = False
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wraps)
        self.setText(text)


class ElidedLabel(PlainLabel):
    """One line that ends in an ellipsis when it does not fit; the tool tip has all of it."""

    def __init__(self, text: str = "", role: LabelRole = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Shrink as far as needed."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        side = QStyle.visualAlignment(self.layoutDirection(), self.alignment()) | Qt.AlignmentFlag.AlignAbsolute
        right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        painter.setLayoutDirection(right if is_right_to_left(shown) else left)
        painter.drawText(self.rect(), side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer what does not fit as a tool tip."""
        super().resizeEvent(event)
        self.show_text(self.text())

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setToolTip(text if self.fontMetrics().horizontalAdvance(text) > self.width() else "")


class Pictogram(QLabel):
    """An icon beside words: decoration, so it has no name for screen readers."""

    def __init__(self, name: IconName, color: Tint = "muted", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._color = color
        self._size = size
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self._tint()

    def _tint(self) -> None:
        side = px(self._size)
        self.setFixedSize(side, side)
        self.setPixmap(icon(self._name, tint(self._color).name(), side).pixmap(side, side))
