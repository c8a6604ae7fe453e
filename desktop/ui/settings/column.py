"""The column of a page: in the middle, and no wider than lines can be read."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

LETTERS = 104
"""How wide it is at most."""
MARGIN = 24


class Column(QWidget):
    """A column of text in the middle of the page, as wide as so many letters."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = QVBoxLayout()
        self._holder = QWidget()
        self._holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._holder.setLayout(self.inside)
        self._across = QHBoxLayout(self)
        self._across.addStretch(1)
        self._across.addWidget(self._holder, 1000)
        self._across.addStretch(1)
        self.leave(0)
        self._fit()

    def leave(self, room: int) -> None:
        """Leave room at the end of the line, for the scroll bar of what lies below."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._across.setContentsMargins(MARGIN + room * mirrored, 0, MARGIN + room * (not mirrored), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self._holder.setMaximumWidth(LETTERS * self.fontMetrics().averageCharWidth())
