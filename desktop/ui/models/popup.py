"""What the model pill opens."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.events import Event, ModelsListed, ModelsWeighed, SettingsChanged
from desktop.core.families import Family, families
from desktop.core.generation import LoadOptions
from desktop.core.models import Fit, ModelFile
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.models.commands import ModelsCommands, SettingsCommands
from desktop.ui.models.line_chooser import LineChooser
from desktop.ui.models.lines import Line
from desktop.ui.models.options_page import OptionsPage
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.popup import Popup

WIDTH = 380


class ModelPopup(Popup):
    """The models of this machine, the way to add one, and how the chosen one is loaded."""

    precision_asked = Signal()

    def __init__(
        self, models: ModelsCommands, settings: SettingsCommands, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(translate("models", "Models"), theme.px(WIDTH), parent)
        self._models = models
        self._settings = settings
        self._families: tuple[Family, ...] = ()
        self._chosen: ModelFile | None = None
        self._fits: Mapping[str, Fit] = {}
        self.choice = LineChooser(theme, translate("models", "Models"), translate("models", "Find a model"))
        self.empty = EmptyState(
            translate("models", "No model yet"),
            translate("models", "Inglenook answers with a model file on this computer. Add a GGUF file to begin."),
        )
        self.precision_button = TextButton(translate("models", "Precision"), "quiet", "gauge", align_left=True)
        self.add_button = TextButton(translate("models", "Add a model file…"), "quiet", "plus", align_left=True)
        self.options_button = TextButton(translate("models", "Model options"), "quiet", "sliders", align_left=True)
        self.options = OptionsPage()
        self._page = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self.choice.chosen.connect(self._choose)
        self.choice.resized.connect(self._fit)
        self.precision_button.clicked.connect(self._ask_for_precision)
        self.add_button.clicked.connect(self.add_file)
        self.options_button.clicked.connect(lambda: self._turn_to(self.options))
        self.options.left.connect(lambda: self._turn_to(self._page))
        self.options.changed.connect(self._change)

    def apply(self, event: Event) -> None:
        """Follow the models, the memory and the settings."""
        match event:
            case ModelsListed(models, chosen):
                self._families, self._chosen = families(models), chosen
                self.choice.setVisible(bool(models))
                self.empty.setVisible(not models)
                self._show()
            case ModelsWeighed(needs):
                self._fits = {one.key: one.fit for one in needs}
                self._show()
            case SettingsChanged(settings):
                self.options.show_options(settings.load)
            case _:
                pass

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.setFixedWidth(theme.px(WIDTH))
        self.choice.apply_theme(theme)

    def offer_precision(self, on: bool) -> None:
        """Offer the precisions here, while there is no pill for them."""
        self.precision_button.setVisible(on and self._chosen is not None)
        self._fit()

    def add_file(self) -> None:
        """Let the person choose a GGUF file."""
        self.hide()
        if path := self.ask_for_file(self.parentWidget()):
            self._models.add(path)

    @classmethod
    def ask_for_file(cls, parent: QWidget | None) -> str:
        """Open the system's file dialog; empty when the person leaves it."""
        kinds = translate("models", "Model files (*.gguf)")
        return QFileDialog.getOpenFileName(parent, translate("models", "Add a model file"), "", kinds)[0]

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the list, on the model in use."""
        super().showEvent(event)
        self._models.list()
        self._models.weigh()
        self.options.show_options(self._settings.current.load)
        self._turn_to(self._page)
        self.choice.begin()

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in (self.choice, self.empty, line, self.precision_button, self.add_button, self.options_button):
            column.addWidget(one)
        column.addStretch(1)
        self.choice.hide()
        self.precision_button.hide()
        self._pages.addWidget(self._page)
        self._pages.addWidget(self.options)
        self.content.addWidget(self._pages)

    def _show(self) -> None:
        self.choice.show_lines(tuple(self._line(one) for one in self._families))
        if self._chosen:
            words = translate("models", "Precision: {precision}", precision=wording.precision(self._chosen))
            self.precision_button.setText(words)
            self.precision_button.setAccessibleName(words)

    def _line(self, family: Family) -> Line:
        model = self._chosen if self._chosen and family.holds(self._chosen) else family.best(self._fits)
        fit = self._fits.get(model.key)
        return Line(
            key=model.key,
            title=family.name,
            details=wording.family(family),
            chosen=family.holds(self._chosen),
            badge=wording.fit(fit) if fit and fit is not Fit.FITS else "",
            warns=fit is Fit.TOO_LARGE,
            tip=wording.fit_explained(fit) if fit else model.path.name,
        )

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        if page is self.options:
            self.options.context.setFocus()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the page in sight."""
        page = self.options if self._pages.currentWidget() is self.options else self._page
        page.ensurePolished()
        if layout := page.layout():
            layout.activate()
        self._pages.setFixedHeight(max(page.sizeHint().height(), page.minimumSizeHint().height()))
        self.adjustSize()

    def _ask_for_precision(self) -> None:
        self.hide()
        self.precision_asked.emit()

    def _choose(self, key: str) -> None:
        self.hide()
        self._models.choose(key)

    def _change(self, load: LoadOptions) -> None:
        self._settings.change(load=load)
