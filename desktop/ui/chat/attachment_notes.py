"""Lines below the files of a draft: what a model cannot take, what went wrong, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.chat.attachment_words import Note
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel

MOST = 3


class AttachmentNotes(QWidget):
    """A line a note; hidden when there is nothing to say.

    Signals:
        acted: the note of which the action was taken.
    """

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[Note, ...] = ()
        self._lines: list[NoteLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(7, 2, 4, 2)
        self._column.setSpacing(0)
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What is said."""
        return tuple(note.words for note in self._notes)

    def show_notes(self, notes: tuple[Note, ...]) -> None:
        """Say these things, the first of them where there are many."""
        notes = notes[:MOST]
        if notes == self._notes:
            return
        self._notes = notes
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [self._line(note) for note in notes]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(notes))

    def _line(self, note: Note) -> "NoteLine":
        line = NoteLine(note, self)
        if note.action:
            line.button.clicked.connect(lambda: self.acted.emit(note))
        return line


class NoteLine(QWidget):
    """One note, and its action as a link."""

    def __init__(self, note: Note, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        label = PlainLabel(
            note.words, "small" if not (note.blocks or note.failed) or note.waits else "danger", self, wraps=True
        )
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row.addWidget(label, 1)
        if note.action:
            self.button = TextButton(note.action, "link", parent=self)
            self.button.setAccessibleName(f"{note.words} {note.action}")
            row.addWidget(self.button)
