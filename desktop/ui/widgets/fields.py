"""Fields for one value each: a choice, a whole number, a fraction. All speak the same way.

`chosen` is emitted when a person or a program changes the value, `show_value` shows one in silence, `in_words` says
how one is called. The wheel belongs to the page around them: it never changes a value by accident.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

TEXT_MARGIN = 8
"""A number field ignores the padding of the style sheet."""
LETTERS = 12
ELLIPSIS = 4
"""Pixels that the style keeps free around the words."""


class Choice(QComboBox):
    """One of a few values."""

    chosen = Signal(object)

    def __init__(
        self,
        choices: Sequence[tuple[Any, str]],
        call: Callable[[Any], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        """Offer the choices.

        Args:
            choices: the values and how they are called.
            call: how a value is called that is none of them.
            parent: the widget around it.
        """
        super().__init__(parent)
        self._call = call
        self._values: list[Any] = []
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet reaches the rows of this one only
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        self.offer(choices)
        self.currentIndexChanged.connect(self._choose)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices; the first one is shown."""
        with _silent(self):
            self.clear()
            self._values = []
            for value, words in choices:
                self._add(value, words)

    def show_value(self, value: Any) -> None:
        """Show a value, whether it is one of the choices or not."""
        if value not in self._values:
            with _silent(self):
                self._add(value, self._call(value))
        with _silent(self):
            self.setCurrentIndex(self._values.index(value))
        self.setToolTip(self.currentText())

    def in_words(self, value: Any) -> str:
        """Return how a value is called here."""
        return self.itemText(self._values.index(value)) if value in self._values else self._call(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let long words end in an ellipsis."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - ELLIPSIS
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def _add(self, value: Any, words: str) -> None:
        self._values.append(value)
        self.addItem(words, value)

    def _choose(self, row: int) -> None:
        self.setToolTip(self.currentText())
        self.chosen.emit(self._values[row])


class Number(QSpinBox):
    """A whole number; the lowest one can have a name, and stand for another value."""

    chosen = Signal(object)

    def __init__(
        self,
        low: int,
        high: int,
        step: int = 1,
        name: str = "",
        stands_for: object = ...,
        parent: QWidget | None = None,
    ) -> None:
        """Offer a range.

        Args:
            low: the lowest number.
            high: the highest.
            step: by how much the arrows change it.
            name: what is shown for the lowest number, instead of it.
            stands_for: what the lowest number means, when that is no number.
            parent: the widget around it.
        """
        super().__init__(parent)
        self._lowest = low if stands_for is ... else stands_for
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setSpecialValueText(name)
        _prepare(self)
        self.valueChanged.connect(lambda number: self.chosen.emit(self._lowest if number == low else number))

    def show_value(self, value: Any) -> None:
        """Show a value; nothing is emitted."""
        with _silent(self):
            self.setValue(self.minimum() if value == self._lowest else value)

    def in_words(self, value: Any) -> str:
        """Return how a value is called here."""
        if value == self._lowest and self.specialValueText():
            return self.specialValueText()
        return self.locale().toString(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Fraction(QDoubleSpinBox):
    """A number with two digits behind the point."""

    chosen = Signal(object)

    def __init__(self, low: float, high: float, step: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(2)
        self.setRange(low, high)
        self.setSingleStep(step)
        _prepare(self)
        self.valueChanged.connect(lambda number: self.chosen.emit(round(number, 2)))

    def show_value(self, value: float) -> None:
        """Show a value; nothing is emitted."""
        with _silent(self):
            self.setValue(value)

    def in_words(self, value: float) -> str:
        """Return how a value is called here."""
        return self.locale().toString(float(value), "f", 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


Field = Choice | Number | Fraction


def _prepare(field: QAbstractSpinBox) -> None:
    field.setKeyboardTracking(False)
    field.setFrame(False)  # the style sheet draws one; the style would leave room for a second
    field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    field.lineEdit().setTextMargins(TEXT_MARGIN, 0, TEXT_MARGIN, 0)


@contextmanager
def _silent(field: QWidget) -> Iterator[None]:
    blocker = QSignalBlocker(field)
    try:
        yield
    finally:
        blocker.unblock()
