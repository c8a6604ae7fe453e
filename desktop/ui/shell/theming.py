"""Which theme the window wears: the person's choice, or the system's."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.core.settings import Settings, ThemeChoice
from desktop.ui import comfort
from desktop.ui.theme import Theme, apply_theme, palette, theme_for

SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}


class ThemeFollower(QObject):
    """Dresses the application and says when the theme has changed."""

    changed = Signal(object)

    def __init__(self, application: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._settings = settings
        self._hints = QGuiApplication.styleHints()
        self._set_scheme()
        self.theme = self._wanted()
        application.setPalette(palette(self.theme))
        application.setFont(comfort.font(self.theme.families, self.theme.scale))
        comfort.keep_still(settings.motion)
        self._hints.colorSchemeChanged.connect(self._follow)

    def dress(self) -> None:
        """Put the style sheet on.

        Why not at once: a widget that is put into another one is styled anew, so a window that is built
        under a style sheet is styled a dozen times before it is shown.
        """
        apply_theme(self._application, self.theme)

    def choose(self, settings: Settings) -> None:
        """Wear what is chosen there from now on."""
        before, self._settings = self._settings, settings
        if settings.motion != before.motion:
            comfort.keep_still(settings.motion)
        if settings.theme != before.theme:
            self._set_scheme()
        self._follow()

    def _set_scheme(self) -> None:
        """Let title bars and the system's own dialogs match the choice."""
        self._hints.setColorScheme(SCHEMES[self._settings.theme])

    def _wanted(self) -> Theme:
        if self._settings.theme is ThemeChoice.SYSTEM:
            return theme_for(self._settings, is_dark=self._hints.colorScheme() == Qt.ColorScheme.Dark)
        return theme_for(self._settings, is_dark=self._settings.theme is ThemeChoice.DARK)

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self.theme:
            self.theme = wanted
            apply_theme(self._application, wanted)
            self.changed.emit(wanted)
