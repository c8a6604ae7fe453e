"""Speech as values: what was said, when, and in which language."""

from collections.abc import Iterable
from pathlib import Path

from desktop.core.value import value


@value
class Word:
    """One word and its time, in seconds from the start of the file."""

    start: float
    end: float
    text: str
    """Put together, the words of a segment are its text: spaces are where the language has them."""
    probability: float


@value
class Segment:
    """About a sentence."""

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()


@value
class Language:
    """The language that is spoken: its two-letter code, and how sure that is, 0 to 1."""

    code: str
    probability: float


@value
class Heard:
    """So many seconds of the sound are written down."""

    seconds: float


@value
class Said:
    """What was said since the last one, live: words that stay, and words that may still change.

    Each begins with the space before its first word, where the language has one.
    """

    words: str
    tentative: str = ""


SpeechEvent = Language | Segment | Heard | Said


@value
class SpeechModel:
    """A folder that holds a speech model."""

    folder: Path
    size: int
    """Of its weights, in bytes."""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.folder.name

    @property
    def key(self) -> str:
        """What tells it from every other: two of one name and size are one."""
        return f"{self.name} {self.size}"


@value
class SpeechWish:
    """Which model writes down, and what it may take for granted."""

    model: Path
    """The folder of a model on this computer."""
    language: str = ""
    """Two letters; empty: found out."""
    threads: int = 0
    """0: chosen by the machine's cores."""
    live: bool = False
    """Somebody speaks now: Said comes while they do, in place of segments."""


@value
class Transcript:
    """All that was said."""

    language: str = ""
    segments: tuple[Segment, ...] = ()

    @property
    def text(self) -> str:
        """The words alone, a segment a line."""
        return "".join(f"{' '.join(one.text.split())}\n" for one in self.segments)


def gather(events: Iterable[SpeechEvent]) -> Transcript:
    """Put the events of one transcription together."""
    language, segments = "", []
    for event in events:
        if isinstance(event, Language):
            language = event.code
        elif isinstance(event, Segment):
            segments.append(event)
    return Transcript(language, tuple(segments))
