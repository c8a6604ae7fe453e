"""What the voice controls ask of the floor below."""

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from desktop.core.attachments import Attachment
from desktop.core.settings import Settings

TranscriptFormat = Literal["txt", "srt", "docx"]


class RecordingCommands(Protocol):
    """Sound from the microphone. Samples are float32, little-endian, mono, 16 kHz."""

    def record(self, token: str, /) -> None:
        """Begin a recording."""

    def take(self, token: str, samples: bytes, /) -> None:
        """Go on with a recording or a dictation."""

    def finish(self, token: str, name: str, /) -> None:
        """Make an attachment of it; announces AttachmentReady or AttachmentFailed with the token."""

    def discard(self, token: str, /) -> None:
        """Delete what was recorded."""

    def rescue(self, recording: str, token: str, /) -> None:
        """Make an attachment of a recording that a crash broke off."""

    def forget(self, recording: str, /) -> None:
        """Delete a recording that a crash broke off."""


class DictationCommands(Protocol):
    """Speech that becomes words at once."""

    def take(self, token: str, samples: bytes, /) -> None:
        """Go on with a dictation."""

    def discard(self, token: str, /) -> None:
        """Give a dictation up."""

    def dictate(self, token: str, /) -> None:
        """Begin; announces Dictated."""

    def finish_dictation(self, token: str, /) -> None:
        """Write down the rest; announces DictationEnded."""


class TranscriptCommands(Protocol):
    """What is said in sounds and videos."""

    def write_down(self, attachment: Attachment, /) -> None:
        """Announce TranscriptReady, after TranscriptWriting, or TranscriptFailed."""

    def stop_writing(self, attachment: Attachment, /) -> None:
        """End that."""

    def export_transcript(self, attachment: Attachment, path: str, format: TranscriptFormat, /) -> None:  # noqa: A002
        """Write it to a file; announces TranscriptExported."""


class ReadingCommands(Protocol):
    """Words that become speech."""

    def read(self, sentences: Sequence[str], home: str, token: str, /) -> None:
        """Read them aloud, with the language of the person; announces SentenceReached, then ReadingEnded."""

    def hush(self) -> None:
        """Be silent."""


class SettingsCommands(Protocol):
    """What the person chose."""

    @property
    def current(self) -> Settings:
        """As it is now."""

    def change(self, **fields: Any) -> None:
        """Choose otherwise."""


class VoiceCommands(RecordingCommands, DictationCommands, TranscriptCommands, Protocol):
    """All of it. Every command returns at once; the outcome arrives as an event."""
