"""Writes down what is said in a sound or video: read by the reader process, heard by the speech process, remembered."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError, Cancelled
from desktop.core.media import SoundBlock, SoundWish, Source
from desktop.core.ports import MediaReader
from desktop.core.speech import Heard, SpeechEvent, SpeechModel, SpeechWish, Transcript, gather
from desktop.core.speech_errors import NoSpeechModel
from desktop.core.voice_ports import SpeechModels, Transcriber
from desktop.services import transcripts
from desktop.services.keeping import opened, shown_name
from desktop.services.settings import SettingsService
from desktop.services.shelf import Shelf
from desktop.services.speech_models import added

log = logging.getLogger(__name__)
RECIPE = 1
"""Raised whenever the same sound would be written down otherwise: what an older one remembered is made anew."""
LOOK_SECONDS = 0.1
LONG_SECONDS = 120
"""After a longer sound the process, which holds much memory by then, is ended: to begin anew takes a second."""

Step = Callable[[float, float], None]
"""Called with (seconds done, seconds in all or 0)."""


class Scribe:
    """From any thread, one sound at a time; `interrupt` ends or unqueues one."""

    def __init__(
        self,
        models: SpeechModels,
        settings: SettingsService,
        shelf: Shelf,
        reader: MediaReader,
        transcriber: Transcriber,
    ) -> None:
        """Load nothing yet.

        Args:
            models: the speech models at hand.
            settings: which of them is wanted, and the language.
            shelf: where the store is found.
            reader: its own one: a long sound is read slowly.
            transcriber: its own one, likewise.
        """
        self._models = models
        self._settings = settings
        self._shelf = shelf
        self._reader = reader
        self._transcriber = transcriber
        self._lock = threading.Lock()
        self._current: threading.Event | None = None

    def model(self) -> SpeechModel | None:
        """Return the model that is used; looks at the disk."""
        settings = self._settings.current
        return self._models.choose(settings.speech_model, added(settings))

    def wish(self, name: str = "", *, live: bool = False) -> SpeechWish:
        """Return what a transcriber is asked for.

        Args:
            name: a model or its folder; empty = the chosen one.
            live: somebody speaks now.

        Raises:
            NoSpeechModel: there is none.
            SpeechModelUnknown: no model has that name.
            NotASpeechModel: it is a folder, and not that of a model.
        """
        model = self._models.find(name, added(self._settings.current)) if name else self.model()
        if model is None:
            raise NoSpeechModel
        return SpeechWish(model.folder, self._settings.current.speech_language, live=live)

    def recipe(self) -> str:
        """Return what tells one way of writing down from another, for what is made of it."""
        model = self.model()
        return f"transcript {RECIPE} {model.key if model else ''} {self._settings.current.speech_language}"

    def recall(self, attachment: Attachment) -> Transcript | None:
        """Return what was written down before by the model in use."""
        kept = self._shelf.attachments.recall(attachment.digest, self.recipe())
        return transcripts.load(kept) if kept else None

    def transcript(self, attachment: Attachment, cancelled: threading.Event, step: Step) -> Transcript:
        """Return what is said, as it was remembered or written down anew; its words can be searched from then on.

        Args:
            attachment: a sound or video that is kept.
            cancelled: what `interrupt` is told to end this.
            step: told how far it is.

        Raises:
            AppError: it cannot be read or written down.
            Cancelled: after `interrupt`.
        """
        if (known := self.recall(attachment)) is not None:
            return known
        wish, recipe, store = self.wish(), self.recipe(), self._shelf.attachments
        with self._turn(cancelled), store.open(attachment.digest, attachment.name) as source:
            if (known := self.recall(attachment)) is not None:  # somebody else wanted it, and was first
                return known
            made = gather(self._heard(wish, source, cancelled, attachment.facts.seconds, step))
            if attachment.facts.seconds > LONG_SECONDS:
                self._transcriber.close()
        store.remember(attachment.digest, recipe, [transcripts.dump(made)])
        try:
            store.make_findable(attachment.digest, made.text)
        except AppError as error:
            log.info("what was written down cannot be searched: %s", type(error).__name__)
        return made

    def hear(self, path: Path, step: Step, model: str = "") -> Transcript:
        """Return what is said in a file of the person's; nothing of it is kept.

        Args:
            path: the file.
            step: told how far it is.
            model: a speech model or its folder; empty = the chosen one.

        Raises:
            AppError: it cannot be read or written down.
        """
        name, wish, uncancelled = shown_name(path), self.wish(model), threading.Event()
        with self._turn(uncancelled), opened(path, name) as file:
            source = Source(file, name)
            seconds = self._reader.describe(source).seconds
            return gather(self._heard(wish, source, uncancelled, seconds, step))

    def interrupt(self, cancelled: threading.Event) -> None:
        """End the one that was begun with this, or never begin it; its caller gets Cancelled. From any thread."""
        cancelled.set()
        if self._current is cancelled:
            self._reader.cancel()
            self._transcriber.cancel()

    def close(self) -> None:
        """End the processes."""
        self._reader.cancel()
        self._transcriber.cancel()
        with self._lock:
            self._reader.close()
            self._transcriber.close()

    @contextmanager
    def _turn(self, cancelled: threading.Event) -> Iterator[None]:
        while not self._lock.acquire(timeout=LOOK_SECONDS):
            _look(cancelled)
        try:
            self._current = cancelled
            yield
        finally:
            self._current = None
            self._lock.release()

    def _heard(
        self, wish: SpeechWish, source: Source, cancelled: threading.Event, total: float, step: Step
    ) -> Iterator[SpeechEvent]:
        """Yield what is heard. Why it looks again after both began: beginning takes an earlier cancel back."""
        read = self._reader.sound(source, SoundWish())
        events = self._transcriber.transcribe(wish, (one for one in read if isinstance(one, SoundBlock)))
        _look(cancelled)
        for event in events:
            if isinstance(event, Heard):
                _look(cancelled)
                step(event.seconds, total)
            yield event


def _look(cancelled: threading.Event) -> None:
    if cancelled.is_set():
        raise Cancelled
