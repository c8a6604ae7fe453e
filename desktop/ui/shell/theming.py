"""Which theme the window wears: the person's choice, or the system's."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.core.settings import ThemeChoice
from desktop.ui.theme import Theme, apply_theme, dark, light, palette

SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}


class ThemeFollower(QObject):
    """Dresses the application and says when the theme has changed."""

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: ThemeChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._choice = choice
        self._hints = QGuiApplication.styleHints()
        self._set_scheme()
        self.theme = self._wanted()
        application.setPalette(palette(self.theme))
        self._hints.colorSchemeChanged.connect(self._follow)

    def dress(self) -> None:
        """Put the style sheet on.

        Why not at once: a widget that is put into another one is styled anew, so a window that is built
        under a style sheet is styled a dozen times before it is shown.
        """
        apply_theme(self._application, self.theme)

    def choose(self, choice: ThemeChoice) -> None:
        """Wear this from now on."""
        if choice != self._choice:
            self._choice = choice
            self._set_scheme()
            self._follow()

    def _set_scheme(self) -> None:
        """Let title bars and the system's own dialogs match the choice."""
        self._hints.setColorScheme(SCHEMES[self._choice])

    def _wanted(self) -> Theme:
        match self._choice:
            case ThemeChoice.LIGHT:
                return light()
            case ThemeChoice.DARK:
                return dark()
            case ThemeChoice.SYSTEM:
                return dark() if self._hints.colorScheme() == Qt.ColorScheme.Dark else light()

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self.theme:
            self.theme = wanted
            apply_theme(self._application, wanted)
            self.changed.emit(wanted)
