"""The model chooser: a pill in the top bar and what it opens.

The pop-up is imported when it is first opened: a start shows the pill only.
"""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.events import Event, ModelsListed
from desktop.ui.models import wording
from desktop.ui.models.commands import ModelsCommands, SettingsCommands
from desktop.ui.models.pill import ModelPill
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.models.popup import ModelPopup


class ModelChooser(QWidget):
    """The pill and its pop-up together. The pop-up is made when it is first opened."""

    def __init__(
        self, models: ModelsCommands, settings: SettingsCommands, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._settings = settings
        self._theme = theme
        self._listed = ModelsListed((), None)
        self._popup: ModelPopup | None = None
        self.pill = ModelPill()
        self.pill.clicked.connect(self.open)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.pill)

    def apply(self, event: Event) -> None:
        """Follow the models and the settings."""
        if isinstance(event, ModelsListed):
            self._listed = event
            self.pill.say(wording.pill(event.chosen))
        if self._popup is not None:
            self._popup.apply(event)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        if self._popup is not None:
            self._popup.apply_theme(theme)

    def popup(self) -> "ModelPopup":
        """Return the pop-up."""
        if self._popup is None:
            from desktop.ui.models.popup import ModelPopup  # noqa: PLC0415 - not for the start

            self._popup = ModelPopup(self._models, self._settings, self._theme, self)
            self._popup.apply(self._listed)
        return self._popup

    def open(self) -> None:
        """Show the models."""
        self.popup().open_below(self.pill)
