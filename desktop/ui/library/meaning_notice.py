"""The advice that some documents are in a language that the embedding model does not know."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.events import Event
from desktop.core.library import EmbeddingModel, LibrarySource, is_foreign
from desktop.core.library_events import EmbeddersListed, IndexingProgress
from desktop.ui.i18n import translate
from desktop.ui.library.commands import EmbedderCommands
from desktop.ui.library.wording import number
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import PlainLabel


class MeaningNotice(QFrame):
    """Says how many there are and what would help; away until there is one, and for good once it is closed."""

    def __init__(
        self,
        embedders: EmbedderCommands,
        sources: Callable[[], Iterable[LibrarySource]],
        ask_file: Callable[[QWidget], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Be away.

        Args:
            embedders: takes another model, and the wish to hear no more.
            sources: returns the documents that are spoken of; none while there is no room to speak.
            ask_file: lets the person choose a file; "" = none.
            parent: the widget around it.
        """
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setAccessibleName(translate("library", "Advice on languages"))
        self._embedders = embedders
        self._sources = sources
        self._ask_file = ask_file or _ask_file
        self._model: EmbeddingModel | None = None
        self.words = PlainLabel("", "small", wraps=True)
        self.add_button = TextButton(translate("library", "Add a model…"), "", "plus")
        self.close_button = IconButton("close", translate("library", "Do not show this again"))
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 12)
        row.setSpacing(8)
        row.addLayout(column, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.add_button.clicked.connect(self._add)
        self.close_button.clicked.connect(self._leave)
        self.hide()

    def apply(self, event: Event) -> None:
        """Follow which model is used, and whether the advice is wanted."""
        if isinstance(event, EmbeddersListed):
            self._model = None if event.noticed else event.used
        if isinstance(event, EmbeddersListed | IndexingProgress):
            self.show_state()

    def show_state(self) -> None:
        """Say it of the documents there are now, or go."""
        model = self._model
        count = sum(is_foreign(one, model) for one in self._sources()) if model else 0
        if model and count:
            self.words.setText(_told(count, model))
        self.setVisible(count > 0)

    def _add(self) -> None:
        if path := self._ask_file(self.window()):
            self._embedders.add(path)

    def _leave(self) -> None:
        self._model = None
        self.hide()
        self._embedders.hush()


def _told(count: int, model: EmbeddingModel) -> str:
    if model.languages == ("en",):
        one = translate("library", "1 document is not in English: it is found by its words only.")
        many = translate("library", "{count} documents are not in English: they are found by their words only.")
    else:
        one = translate(
            "library", "1 document is in a language that the search by meaning does not know: its words alone find it."
        )
        many = translate(
            "library",
            "{count} documents are in languages that the search by meaning does not know: their words alone find them.",
        )
    finds_it = translate(
        "library",
        "A multilingual embedding model (such as multilingual-e5-small or bge-m3, both MIT, as GGUF) finds it by "
        "meaning too.",
    )
    finds_them = translate(
        "library",
        "A multilingual embedding model (such as multilingual-e5-small or bge-m3, both MIT, as GGUF) finds them by "
        "meaning too.",
    )
    if count == 1:
        return f"{one} {finds_it}"
    return f"{many.format(count=number(count))} {finds_them}"


def _ask_file(parent: QWidget) -> str:
    kinds = translate("library", "Embedding models (*.gguf)")
    return QFileDialog.getOpenFileName(parent, translate("library", "Add an embedding model"), "", kinds)[0]
