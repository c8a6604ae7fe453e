"""What is being read aloud, as the window knows it: asks for sentences to be read, and follows the voice."""

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QLocale, QObject, Signal

from desktop.core.errors import AppError
from desktop.core.events import Event
from desktop.core.reading_errors import NoVoice
from desktop.core.voice_events import ReadingEnded, SentenceReached
from desktop.ui.voice.commands import ReadingCommands


class Reading(QObject):
    """Reads one list of sentences at a time.

    Signals:
        reached: the number of the sentence that is read now; the first one as soon as it is asked for.
        ended: nothing is read any more.
        failed: the AppError that says why nothing is heard; comes after `ended`.
    """

    reached = Signal(int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.commands: ReadingCommands | None = None
        """Who speaks; nobody where there is none."""
        self._token = ""
        self._at = 0

    @property
    def is_on(self) -> bool:
        """Whether something is being read."""
        return bool(self._token)

    def read(self, sentences: Sequence[str]) -> None:
        """Read these, and no longer what was read before."""
        self.stop()
        if not sentences:
            return
        if self.commands is None:
            self.failed.emit(NoVoice())
            return
        self._token, self._at = uuid4().hex, 0
        self.reached.emit(0)
        if self.is_on:
            self.commands.read(sentences, QLocale().name(), self._token)

    def stop(self) -> None:
        """Read nothing more."""
        if self.is_on:
            if self.commands is not None:
                self.commands.hush()
            self._end()

    def apply(self, event: Event) -> None:
        """Follow the voice."""
        match event:
            case SentenceReached(token, number) if token == self._token and number != self._at:
                self._at = number
                self.reached.emit(number)
            case ReadingEnded(token, error) if token == self._token:
                self._end(error)

    def _end(self, error: AppError | None = None) -> None:
        self._token = ""
        self.ended.emit()
        if error is not None:
            self.failed.emit(error)
