"""What the model pill opens."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.events import Event, ModelsListed, SettingsChanged
from desktop.core.generation import LoadOptions
from desktop.ui.i18n import translate
from desktop.ui.models.commands import ModelsCommands, SettingsCommands
from desktop.ui.models.model_list import ModelList, ModelListModel
from desktop.ui.models.options_page import OptionsPage
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.popup import Popup

WIDTH = 380


class ModelPopup(Popup):
    """The models of this machine, the way to add one, and how the chosen one is loaded."""

    def __init__(
        self, models: ModelsCommands, settings: SettingsCommands, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(translate("models", "Models"), WIDTH, parent)
        self._models = models
        self._settings = settings
        self._rows = ModelListModel(self)
        self.list = ModelList(self._rows, theme)
        self.empty = EmptyState(
            translate("models", "No model yet"),
            translate("models", "Inglenook answers with a model file on this computer. Add a GGUF file to begin."),
        )
        self.add_button = TextButton(translate("models", "Add a model file…"), "quiet", "plus", align_left=True)
        self.options_button = TextButton(translate("models", "Model options"), "quiet", "sliders", align_left=True)
        self.options = OptionsPage()
        self._choice = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self.list.chosen.connect(self._choose)
        self.add_button.clicked.connect(self.add_file)
        self.options_button.clicked.connect(lambda: self._turn_to(self.options))
        self.options.left.connect(lambda: self._turn_to(self._choice))
        self.options.changed.connect(self._change)

    def apply(self, event: Event) -> None:
        """Follow the models and the settings."""
        match event:
            case ModelsListed(models, chosen):
                self._rows.show(models, chosen)
                self.list.fit()
                self.list.setVisible(bool(models))
                self.empty.setVisible(not models)
                self.list.setCurrentIndex(self._rows.chosen_row())
                self._fit()
            case SettingsChanged(settings):
                self.options.show_options(settings.load)
            case _:
                pass

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.list.delegate.theme = theme

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
        self.options.show_options(self._settings.current.load)
        self._turn_to(self._choice)
        self.list.setFocus()

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        column = QVBoxLayout(self._choice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in (self.list, self.empty, line, self.add_button, self.options_button):
            column.addWidget(one)
        column.addStretch(1)
        self.list.hide()
        self._pages.addWidget(self._choice)
        self._pages.addWidget(self.options)
        self.content.addWidget(self._pages)

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        if page is self.options:
            self.options.context.setFocus()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the page in sight."""
        page = self.options if self._pages.currentWidget() is self.options else self._choice
        self._pages.setFixedHeight(max(page.sizeHint().height(), page.minimumSizeHint().height()))
        self.adjustSize()

    def _choose(self, key: str) -> None:
        self.hide()
        self._models.choose(key)

    def _change(self, load: LoadOptions) -> None:
        self._settings.change(load=load)
