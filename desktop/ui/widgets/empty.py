"""What a list says when it holds nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.widgets.labels import PlainLabel


class EmptyState(QWidget):
    """A heading and a sentence, where the list would begin."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 28, 20, 16)
        column.setSpacing(6)
        self._text = PlainLabel(text, "small", wraps=True)
        for label in (PlainLabel(title, "heading", wraps=True), self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(label)
        column.addStretch(1)

    def describe(self, text: str) -> None:
        """Say why there is nothing."""
        self._text.setText(text)
