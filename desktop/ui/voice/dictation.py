"""Dictation: spoken words appear at the cursor; those that may still change are shown in a lighter colour.

Why the uncertain words are an input method's: Qt lays them out in the line, and neither the draft nor undo knows them.
"""

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop.core.events import Event
from desktop.core.joining import joined
from desktop.core.voice_events import Dictated, DictationEnded
from desktop.ui.notices import Notice, Tone
from desktop.ui.texts import sentence
from desktop.ui.voice.commands import DictationCommands
from desktop.ui.voice.microphone import Trouble
from desktop.ui.voice.recorder import Ears
from desktop.ui.voice.wording import trouble_words
from desktop.ui.widgets.buttons import tint

ENDING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dictation(QObject):
    """Writes into one field while the person speaks.

    Signals:
        changed: it began or ended.
        told: a Notice for the person.
    """

    changed = Signal(bool)
    told = Signal(object)

    def __init__(self, voice: DictationCommands, make_ears: Callable[[], Ears], field: QPlainTextEdit) -> None:
        super().__init__(field)
        self._voice = voice
        self._make_ears = make_ears
        self._ears: Ears | None = None
        self._field = field
        self._token = ""
        self._hears = False
        self._wrote = -1
        """How many steps could be undone after our last words; -1: there are none."""
        self._tentative = ""
        self._held: QEvent | None = None
        self.wanted = ""
        """The id of the microphone to use."""
        field.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether the person is heard."""
        return self._hears

    def toggle(self) -> None:
        """Begin, or end."""
        if self._hears:
            self.end()
            return
        self.settle()
        self._wrote = -1
        self._microphone().start(self.wanted)

    def end(self) -> None:
        """Hear nothing more; what was said is still written."""
        if self._hears and self._ears is not None:
            self._ears.stop()
            self._hears = False
            self._voice.finish_dictation(self._token)
            self.changed.emit(False)

    def settle(self) -> None:
        """Write what is uncertain as it stands, and nothing after it: the draft goes, or another takes its place."""
        if self._ears is not None:
            self._ears.stop()
        heard, token, tentative = self._hears, self._token, self._tentative
        self._hears, self._token, self._held = False, "", None
        if token:
            self._voice.discard(token)
            self._write(tentative, "")
        if heard:
            self.changed.emit(False)

    def apply(self, event: Event) -> None:
        """Follow what was heard."""
        match event:
            case Dictated(token, words, tentative) if token == self._token:
                self._write(words, tentative)
            case DictationEnded(token, error) if token == self._token:
                self.end()
                self._token, self._tentative = "", ""
                self._show("")
                held, self._held = self._held, None
                if held is not None:
                    QCoreApplication.postEvent(self._field, held)
                if error is not None:
                    self.told.emit(Notice(sentence(error), Tone.ERROR, seconds=0))

    def _write(self, words: str, tentative: str) -> None:
        self._show("")
        cursor = self._field.textCursor()
        if self._wrote >= 0:
            cursor.setPosition(cursor.selectionEnd())  # what is selected meanwhile is not replaced
        if text := joined(*self._around(cursor, words)):
            if self._wrote == self._field.document().availableUndoSteps():
                cursor.joinPreviousEditBlock()
            else:
                cursor.beginEditBlock()
            cursor.insertText(text)
            cursor.endEditBlock()
            self._wrote = self._field.document().availableUndoSteps()
            self._field.setTextCursor(cursor)
        self._tentative = tentative
        if not self._field.textCursor().hasSelection():  # Qt would delete it
            self._show(joined(*self._around(self._field.textCursor(), tentative)))

    @staticmethod
    def _around(cursor: QTextCursor, words: str) -> tuple[str, str, str]:
        block = cursor.block()
        text, at = block.text(), cursor.selectionStart() - block.position()
        return text[: max(0, at)], words, text[max(0, cursor.selectionEnd() - block.position()) :]

    def _show(self, tentative: str) -> None:
        form = QTextCharFormat()
        form.setForeground(tint("muted"))
        kind = QInputMethodEvent.AttributeType.TextFormat
        marks = [QInputMethodEvent.Attribute(kind, 0, len(tentative), form)] if tentative else []
        QCoreApplication.sendEvent(self._field, QInputMethodEvent(tentative, marks))

    def _microphone(self) -> Ears:
        if self._ears is None:
            self._ears = self._make_ears()
            self._ears.started.connect(self._start)
            self._ears.heard.connect(self._take)
            self._ears.broke.connect(self._break)
        return self._ears

    def _start(self) -> None:
        self._token, self._hears = uuid4().hex, True
        self._voice.dictate(self._token)
        self._field.setFocus()
        self.changed.emit(True)

    def _take(self, samples: bytes) -> None:
        if self._hears:
            self._voice.take(self._token, samples)

    def _break(self, trouble: Trouble) -> None:
        self.end()
        self.told.emit(Notice(trouble_words(trouble), Tone.ERROR))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc and Enter end the dictation; an Enter behind it waits for the last words."""
        if not (isinstance(event, QKeyEvent) and event.key() in ENDING):
            return super().eventFilter(watched, event)
        if self._token and not self._hears and event.key() != Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._held = event.clone()
            return True
        if self._hears:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.end()
                return True
        return super().eventFilter(watched, event)
