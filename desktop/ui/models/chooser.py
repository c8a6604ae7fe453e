"""The model chooser: two pills in the top bar, the model and its precision, and what they open.

The pop-ups are imported when they are first opened: a start shows the pills only.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.events import Event, ModelsListed, ModelsWeighed, ThreadOpened
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.models.commands import ModelsCommands, SettingsCommands
from desktop.ui.models.pill import Pill
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.models.popup import ModelPopup
    from desktop.ui.models.precision_popup import PrecisionPopup


AFTER_START = 1500
"""Milliseconds after which a start is over; what the models need is looked at then, for the context meter."""


class ModelChooser(QWidget):
    """The pills and their pop-ups together. In a narrow window one pill says both."""

    def __init__(
        self, models: ModelsCommands, settings: SettingsCommands, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._settings = settings
        self._theme = theme
        self._listed = ModelsListed((), None)
        self._weighed = ModelsWeighed(())
        self._is_folded = False
        self._popup: ModelPopup | None = None
        self._precisions: PrecisionPopup | None = None
        self._later = QTimer(self, singleShot=True, interval=AFTER_START)
        self._later.timeout.connect(self._models.weigh)
        self.pill = Pill("cube")
        self.precision_pill = Pill("gauge")
        self.pill.clicked.connect(self.open)
        self.precision_pill.clicked.connect(self.open_precisions)
        self.pill.say(translate("models", "Models"), translate("models", "Models"))
        self.precision_pill.say(translate("models", "Precision"), translate("models", "Precision"))
        self.precision_pill.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.pill)
        row.addWidget(self.precision_pill)

    def apply(self, event: Event) -> None:
        """Follow the models, the memory and the settings."""
        match event:
            case ModelsListed():
                self._listed = event
                self._say()
            case ModelsWeighed():
                self._weighed = event
                self._later.stop()
            case ThreadOpened(thread) if thread.messages and not self._weighed.needs:
                self._later.start()
            case _:
                pass
        for popup in (self._popup, self._precisions):
            if popup is not None:
                popup.apply(event)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        for popup in (self._popup, self._precisions):
            if popup is not None:
                popup.apply_theme(theme)

    def fold(self, on: bool) -> None:
        """Let one pill say both, or each its own."""
        if on != self._is_folded:
            self._is_folded = on
            self._say()

    def popup(self) -> "ModelPopup":
        """Return the pop-up of the models."""
        if self._popup is None:
            from desktop.ui.models.popup import ModelPopup  # noqa: PLC0415 - not for the start

            self._popup = ModelPopup(self._models, self._settings, self._theme, self)
            self._popup.precision_asked.connect(self.open_precisions)
            self._popup.apply(self._listed)
            self._popup.apply(self._weighed)
        return self._popup

    def precisions(self) -> "PrecisionPopup":
        """Return the pop-up of the precisions."""
        if self._precisions is None:
            from desktop.ui.models.precision_popup import PrecisionPopup  # noqa: PLC0415 - not for the start

            self._precisions = PrecisionPopup(self._models, self._theme, self)
            self._precisions.apply(self._listed)
            self._precisions.apply(self._weighed)
        return self._precisions

    def open(self) -> None:
        """Show the models."""
        self.popup().offer_precision(self._is_folded)
        self.popup().open_below(self.pill)

    def open_precisions(self) -> None:
        """Show the precisions of the model in use."""
        self.precisions().open_below(self.pill if self._is_folded else self.precision_pill)

    def _say(self) -> None:
        chosen = self._listed.chosen
        self.precision_pill.setVisible(chosen is not None and not self._is_folded)
        words = wording.folded(chosen) if chosen and self._is_folded else wording.name(chosen)
        self.pill.say(words, translate("models", "Model: {name}", name=words))
        if chosen:
            precision = wording.precision(chosen)
            self.precision_pill.say(precision, translate("models", "Precision: {precision}", precision=precision))
