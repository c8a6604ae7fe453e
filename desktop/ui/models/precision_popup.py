"""What the precision pill opens: the files of the model in use."""

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.core.events import Event, ModelsListed, ModelsWeighed
from desktop.core.families import families
from desktop.core.models import Fit, ModelFile, ModelNeed
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.models.commands import ModelsCommands
from desktop.ui.models.line_chooser import LineChooser
from desktop.ui.models.lines import Line
from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.popup import Popup

WIDTH = 360


class PrecisionPopup(Popup):
    """Each precision with its size, what it needs in memory, and whether that is there."""

    def __init__(self, models: ModelsCommands, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(translate("models", "Precisions"), theme.px(WIDTH), parent)
        self._models = models
        self._files: tuple[ModelFile, ...] = ()
        self._chosen = ""
        self._needs: Mapping[str, ModelNeed] = {}
        self.choice = LineChooser(theme, translate("models", "Precisions"), translate("models", "Find a precision"))
        self.hint = PlainLabel(
            translate(
                "models", "Larger files answer more exactly; smaller ones are faster and leave room for other programs."
            ),
            "small",
            wraps=True,
        )
        self.hint.setContentsMargins(12, 4, 12, 6)
        self.content.addWidget(self.choice)
        self.content.addWidget(self.hint)
        self.choice.chosen.connect(self._choose)
        self.choice.resized.connect(self.adjustSize)

    def apply(self, event: Event) -> None:
        """Follow the model in use and the memory."""
        match event:
            case ModelsListed(models, chosen):
                family = next((one for one in families(models) if one.holds(chosen)), None)
                self._files = family.files if family else ()
                self._chosen = chosen.key if chosen else ""
            case ModelsWeighed(needs):
                self._needs = {one.key: one for one in needs}
            case _:
                return
        self.choice.show_lines(tuple(self._line(one) for one in reversed(self._files)))

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.setFixedWidth(theme.px(WIDTH))
        self.choice.apply_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the precision in use, with the memory as it is now."""
        super().showEvent(event)
        self._models.weigh()
        self.choice.begin()

    def _line(self, model: ModelFile) -> Line:
        need = self._needs.get(model.key)
        return Line(
            key=model.key,
            title=wording.grade(model),
            details=wording.need(model, need),
            chosen=model.key == self._chosen,
            badge=wording.fit(need.fit) if need else "",
            warns=need is not None and need.fit is Fit.TOO_LARGE,
            tip=wording.fit_explained(need.fit) if need else "",
        )

    def _choose(self, key: str) -> None:
        self.hide()
        self._models.choose(key)
