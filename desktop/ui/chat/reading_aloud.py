"""Reads an answer of the conversation aloud: begins and ends by its action, marks what is heard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.core.events import Event, ThreadOpened, TurnStarted
from desktop.ui.chat.transcript_model import TranscriptModel
from desktop.ui.i18n import translate
from desktop.ui.notices import Notice
from desktop.ui.theme import Theme
from desktop.ui.voice.reading import Reading
from desktop.ui.voice.wording import not_read

if TYPE_CHECKING:
    from desktop.ui.chat.reading_mark import ReadingMark
    from desktop.ui.chat.transcript_view import TranscriptView


class ReadingAloud(QObject):
    """One answer at a time, until it ends, another one begins, or another conversation is shown.

    Signals:
        told: a Notice for the person.
    """

    told = Signal(object)

    def __init__(self, model: TranscriptModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.reading = Reading(self)
        self.reading.ended.connect(self._end)
        self.reading.failed.connect(lambda error: self.told.emit(Notice(not_read(error), seconds=0)))
        self._mark: ReadingMark | None = None
        self._read = (0, 0)
        """The conversation and the message."""

    @property
    def is_on(self) -> bool:
        """Whether something is being read."""
        return self.reading.is_on

    def follow(self, transcript: "TranscriptView", theme: Theme) -> None:
        """Read what is chosen in this transcript."""
        from desktop.ui.chat.reading_mark import ReadingMark  # noqa: PLC0415 - not for the start

        self._mark = ReadingMark(transcript, transcript.rows, theme)
        self.reading.reached.connect(self._mark.show)
        transcript.action.connect(lambda what, message: self.toggle(message) if what == "read" else None)

    def toggle(self, message: int) -> None:
        """Read a message, or stop when it is the one that is read."""
        was_read = self.is_on and self._read == (self._model.conversation, message)
        self.stop()
        row = next((at for at, one in enumerate(self._model.rows) if one.id == message), None)
        if was_read or row is None or self._mark is None:
            return
        self._read = self._model.conversation, message
        words = self._mark.begin(row)
        if words:
            self.reading.read(words)
        else:
            self.told.emit(Notice(translate("voice", "There is nothing in this answer that can be read aloud.")))

    def stop(self) -> None:
        """Read nothing more."""
        self.reading.stop()

    def apply(self, event: Event) -> None:
        """Follow what happened; what is no longer on the page is not read."""
        self.reading.apply(event)
        match event:
            case ThreadOpened() | TurnStarted() if self.is_on and not self._is_there():
                self.stop()

    def apply_theme(self, theme: Theme) -> None:
        """Mark in other colours."""
        if self._mark is not None:
            self._mark.apply_theme(theme)

    def _is_there(self) -> bool:
        conversation, message = self._read
        return conversation == self._model.conversation and any(one.id == message for one in self._model.rows)

    def _end(self) -> None:
        if self._mark is not None:
            self._mark.clear()
