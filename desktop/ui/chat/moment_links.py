"""Follows the moments and the sources that an answer names to the file that it is about."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.core.conversations import StoredMessage
from desktop.ui.chat.citations import number_at, passages_of
from desktop.ui.chat.moments import file_with, reach, seconds_at


class MomentLinks(QObject):
    """Knows the files of the conversation, and says which moment or source was chosen.

    Args:
        rows: returns the messages that are shown.
        parent: the object around it.

    Signals:
        requested: the attachment to show, and the second to show it from.
        source_requested: the answer, and the number of the source to show.
    """

    requested = Signal(object, float)
    source_requested = Signal(object, int)

    def __init__(self, rows: Callable[[], Sequence[StoredMessage]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows

    def reach(self, answer: StoredMessage) -> float:
        """Return the last moment that an answer can name."""
        return reach(self._rows(), answer.id)

    def follow(self, answer: StoredMessage, address: str) -> None:
        """Ask for a moment or a source; every other address, which a model may have written, leads nowhere."""
        number = number_at(address)
        if number is not None and number in passages_of(answer.message):
            self.source_requested.emit(answer, number)
        seconds = seconds_at(address)
        if seconds is None:
            return
        if (attachment := file_with(self._rows(), answer.id, seconds)) is not None:
            self.requested.emit(attachment, float(seconds))
