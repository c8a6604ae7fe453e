"""Recording: what somebody says is sealed on the disk while they speak, and becomes an attachment when they end."""

import time
from array import array
from dataclasses import dataclass

from desktop.core.attachment_events import AttachmentFailed, AttachmentReady
from desktop.core.attachments import Attachment
from desktop.core.errors import AppError
from desktop.core.media import SAMPLE_BYTES, SAMPLE_RATE, Facts, Format, Kind
from desktop.core.ports import Publish
from desktop.core.voice_events import RecordingFailed, RecordingSaved, RecordingsRescued
from desktop.core.voice_ports import RecordingSink
from desktop.services.lanes import Work
from desktop.services.shelf import Shelf

SAVED_BYTES = SAMPLE_RATE * SAMPLE_BYTES
"""After so much sound it is put on the disk: a second."""
LARGEST = 0x7FFF
WAV_HEAD = 44


@dataclass(slots=True)
class Running:
    """One recording under way, as its lane sees it."""

    sink: RecordingSink
    taken: int = 0
    """Bytes that came."""
    saved: int = 0
    """Bytes that are on the disk."""


class Recorder:
    """Works on a lane of its own, so that a slow disk holds up nobody who speaks."""

    def __init__(self, shelf: Shelf, lane: Work, publish: Publish) -> None:
        self._shelf = shelf
        self._lane = lane
        self._publish = publish
        self._running: dict[str, Running] = {}

    def begin(self, token: str) -> None:
        """Begin a recording; announces RecordingFailed and AttachmentFailed when it cannot be."""

        def job() -> None:
            try:
                self._running[token] = Running(self._shelf.recordings.begin())
            except AppError as error:
                self._publish(RecordingFailed(token, error))
                self._publish(AttachmentFailed(token, error))

        self._lane.submit(job)

    def take(self, token: str, samples: bytes) -> None:
        """Take more sound; returns at once. Announces RecordingSaved about once a second, or RecordingFailed."""
        self._lane.submit(lambda: self._write(token, samples))

    def finish(self, token: str, name: str) -> None:
        """End it; it becomes an attachment of this name: announces AttachmentReady or AttachmentFailed."""

        def job() -> None:
            if running := self._running.pop(token, None):
                running.sink.close()
                self._keep(running.sink.id, token, name)

        self._lane.submit(job)

    def discard(self, token: str) -> None:
        """End it and delete what was recorded."""

        def job() -> None:
            if running := self._running.pop(token, None):
                running.sink.close()
                self._shelf.recordings.remove(running.sink.id)

        self._lane.submit(job)

    def tell_rescued(self) -> None:
        """Announce RecordingsRescued when a crash left recordings."""

        def job() -> None:
            if found := self._shelf.recordings.broken_off():
                self._publish(RecordingsRescued(found))

        self._lane.submit(job)

    def rescue(self, recording: str, token: str) -> None:
        """Make an attachment of a recording that was broken off: AttachmentReady or AttachmentFailed."""

        def job() -> None:
            found = {one.id: one.began for one in self._shelf.recordings.broken_off()}
            began = time.localtime(found.get(recording))
            self._keep(recording, token, time.strftime("%Y-%m-%d %H.%M.wav", began))

        self._lane.submit(job)

    def forget(self, recording: str) -> None:
        """Delete a recording that was broken off."""
        self._lane.submit(lambda: self._shelf.recordings.remove(recording))

    def stop(self) -> None:
        """End the files of what is under way: the app is closing, and the next start offers them."""

        def job() -> None:
            for running in self._running.values():
                running.sink.close()
            self._running.clear()

        self._lane.submit(job)

    def _write(self, token: str, samples: bytes) -> None:
        running = self._running.get(token)
        if running is None:
            return
        try:
            running.sink.write(sixteen_bit(samples))
            running.taken += len(samples)
            if running.taken - running.saved >= SAVED_BYTES:
                running.sink.flush()
                running.saved = running.taken
                self._publish(RecordingSaved(token, running.taken / SAVED_BYTES))
        except AppError as error:
            del self._running[token]
            running.sink.close()
            self._publish(RecordingFailed(token, error))
            self._keep(running.sink.id, token, time.strftime("%Y-%m-%d %H.%M.wav"))

    def _keep(self, recording: str, token: str, name: str) -> None:
        """Make an attachment of it; where that fails it stays as it is, and can be rescued later.

        Why it stays until something names the attachment: a draft that is never stored must not cost what was said.
        """
        store = self._shelf.recordings
        try:
            with store.open(recording) as wav:
                digest, size = self._shelf.attachments.put(wav, name)
        except AppError as error:
            store.release(recording)
            self._publish(AttachmentFailed(token, error))
            self.tell_rescued()
            return
        self._shelf.attachments.once_settled(digest, lambda: store.remove(recording))
        seconds = (size - WAV_HEAD) / (SAMPLE_RATE * SAMPLE_BYTES // 2)
        facts = Facts(Kind.SOUND, Format.WAV, seconds=seconds, has_sound=True)
        self._publish(AttachmentReady(token, Attachment(digest, name, size, facts)))


def sixteen_bit(samples: bytes) -> bytes:
    """Return samples as whole numbers, as most WAV files hold them.

    Why without an array library: it would be loaded for these few numbers a second, and hold up the window meanwhile.
    """
    values = array("f", samples)
    return array("h", (int(min(1.0, max(-1.0, one)) * LARGEST) if one == one else 0 for one in values)).tobytes()
