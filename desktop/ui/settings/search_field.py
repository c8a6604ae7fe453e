"""The search field of the settings."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.assets import icon
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import REPAINTED, tint


class SettingsSearch(QLineEdit):
    """Finds settings while one types; Escape empties it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(translate("settings", "Search settings"))
        self.setAccessibleName(translate("settings", "Search settings"))
        self.setMaxLength(100)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(False)
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty it with Escape; an empty one leaves Escape to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self._tint()

    def _tint(self) -> None:
        self._glass.setIcon(icon("search", tint("muted").name(), px(16)))
