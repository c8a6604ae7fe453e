"""Settings: frozen values with their defaults; the store reads and writes them as JSON."""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from enum import StrEnum

from desktop.core.generation import LoadOptions, SamplingOptions, recommended_sampling
from desktop.core.models import ModelFile
from desktop.core.value import value


class ThemeChoice(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class FontChoice(StrEnum):
    """Which typeface the window is set in; one that is not on the machine gives way to Inter's stand-ins."""

    INTER = "inter"
    SYSTEM = "system"
    READABLE = "readable"
    """One whose letters are easy to tell apart."""
    SERIF = "serif"


class MotionChoice(StrEnum):
    """Whether things may blink and slide."""

    SYSTEM = "system"
    STILL = "still"


class SendKey(StrEnum):
    """Which key sends; with Shift, or without Ctrl, Enter then makes a new line."""

    ENTER = "enter"
    CONTROL_ENTER = "control_enter"


class ReadingSpeed(StrEnum):
    """How fast answers are read aloud."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


@value
class Span:
    """The smallest and the largest sound value of a number, and the step of its control."""

    low: float
    high: float
    step: float = 1

    def holds(self, value: float) -> bool:
        """Return whether the value is sound."""
        return self.low <= value <= self.high


SPANS: Mapping[str, Span] = {
    "text_size": Span(80, 200, 10),
    "sidebar_width": Span(0, 10_000),
    "sources_width": Span(0, 10_000),
    "last_conversation": Span(0, 2**63 - 1),
    "context": Span(0, 1 << 20, 1024),
    "threads": Span(0, 1024),
    "gpu_layers": Span(-1, 999),
    "temperature": Span(0, 2, 0.05),
    "top_k": Span(0, 1000),
    "top_p": Span(0, 1, 0.01),
    "min_p": Span(0, 1, 0.01),
    "repeat_penalty": Span(1, 2, 0.01),
    "presence_penalty": Span(-2, 2, 0.1),
    "seed": Span(0, 2**31 - 1),
    "max_tokens": Span(1, 1 << 17, 128),
}
"""The sound values of every number in Settings and in what it holds, by the name of its field."""


@value
class AnswerOptions:
    """What a person wants otherwise than it is recommended; None = as recommended. SPANS has the ranges."""

    temperature: float | None = None
    """0 means: always the likeliest word."""
    top_k: int | None = None
    """Words to choose among; 0 = all."""
    top_p: float | None = None
    """Share of the likelihood to choose from."""
    min_p: float | None = None
    """Smallest likelihood, as a share of that of the likeliest word."""
    repeat_penalty: float | None = None
    """1 = none."""
    presence_penalty: float | None = None
    """0 = none."""
    seed: int | None = None
    """The number that chance begins with; None = another one each time."""
    max_tokens: int | None = None
    """Longest answer in tokens; None = as long as there is room."""

    def over(self, advice: SamplingOptions) -> SamplingOptions:
        """Return the advice with these wishes put over it."""
        wishes = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(advice, **{name: wish for name, wish in wishes.items() if wish is not None})


@value
class Settings:
    """All that a person can choose. It never holds words of a conversation."""

    model: str = ""
    """Key of the chosen model file; empty = the best one at hand."""
    model_files: tuple[str, ...] = ()
    """GGUF files the person added, by path."""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_size: int = 100
    """Size of all text and of the controls around it, in percent."""
    font: FontChoice = FontChoice.INTER
    motion: MotionChoice = MotionChoice.SYSTEM
    send_key: SendKey = SendKey.ENTER
    microphone: str = ""
    """The system's name of the one to record with; empty = the system's choice."""
    reading_speed: ReadingSpeed = ReadingSpeed.NORMAL
    load: LoadOptions = field(default_factory=LoadOptions)
    sampling: AnswerOptions = field(default_factory=AnswerOptions)
    """How every model answers, below what is chosen for one of them."""
    answers: Mapping[str, AnswerOptions] = field(default_factory=dict, hash=False)
    """How a model answers, by its key."""
    speech_model: str = ""
    """Folder of the model that writes speech down; empty = the best one at hand."""
    speech_folders: tuple[str, ...] = ()
    """Folders of speech models the person added."""
    speech_language: str = ""
    """Two letters of the language that is spoken; empty = found out each time."""
    embedding_model: str = ""
    """File or folder of the model that finds documents by meaning; empty = the best one at hand."""
    embedding_files: tuple[str, ...] = ()
    """Files and folders of such models that the person added."""
    languages_noticed: bool = False
    """The person wants no more advice on documents in a language that the embedding model does not know."""
    window_geometry: str = ""
    """Base64 of QWidget.saveGeometry."""
    sidebar_width: int = 264
    sidebar_shown: bool = True
    """Pixels."""
    sources_width: int = 0
    """Of the sources panel in pixels; 0 = usual."""
    last_conversation: int = 0
    """Conversation to show at the next start; 0 = a new one."""
    recovery_noticed: bool = False
    """The person has seen the advice to make a recovery code."""


CHOICES = (
    "theme", "text_size", "font", "motion", "send_key", "speech_model", "speech_language", "reading_speed",
    "embedding_model", "load", "answers",
)  # fmt: skip
"""The fields of Settings that the page of settings shows, and resets."""


def recommended_for(settings: Settings, model: ModelFile) -> SamplingOptions:
    """Return how a model answers when nothing is chosen for it."""
    return settings.sampling.over(recommended_sampling(model.architecture))


def sampling_for(settings: Settings, model: ModelFile) -> SamplingOptions:
    """Return how a model answers: what is chosen for it, else what is recommended."""
    return settings.answers.get(model.key, AnswerOptions()).over(recommended_for(settings, model))


def with_answers(settings: Settings, key: str, options: AnswerOptions) -> Mapping[str, AnswerOptions]:
    """Return `settings.answers` with these options for a model; options that wish nothing are left out."""
    others = {name: one for name, one in settings.answers.items() if name != key}
    return others if options == AnswerOptions() else {**others, key: options}
