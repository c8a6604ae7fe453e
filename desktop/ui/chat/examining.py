"""Opens the popup in which the person chooses which part of a file is sent."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.core.events import Event
from desktop.core.taking import AttachmentPart, Senses
from desktop.ui.chat.commands import PreviewCommands
from desktop.ui.chat.composer import Composer

if TYPE_CHECKING:
    from desktop.ui.chat.film_popup import FilmPopup


class Examining(QObject):
    """Stands between the strip and the service that looks into files."""

    def __init__(self, composer: Composer, viewing: PreviewCommands, senses: Callable[[], Senses]) -> None:
        super().__init__(composer)
        self._composer, self._viewing, self._senses = composer, viewing, senses
        self.popup: FilmPopup | None = None
        composer.strip.examine_requested.connect(self.open)

    def open(self, part: AttachmentPart) -> None:
        """Show what would be sent of a file of the draft."""
        from desktop.ui.chat.film_popup import FilmPopup  # noqa: PLC0415 - not for the start

        self.popup = FilmPopup(part, self._senses(), self._viewing, self._composer.window())
        self.popup.changed.connect(self._composer.strip.replace)
        self.popup.left.connect(self._forget)
        self.popup.open_over(self._composer.window())
        self.popup.bar.first.setFocus(Qt.FocusReason.PopupFocusReason)

    def apply(self, event: Event) -> None:
        """Let the popup follow what is found."""
        if self.popup is not None:
            self.popup.apply(event)

    def _forget(self) -> None:
        self.popup = None
