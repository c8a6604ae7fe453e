"""The group of the documents: the model that finds them by meaning, and the languages that scans are read in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.events import Event
from desktop.core.library import EmbeddingModel
from desktop.core.library_events import EmbeddersListed
from desktop.core.paths import Profile
from desktop.ui.i18n import translate
from desktop.ui.settings.commands import EmbedderCommands, SettingsCommands
from desktop.ui.settings.finding import Words
from desktop.ui.settings.group import ChoiceGroup
from desktop.ui.settings.row import ButtonRow, SettingRow
from desktop.ui.widgets.amounts import megabytes
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.fields import Choice

AskFile = Callable[[QWidget], str]


class EmbedderRow(SettingRow):
    """The embedding models; the sentence says which languages the chosen one knows, and what a change costs."""

    def __init__(self) -> None:
        words = Words(
            translate("settings", "Search by meaning"),
            translate(
                "settings",
                "Finds passages that say the same in other words. After a change every passage is prepared anew, "
                "in the background; until then the words alone find it.",
            ),
            translate("settings", "embedding model semantic vector documents library retrieval multilingual language"),
        )
        super().__init__(words, Choice([("", _automatic())], _not_there))
        self._about = {"": _none_here()}

    def offer(self, models: tuple[EmbeddingModel, ...], best: EmbeddingModel | None) -> None:
        """Offer these; `best` is what Automatic takes."""
        assert isinstance(self.field, Choice)
        self.field.offer([("", _automatic()), *((str(one.path), _named(one)) for one in models)])
        self._about = {str(one.path): _languages(one) for one in models}
        self._about[""] = _none_here()
        if best is not None:
            self._about[""] = translate(
                "settings", "Now used: {model}. {languages}", model=_named(best), languages=_languages(best)
            )

    def _told(self, default: str) -> str:
        assert isinstance(self.field, Choice)
        gone = translate("settings", "It is missing or damaged; Automatic is used instead.")
        return translate(
            "settings",
            "{sentence} {about} Default: {default}.",
            sentence=self.words.sentence,
            about=self._about.get(self.field.currentData(), gone),
            default=default,
        )


class DocumentsGroup(ChoiceGroup):
    """The choice, the way to add a model, and what scans can be read in."""

    def __init__(
        self,
        title: str,
        settings: SettingsCommands,
        embedders: EmbedderCommands,
        profile: Profile,
        ask_file: AskFile | None = None,
    ) -> None:
        """Show what is here once it is announced.

        Args:
            title: what stands above.
            settings: what is chosen.
            embedders: takes another model.
            profile: where data for scans is put.
            ask_file: lets the person choose a file; "" = none.
        """
        model = EmbedderRow()
        super().__init__(title, settings, [("embedding_model", model)])
        self.model = model
        self._settings = settings
        self._embedders = embedders
        self._folder = profile.models / "tessdata"
        self._ask_file = ask_file or _ask_file
        self.add_button = TextButton(translate("settings", "Add a file…"), "", "plus")
        self.add_button.clicked.connect(self._add_model)
        self.add(ButtonRow(_more_words(), self.add_button))
        self.scans = ButtonRow(_scan_words())
        self.add(self.scans)
        self._show_scans(())

    def apply(self, event: Event) -> None:
        """Follow which models there are, and what is chosen."""
        if isinstance(event, EmbeddersListed):
            self.model.offer(event.models, event.best)
            self.show_choices(self._settings.current)
            self._show_scans(event.scans)
        super().apply(event)

    def _show_scans(self, codes: tuple[str, ...]) -> None:
        names = ", ".join(_language(code) for code in codes)
        here = translate("settings", "Scans are read in: {names}.", names=names)
        none = translate("settings", "No language is installed that scans could be read in.")
        add = translate(
            "settings",
            "For another language, put Tesseract's file for it (such as pol.traineddata for Polish) into the folder "
            "{folder} and start Inglenook again.",
            folder=str(self._folder),
        )
        self.scans.say(f"{here if codes else none} {add}")

    def _add_model(self) -> None:
        if path := self._ask_file(self.window()):
            self._embedders.add(path)


def _ask_file(parent: QWidget) -> str:
    kinds = translate("settings", "Embedding models (*.gguf)")
    return QFileDialog.getOpenFileName(parent, translate("settings", "Add an embedding model"), "", kinds)[0]


def _automatic() -> str:
    return translate("settings", "Automatic")


def _none_here() -> str:
    return translate("settings", "There is no embedding model on this computer yet: words alone find documents.")


def _named(model: EmbeddingModel) -> str:
    return translate("settings", "{name}, {size}", name=model.name, size=megabytes(model.size))


def _not_there(path: str) -> str:
    return translate("settings", "{name}, not there", name=Path(path).name)


def _languages(model: EmbeddingModel) -> str:
    """Return in a sentence what a model knows."""
    if not model.languages:
        return translate("settings", "Knows many languages.")
    if model.languages == ("en",):
        return translate("settings", "English only: documents in other languages are found by their words.")
    names = ", ".join(map(_language, model.languages))
    return translate("settings", "Knows these languages: {names}.", names=names)


def _language(code: str) -> str:
    return QLocale.languageToString(QLocale(code).language())  # its own name for en is American English


def _more_words() -> Words:
    return Words(
        translate("settings", "Another embedding model"),
        translate("settings", "A GGUF file, such as multilingual-e5-small or bge-m3. It stays where it is."),
        translate("settings", "add install embedding model gguf file multilingual language e5 bge"),
    )


def _scan_words() -> Words:
    return Words(
        translate("settings", "Languages of scans"),
        "",
        translate("settings", "ocr scan scanned tesseract tessdata language recognise text picture"),
    )
