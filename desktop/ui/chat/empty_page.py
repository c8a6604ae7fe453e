"""What a new chat shows: a greeting and three questions to begin with."""

from PySide6.QtCore import Qt, Signal
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
        column.addSpacing(16)
        for text in EXAMPLES:
            button = TextButton(translate("chat", text), "pill", parent=self)
            button.clicked.connect(lambda _=False, one=button: self.chosen.emit(one.text()))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
