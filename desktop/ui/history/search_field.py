"""The search field of the sidebar."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.assets import icon
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import REPAINTED, tint

PAUSE_MILLISECONDS = 150


class SearchField(QLineEdit):
    """Asks when the person pauses; Escape empties it, Enter takes the best hit, Down goes to the hits."""

    asked = Signal(str)
    emptied = Signal()
    entered = Signal()
    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(500)
        self._glass = QAction(translate("history", "Search"), self)
        self._glass.triggered.connect(self.setFocus)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(translate("history", "Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(self._follow)
        self._clear.setVisible(False)
        self.name_place("")
        self._tint()

    @property
    def query(self) -> str:
        """What is searched for, without the blanks around it."""
        return self.text().strip()

    def name_place(self, folder: str) -> None:
        """Say what is searched: a folder, or all conversations when it has no name."""
        words = translate("history", "Search this folder") if folder else translate("history", "Search conversations")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that lead to and from the hits."""
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
        if self.query:
            self._pause.start()
        else:
            self._pause.stop()
            self.emptied.emit()

    def _ask(self) -> None:
        self.asked.emit(self.query)

    def _tint(self) -> None:
        self._glass.setIcon(icon("search", tint("muted").name(), 16))
        self._clear.setIcon(icon("close", tint("muted").name(), 16))
