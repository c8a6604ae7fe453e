"""A field for words to look for or to sort out by."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.assets import IconName, icon
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import REPAINTED, tint

PAUSE_MILLISECONDS = 150


class WordsField(QLineEdit):
    """Asks when the person pauses; Escape empties it, Down and Enter go on to the list."""

    asked = Signal()
    entered = Signal()
    left_down = Signal()

    def __init__(self, label: str, name: IconName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setMaxLength(500)
        self._sign = QAction(label, self)
        self._sign.triggered.connect(self.setFocus)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(translate("widgets", "Clear"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.asked)
        self.textChanged.connect(self._follow)
        self.call(label)
        self._tint()

    @property
    def words(self) -> str:
        """What was typed, without the blanks around it."""
        return self.text().strip()

    def call(self, label: str) -> None:
        """Say what is looked for, or where."""
        self.setPlaceholderText(label)
        self.setAccessibleName(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that lead to and from the list."""
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Down:
                self.left_down.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self._tint()

    def _follow(self) -> None:
        self._clear.setVisible(bool(self.text()))
        if self.words:
            self._pause.start()
        else:
            self._pause.stop()
            self.asked.emit()

    def _tint(self) -> None:
        self._sign.setIcon(icon(self._name, tint("muted").name(), px(16)))
        self._clear.setIcon(icon("close", tint("muted").name(), px(16)))
