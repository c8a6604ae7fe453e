"""Speaking: recordings, dictation, and what was said as text. The commands of all of it, in one place."""

from desktop.core.attachments import Attachment
from desktop.core.events import Event, ModelsListed, SettingsChanged, VaultChanged
from desktop.core.ports import Publish
from desktop.core.voice_events import SpeechKnown
from desktop.services.dictation import Dictation
from desktop.services.lanes import Work
from desktop.services.recording import Recorder
from desktop.services.scribe import Scribe
from desktop.services.transcribing import Transcribing
from desktop.services.transcripts import TranscriptFormat


class VoiceService:
    """Hands each command on; tells, once the store is open, what there is to speak with."""

    def __init__(
        self,
        recorder: Recorder,
        dictation: Dictation,
        transcribing: Transcribing,
        scribe: Scribe,
        lane: Work,
        publish: Publish,
    ) -> None:
        self._recorder = recorder
        self._dictation = dictation
        self._transcribing = transcribing
        self._scribe = scribe
        self._lane = lane
        self._publish = publish
        self._open = False
        self._wanted: tuple[str, tuple[str, ...]] = ("", ())

    def record(self, token: str) -> None:
        """Begin a sealed recording."""
        self._recorder.begin(token)

    def take(self, token: str, samples: bytes) -> None:
        """Take sound as it is spoken, 32-bit samples as in core.media, for a recording, a dictation or both."""
        self._dictation.take(token, samples)
        self._recorder.take(token, samples)

    def finish(self, token: str, name: str) -> None:
        """End a recording, which becomes an attachment: announces AttachmentReady or AttachmentFailed."""
        self._recorder.finish(token, name)

    def discard(self, token: str) -> None:
        """Delete what was recorded, and end a dictation at once."""
        self._dictation.discard(token)
        self._recorder.discard(token)

    def rescue(self, recording_id: str, token: str) -> None:
        """Make an attachment of a recording that a crash broke off: announces AttachmentReady or AttachmentFailed."""
        self._recorder.rescue(recording_id, token)

    def forget(self, recording_id: str) -> None:
        """Delete a recording that a crash broke off."""
        self._recorder.forget(recording_id)

    def dictate(self, token: str) -> None:
        """Begin a dictation: announces Dictated while words come."""
        self._dictation.begin(token)

    def finish_dictation(self, token: str) -> None:
        """Write down what was said so far, then announce DictationEnded."""
        self._dictation.finish(token)

    def write_down(self, attachment: Attachment) -> None:
        """Write down what is said in a sound or video: announces TranscriptReady or TranscriptFailed."""
        self._transcribing.write_down(attachment)

    def stop_writing(self, attachment: Attachment) -> None:
        """Leave it unwritten after all."""
        self._transcribing.stop_writing(attachment)

    def export_transcript(self, attachment: Attachment, path: str, format: TranscriptFormat) -> None:  # noqa: A002 - what people call it
        """Write what was written down to a file: announces TranscriptExported, or Failed."""
        self._transcribing.export(attachment, path, format)

    def follow(self, event: Event) -> None:
        """Tell of recordings that a crash left, once; and of the speech model whenever it may be another."""
        match event:
            case VaultChanged(locked=False) if not self._open:
                self._open = True
                self._recorder.tell_rescued()
                self._lane.submit(self._tell)
            case ModelsListed():
                self._lane.submit(self._tell)
            case SettingsChanged(settings) if (settings.speech_model, settings.speech_folders) != self._wanted:
                self._wanted = settings.speech_model, settings.speech_folders
                self._lane.submit(self._tell)
            case _:
                pass

    def stop(self) -> None:
        """End what is under way: the app is closing. A recording is offered at the next start."""
        self._dictation.stop()
        self._transcribing.stop()
        self._recorder.stop()

    def close(self) -> None:
        """End the processes, after the lanes."""
        self._dictation.close()
        self._scribe.close()

    def _tell(self) -> None:
        model = self._scribe.model()
        self._publish(SpeechKnown(model.name if model else ""))
