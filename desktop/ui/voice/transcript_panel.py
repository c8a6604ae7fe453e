"""What is said in a sound or a video: written down on demand, read, searched, copied, saved, played from any word."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QPoint, QRect, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from desktop.core.attachments import Attachment
from desktop.core.events import Event
from desktop.core.taking import clock
from desktop.core.voice_events import TranscriptFailed, TranscriptReady, TranscriptWriting
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence
from desktop.ui.voice.commands import TranscriptCommands, TranscriptFormat
from desktop.ui.voice.transcript_text import TranscriptText
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from desktop.ui.widgets.popup import rounded_menu

FORMATS: tuple[TranscriptFormat, ...] = ("txt", "srt", "docx")
PROGRESS = 1000
WIDTH, EDGE = 420, 8


class TranscriptPanel(QFrame):
    """Shows one attachment's transcript, or how far it is.

    Signals:
        play_requested: the attachment, and the second to play from.
        closed: the person is done.
    """

    play_requested = Signal(object, float)
    closed = Signal()

    def __init__(
        self, voice: TranscriptCommands, parent: QWidget | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self.setAccessibleName(translate("voice", "What is said"))
        self._voice, self._now, self._began = voice, now, 0.0
        self._attachment: Attachment | None = None
        self.name = ElidedLabel("", "heading", self)
        self.language = PlainLabel("", "small", self)
        self.copy = IconButton("copy", translate("voice", "Copy all"), self)
        self.save = IconButton("export", translate("voice", "Save as"), self)
        self.cross = IconButton("close", translate("voice", "Close (Esc)"), self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(translate("voice", "Find what was said"))
        self.field.setAccessibleName(translate("voice", "Find what was said"))
        self.count = PlainLabel("", "small", self)
        self.text = TranscriptText(self)
        self.state = PlainLabel("", "muted", self, wraps=True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, PROGRESS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(4))
        self.button = TextButton("", parent=self)
        self._lay_out()
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.save.clicked.connect(self._offer_formats)
        self.cross.clicked.connect(self.closed)
        self.button.clicked.connect(self._press)
        self.field.textChanged.connect(lambda words: self._find(words, 0))
        self.text.play_requested.connect(lambda seconds: self.play_requested.emit(self._attachment, seconds))

    def _lay_out(self) -> None:
        head, find, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.name, 1)
        for one in (self.language, self.copy, self.save, self.cross):
            head.addWidget(one)
        find.addWidget(self.field, 1)
        find.addWidget(self.count)
        column.setContentsMargins(px(12), px(8), px(8), px(12))
        column.addLayout(head)
        column.addLayout(find)
        column.addWidget(self.text, 1)
        column.addWidget(self.state)
        column.addWidget(self.bar)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()

    def show_attachment(self, attachment: Attachment) -> None:
        """Show what is said in this file; it is written down when it is not yet."""
        self._attachment, self._began = attachment, 0.0
        self.field.clear()
        self.name.show_text(attachment.name)
        self._wait(translate("voice", "Writing down what is said …"), 0)
        self._voice.write_down(attachment)

    def place(self, room: QRect) -> None:
        """Stand at the end of a room, over all of it where it is narrow."""
        inner = room.adjusted(px(EDGE), px(EDGE), -px(EDGE), -px(EDGE))
        width = min(px(WIDTH), inner.width())
        left = inner.left() if self.isRightToLeft() else inner.right() - width + 1
        self.setGeometry(left, inner.top(), width, inner.height())

    def mark(self, attachment: Attachment, seconds: float) -> None:
        """Mark the word that is played at this moment, if it is of this file."""
        if attachment == self._attachment:
            self.text.mark(seconds)

    def apply(self, event: Event) -> None:
        """Follow what happened to the attachment in sight."""
        match event:
            case TranscriptWriting(attachment, done, total) if attachment == self._attachment:
                self._wait(self._left(done, total), round(PROGRESS * done / total) if total else 0)
            case TranscriptReady(attachment, transcript) if attachment == self._attachment:
                self.text.show_transcript(transcript)
                self.language.setText(QLocale.languageToString(QLocale(transcript.language).language()))
                empty = translate("voice", "Nothing is said in this file.")
                self._show(ready=bool(transcript.segments), state="" if transcript.segments else empty)
            case TranscriptFailed(attachment, error) if attachment == self._attachment:
                stopped = translate("voice", "Writing down was stopped.")
                self._show(state=sentence(error) if error is not None else stopped)
                self.button.setText(translate("voice", "Try again"))
                self.button.show()

    def _left(self, done: float, total: float) -> str:
        """Return how long it may still take, once that can be known."""
        self._began = self._began or self._now()
        spent = self._now() - self._began
        if not (done and total and spent):
            return translate("voice", "Writing down what is said …")
        left = clock(spent / done * (total - done))
        return translate("voice", "Writing down what is said … about {time} left", time=left)

    def _wait(self, state: str, progress: int) -> None:
        self._show(state=state)
        self.bar.setValue(progress)
        self.bar.show()
        self.button.setText(translate("voice", "Stop"))
        self.button.show()

    def _show(self, *, state: str, ready: bool = False) -> None:
        for one in (self.text, self.field, self.count, self.language, self.copy, self.save):
            one.setVisible(ready)
        self.state.setText(state)
        self.state.setVisible(bool(state))
        self.bar.hide()
        self.button.hide()

    def _press(self) -> None:
        if self._attachment is None:
            return
        if self.bar.isHidden():
            self.show_attachment(self._attachment)
        else:
            self._voice.stop_writing(self._attachment)

    def _find(self, words: str, step: int) -> None:
        at, total = self.text.find(words, step)
        found = translate("voice", "{position} of {total}", position=at, total=total)
        self.count.setText(found if total or not words else translate("voice", "Nothing found"))
        if not words:
            self.count.setText("")

    def _offer_formats(self) -> None:
        menu = rounded_menu(self)
        menu.setAccessibleName(translate("voice", "Save as"))
        names = (
            translate("voice", "Text (*.txt)"),
            translate("voice", "Subtitles (*.srt)"),
            translate("voice", "Word document (*.docx)"),
        )
        for form, words in zip(FORMATS, names, strict=True):
            menu.addAction(words).triggered.connect(partial(self._save, form, words))
        menu.popup(self.save.mapToGlobal(QPoint(0, self.save.height())))

    def _save(self, form: TranscriptFormat, words: str, _checked: bool = False) -> None:
        if self._attachment is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = str(Path(folder) / f"{Path(self._attachment.name).stem}.{form}")
        path, _ = QFileDialog.getSaveFileName(self, translate("voice", "Save what is said"), proposed, words)
        if path:
            self._voice.export_transcript(self._attachment, path, form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next place, with Shift to the one before; Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.text():
            self._find(self.field.text(), -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
