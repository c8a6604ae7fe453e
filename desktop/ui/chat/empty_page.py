"""What a new chat shows: a greeting and three questions to begin with."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel

EXAMPLES = (
    "Write a polite reply that declines a meeting",
    "Explain a lease's break clause in plain words",
    "List the questions to ask before hiring an accountant",
)


class EmptyPage(QWidget):
    """What a new chat shows.

    Signals:
        chosen: the words of an example.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = PlainLabel(translate("chat", "What shall we look at?"), "title", self)
        promise = PlainLabel(
            translate("chat", "Answers are written on this computer. Nothing leaves it."), "muted", self, wraps=True
        )
        for one in (heading, promise):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(3)
        column.addWidget(heading)
        column.addWidget(promise)
        self._examples = QWidget(self)
        below = QVBoxLayout(self._examples)
        below.setContentsMargins(0, 16, 0, 0)
        below.setSpacing(8)
        for text in EXAMPLES:
            button = TextButton(translate("chat", text), "pill", parent=self._examples)
            button.clicked.connect(lambda _=False, one=button: self.chosen.emit(one.text()))
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._examples)
        column.addStretch(4)
        self._greeting = (heading, promise)

    def minimumSizeHint(self) -> QSize:
        """Leave the room to the question: with files beside it, it needs more than a greeting does."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for, the greeting before the examples."""
        super().resizeEvent(event)
        room = self.height() - sum(one.heightForWidth(self.width()) for one in self._greeting if one.wordWrap())
        room -= sum(one.sizeHint().height() for one in self._greeting if not one.wordWrap()) + 40
        for one in self._greeting:
            one.setVisible(room >= 0)
        self._examples.setVisible(room >= self._examples.sizeHint().height())
