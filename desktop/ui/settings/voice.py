"""The group of what is spoken and read aloud: the model that writes speech down, the language, the speed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.events import Event
from desktop.core.settings import ReadingSpeed
from desktop.core.speech import SpeechModel
from desktop.core.voice_events import SpeechModelsListed
from desktop.ui.i18n import translate
from desktop.ui.settings.commands import SettingsCommands, SpeechModelsCommands
from desktop.ui.settings.finding import Words
from desktop.ui.settings.group import ChoiceGroup
from desktop.ui.settings.row import ButtonRow, SettingRow
from desktop.ui.widgets.amounts import megabytes
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.fields import Choice

SPOKEN = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it",
    "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur",
    "vi", "zh",
)  # fmt: skip
"""Languages that Whisper writes down well, by their two letters."""
SMALL, LARGE = 300_000_000, 1_000_000_000
"""Bytes of the weights of Whisper: base has 145 million, small 484, medium 1,530, large 3,090."""

AskFolder = Callable[[QWidget], str]


class ModelRow(SettingRow):
    """The speech models; the sentence says what the chosen one is good for."""

    def __init__(self) -> None:
        words = Words(
            translate("settings", "Speech model"),
            translate("settings", "Writes down what is dictated or recorded, from the next time on."),
            translate("settings", "whisper dictation transcript transcribe speech recognition voice model accuracy"),
        )
        super().__init__(words, Choice([("", _automatic())], _not_there))
        self._about = {"": translate("settings", "There is no speech model on this computer yet.")}

    def offer(self, models: tuple[SpeechModel, ...], best: SpeechModel | None) -> None:
        """Offer these; `best` is what Automatic takes."""
        assert isinstance(self.field, Choice)
        self.field.offer([("", _automatic()), *((str(one.folder), _named(one)) for one in models)])
        self._about = {str(one.folder): _good_for(one) for one in models}
        if best is None:
            self._about[""] = translate("settings", "There is no speech model on this computer yet.")
        else:
            self._about[""] = translate("settings", "The largest one is used: {model}.", model=_named(best))

    def _told(self, default: str) -> str:
        assert isinstance(self.field, Choice)
        gone = translate("settings", "It is missing or incomplete; the largest one is used instead.")
        about = self._about.get(self.field.currentData(), gone)
        return translate(
            "settings",
            "{sentence} {about} Default: {default}.",
            sentence=self.words.sentence,
            about=about,
            default=default,
        )


class VoiceGroup(ChoiceGroup):
    """The choices, and the way to add a model."""

    def __init__(
        self,
        title: str,
        settings: SettingsCommands,
        models: SpeechModelsCommands,
        ask_folder: AskFolder | None = None,
    ) -> None:
        """Ask for the models that are here.

        Args:
            title: what stands above.
            settings: what is chosen.
            models: lists the models and takes another one.
            ask_folder: lets the person choose a folder; "" = none.
        """
        model = ModelRow()
        rows = [("speech_model", model), ("speech_language", _spoken()), ("reading_speed", _reading())]
        super().__init__(title, settings, rows)
        self.model = model
        self._settings = settings
        self._models = models
        self._ask_folder = ask_folder or _ask_folder
        self.add_button = TextButton(translate("settings", "Add from a folder…"), "", "plus")
        self.add_button.clicked.connect(self._add_model)
        self.add(ButtonRow(_more_words(), self.add_button), at=1)

    def apply(self, event: Event) -> None:
        """Follow which models there are, and what is chosen."""
        if isinstance(event, SpeechModelsListed):
            self.model.offer(event.models, event.best)
            self.show_choices(self._settings.current)
        super().apply(event)

    def _add_model(self) -> None:
        if folder := self._ask_folder(self.window()):
            self._models.add(folder)


def _ask_folder(parent: QWidget) -> str:
    return QFileDialog.getExistingDirectory(parent, translate("settings", "Folder of a Whisper model"))


def _automatic() -> str:
    return translate("settings", "Automatic")


def _named(model: SpeechModel) -> str:
    return translate("settings", "{name}, {size}", name=model.name, size=megabytes(model.size))


def _not_there(folder: str) -> str:
    return translate("settings", "{name}, not there", name=Path(folder).name)


def _good_for(model: SpeechModel) -> str:
    """Return what a model of this size is good for; its name tells nothing."""
    if model.size < SMALL:
        return translate("settings", "Quick, for clear speech; rare names and accents it often gets wrong.")
    if model.size < LARGE:
        return translate("settings", "Slower than a small one, and gets more words right.")
    return translate("settings", "Gets the most words right; slow without a fast computer.")


def _more_words() -> Words:
    return Words(
        translate("settings", "Another speech model"),
        translate("settings", "A folder with a Whisper model for faster-whisper. It stays where it is."),
        translate("settings", "add install whisper speech model folder large medium small turbo"),
    )


def _spoken() -> SettingRow:
    words = Words(
        translate("settings", "Spoken language"),
        translate("settings", "Found out by listening, or always this one, where that goes wrong."),
        translate("settings", "dictation dictate speech recording transcript whisper microphone recognise language"),
    )
    languages = sorted((_language(code), code) for code in SPOKEN)
    return SettingRow(words, Choice([("", translate("settings", "Found out")), *((c, name) for name, c in languages)]))


def _language(code: str) -> str:
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:]


def _reading() -> SettingRow:
    words = Words(
        translate("settings", "Reading speed"),
        translate("settings", "How fast a voice of this computer reads, from the next sentence on."),
        translate("settings", "speech voice listen speak text to speech tts slow fast rate accessibility"),
    )
    field = Choice(
        [
            (ReadingSpeed.SLOW, translate("settings", "Slow")),
            (ReadingSpeed.NORMAL, translate("settings", "Normal")),
            (ReadingSpeed.FAST, translate("settings", "Fast")),
        ]
    )
    return SettingRow(words, field)
