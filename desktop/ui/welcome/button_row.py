"""Buttons beside each other, or below each other where they do not fit."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

Direction = QBoxLayout.Direction
SPACING = 8


class ButtonRow(QWidget):
    """Some at the beginning of the line, some at its end."""

    def __init__(self, first: Sequence[QWidget], last: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = (*first, *last)
        self._box = QBoxLayout(Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACING)
        for one in first:
            self._box.addWidget(one)
        self._box.addStretch(1)
        for one in last:
            self._box.addWidget(one)

    def minimumSizeHint(self) -> QSize:
        """Become as narrow as the widest button."""
        hint = super().minimumSizeHint()
        return QSize(max((one.minimumSizeHint().width() for one in self._in_use()), default=0), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in a line or in a pile."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again when a button came, went, or says something else."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _in_use(self) -> list[QWidget]:
        return [one for one in self._buttons if not one.isHidden()]

    def _fit(self) -> None:
        wide = [one.sizeHint().width() for one in self._in_use()]
        fits = sum(wide) + SPACING * max(0, len(wide) - 1) <= self.width()
        wanted = Direction.LeftToRight if fits else Direction.TopToBottom
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
