"""The round button over the transcript that leads back to its end."""

from PySide6.QtWidgets import QAbstractScrollArea

from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton


class JumpButton(IconButton):
    """Floats at the bottom of a scroll area while its end is out of sight."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__("arrow-down", translate("chat", "Jump to the latest"), area)
        self.setProperty("role", "jump")
        self._area = area
        self.hide()

    def place(self, *, wanted: bool) -> None:
        """Show it at its place, or hide it."""
        if wanted:
            self.adjustSize()
            below = self._area.viewport().height() - self.height() - 8
            self.move((self._area.width() - self.width()) // 2, below)
            self.raise_()
        if wanted is self.isHidden():
            self.setVisible(wanted)
