"""What happens while somebody speaks, while what was said is written down, and while something is read aloud."""

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError
from desktop.core.speech import SpeechModel, Transcript
from desktop.core.value import value


@value
class SpeechKnown:
    """Whether speech can be written down here, and by which model."""

    model: str = ""
    """Its name; empty: there is none."""


@value
class SpeechModelsListed:
    """The speech models of this computer, by size, and the one that is used where none is chosen (None: none is)."""

    models: tuple[SpeechModel, ...]
    best: SpeechModel | None


@value
class RecordingSaved:
    """So many seconds of a recording are safe on the disk."""

    token: str
    seconds: float


@value
class RecordingFailed:
    """A recording cannot go on; what was saved so far becomes an attachment as if it had been ended."""

    token: str
    error: AppError


@value
class Rescued:
    """A recording that a crash broke off."""

    id: str
    seconds: float
    began: float
    """Seconds since 1970."""


@value
class RecordingsRescued:
    """There are recordings that a crash broke off."""

    recordings: tuple[Rescued, ...]


@value
class Dictated:
    """What was said since the last event of this token: words that stay, and words that may still change."""

    token: str
    words: str
    tentative: str = ""


@value
class DictationEnded:
    """All that was said is written; `error` where it broke off."""

    token: str
    error: AppError | None = None


@value
class TranscriptWriting:
    """A sound is being written down: seconds of it that are done, of how many (0 = unknown)."""

    attachment: Attachment
    done: float
    total: float


@value
class TranscriptReady:
    """What is said in a sound or video is written down."""

    attachment: Attachment
    transcript: Transcript


@value
class TranscriptFailed:
    """It could not be written down; None: somebody stopped it."""

    attachment: Attachment
    error: AppError | None = None


@value
class TranscriptExported:
    """A transcript was written to a file of this name."""

    name: str


@value
class SentenceReached:
    """This sentence is heard now, the first being 0."""

    token: str
    number: int


@value
class ReadingEnded:
    """Nothing of this text is read aloud any more; `error` where it broke off or could not begin."""

    token: str
    error: AppError | None = None


VoiceEvent = (
    SpeechKnown
    | SpeechModelsListed
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
