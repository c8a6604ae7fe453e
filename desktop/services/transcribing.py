"""Sounds that wait to be written down, one after the other; and what was written, as files."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError, Cancelled, StoreUnwritable
from desktop.core.ports import Publish
from desktop.core.speech import Transcript
from desktop.core.speech_errors import NotWrittenDown
from desktop.core.voice_events import TranscriptExported, TranscriptFailed, TranscriptReady, TranscriptWriting
from desktop.services import transcripts
from desktop.services.lanes import Work
from desktop.services.scribe import Scribe

NEWS_SECONDS = 0.1


class Transcribing:
    """What is remembered comes at once from the quick lane; the rest waits for its turn on the slow one."""

    def __init__(
        self, scribe: Scribe, quick: Work, slow: Work, publish: Publish, monotonic: Callable[[], float]
    ) -> None:
        self._scribe = scribe
        self._quick = quick
        self._slow = slow
        self._publish = publish
        self._monotonic = monotonic
        self._waiting: dict[str, threading.Event] = {}
        self._told = 0.0

    def write_down(self, attachment: Attachment) -> None:
        """Announce TranscriptWriting while it takes long, then TranscriptReady or TranscriptFailed."""
        before = self._waiting.get(attachment.digest)
        if before and not before.is_set():
            return
        cancelled = self._waiting[attachment.digest] = threading.Event()

        def look() -> None:
            with self._telling(attachment, cancelled):
                known = self._scribe.recall(attachment)
                if known is None:
                    self._slow.submit(write)
                else:
                    self._ready(attachment, cancelled, known)

        def write() -> None:
            with self._telling(attachment, cancelled):
                if cancelled.is_set():
                    raise Cancelled
                self._publish(TranscriptWriting(attachment, 0.0, attachment.facts.seconds))
                made = self._scribe.transcript(attachment, cancelled, lambda *far: self._tell(attachment, *far))
                self._ready(attachment, cancelled, made)

        self._quick.submit(look)

    def stop_writing(self, attachment: Attachment) -> None:
        """Leave it unwritten after all: announces TranscriptFailed without an error."""
        if cancelled := self._waiting.get(attachment.digest):
            self._scribe.interrupt(cancelled)

    def export(self, attachment: Attachment, path: str, form: transcripts.TranscriptFormat) -> None:
        """Write what was written down to a file: announces TranscriptExported, or Failed."""

        def job() -> None:
            place, known = Path(path), self._scribe.recall(attachment)
            if known is None:
                raise NotWrittenDown(name=attachment.name)
            try:
                place.write_bytes(transcripts.exported(known, attachment.name, form))
            except OSError as error:
                raise StoreUnwritable(name=place.parent) from error
            self._publish(TranscriptExported(place.name))

        self._quick.submit(job)

    def stop(self) -> None:
        """Leave all unwritten: the app is closing."""
        for cancelled in [*self._waiting.values()]:
            self._scribe.interrupt(cancelled)

    def _ready(self, attachment: Attachment, cancelled: threading.Event, transcript: Transcript) -> None:
        self._leave(attachment, cancelled)
        self._publish(TranscriptReady(attachment, transcript))

    def _leave(self, attachment: Attachment, cancelled: threading.Event) -> None:
        """It waits no more, unless it was stopped and wanted anew meanwhile."""
        if self._waiting.get(attachment.digest) is cancelled:
            del self._waiting[attachment.digest]

    def _tell(self, attachment: Attachment, done: float, total: float) -> None:
        now = self._monotonic()
        if now > self._told + NEWS_SECONDS:
            self._told = now
            self._publish(TranscriptWriting(attachment, done, total))

    @contextmanager
    def _telling(self, attachment: Attachment, cancelled: threading.Event) -> Iterator[None]:
        def fail(error: AppError | None) -> None:
            self._leave(attachment, cancelled)
            self._publish(TranscriptFailed(attachment, error))

        try:
            yield
        except Cancelled:
            fail(None)
        except AppError as error:
            fail(error)
        except BaseException:
            fail(AppError())
            raise
