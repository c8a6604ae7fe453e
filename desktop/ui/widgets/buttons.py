"""Buttons that tint their icons by themselves and take the focus from the keyboard only."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.ui.assets import IconName, icon
from desktop.ui.comfort import px

Tint = Literal["muted", "text", "accent", "on_accent"]
Role = Literal["", "primary", "quiet", "link", "pill", "danger"]

ROLES: dict[Tint, QPalette.ColorRole] = {
    "muted": QPalette.ColorRole.PlaceholderText,
    "text": QPalette.ColorRole.WindowText,
    "accent": QPalette.ColorRole.Accent,
    "on_accent": QPalette.ColorRole.HighlightedText,
}
SIDE = 18
REPAINTED = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


def tint(name: Tint) -> QColor:
    """Return a colour of the theme that the application wears now."""
    return QGuiApplication.palette().color(ROLES[name])


class IconButton(QToolButton):
    """A square button that is an icon; its label is its tool tip and its accessible name."""

    def __init__(self, name: IconName, label: str, parent: QWidget | None = None, color: Tint = "muted") -> None:
        super().__init__(parent)
        self._icon = name
        self._color: Tint = color
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_label(label)
        self._tint()

    def set_label(self, label: str) -> None:
        """Say what the button does."""
        self.setToolTip(label)
        self.setAccessibleName(label)

    def set_icon(self, name: IconName) -> None:
        """Show another icon."""
        self._icon = name
        self._tint()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icon when the button is first seen: many are not, for long."""
        super().showEvent(event)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self._tint()

    def _tint(self) -> None:
        self.setIconSize(QSize(px(SIDE), px(SIDE)))
        if self.isVisible():
            self.setIcon(icon(self._icon, tint(self._color).name(), px(SIDE)))


class TextButton(QPushButton):
    """A button with words and perhaps an icon before them."""

    def __init__(
        self,
        text: str,
        role: Role = "",
        name: IconName | None = None,
        parent: QWidget | None = None,
        *,
        align_left: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._icon = name
        self._color: Tint = "on_accent" if role == "primary" else "muted"
        self.setAutoDefault(False)
        self.setProperty("role", role)
        if align_left:
            self.setProperty("align", "left")
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint()

    def setText(self, text: str) -> None:
        """Say other words, to screen readers too unless they were given their own."""
        if self.accessibleName() == self.text():
            self.setAccessibleName(text)
        super().setText(text)

    def set_icon(self, name: IconName | None) -> None:
        """Show another icon."""
        self._icon = name
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in REPAINTED:
            self._tint()

    def _tint(self) -> None:
        self.setIconSize(QSize(px(SIDE), px(SIDE)))
        if self._icon is not None:
            self.setIcon(icon(self._icon, tint(self._color).name(), px(SIDE)))
