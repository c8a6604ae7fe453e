"""What happens while somebody speaks, while what was said is written down, and while something is read aloud."""

from dataclasses import dataclass

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError
from desktop.core.speech import Transcript


@dataclass(frozen=True, slots=True)
class SpeechKnown:
    """Whether speech can be written down here, and by which model."""

    model: str = ""
    """Its name; empty: there is none."""


@dataclass(frozen=True, slots=True)
class RecordingSaved:
    """So many seconds of a recording are safe on the disk."""

    token: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    """A recording cannot go on; what was saved so far becomes an attachment as if it had been ended."""

    token: str
    error: AppError


@dataclass(frozen=True, slots=True)
class Rescued:
    """A recording that a crash broke off."""

    id: str
    seconds: float
    began: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class RecordingsRescued:
    """There are recordings that a crash broke off."""

    recordings: tuple[Rescued, ...]


@dataclass(frozen=True, slots=True)
class Dictated:
    """What was said since the last event of this token: words that stay, and words that may still change."""

    token: str
    words: str
    tentative: str = ""


@dataclass(frozen=True, slots=True)
class DictationEnded:
    """All that was said is written; `error` where it broke off."""

    token: str
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class TranscriptWriting:
    """A sound is being written down: seconds of it that are done, of how many (0 = unknown)."""

    attachment: Attachment
    done: float
    total: float


@dataclass(frozen=True, slots=True)
class TranscriptReady:
    """What is said in a sound or video is written down."""

    attachment: Attachment
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class TranscriptFailed:
    """It could not be written down; None: somebody stopped it."""

    attachment: Attachment
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class TranscriptExported:
    """A transcript was written to a file of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class SentenceReached:
    """This sentence is heard now, the first being 0."""

    token: str
    number: int


@dataclass(frozen=True, slots=True)
class ReadingEnded:
    """Nothing of this text is read aloud any more; `error` where it broke off or could not begin."""

    token: str
    error: AppError | None = None


VoiceEvent = (
    SpeechKnown
    | RecordingSaved
    | RecordingFailed
    | RecordingsRescued
    | Dictated
    | DictationEnded
    | TranscriptWriting
    | TranscriptReady
    | TranscriptFailed
    | TranscriptExported
    | SentenceReached
    | ReadingEnded
)
