"""The line that says what is being done, once it takes longer than a moment."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.ui.comfort import is_still
from desktop.ui.widgets.labels import PlainLabel

MOMENT_MILLISECONDS = 500


class Waiting(QWidget):
    """Words and a bar that moves; in sight only while something takes its time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", "small", wraps=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self._bar)
        self._moment = QTimer(self, singleShot=True, interval=MOMENT_MILLISECONDS)
        self._moment.timeout.connect(self._appear)
        self.hide()

    def begin(self, words: str) -> None:
        """Say this in a moment, if it is not over by then."""
        self.words.setText(words)
        self._moment.start()

    def end(self) -> None:
        """Say nothing."""
        self._moment.stop()
        self.hide()

    def _appear(self) -> None:
        self._bar.setVisible(not is_still())
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words.text()))
