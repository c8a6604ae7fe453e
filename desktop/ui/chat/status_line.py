"""The line above the composer that says what is being waited for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.core.attachment_events import AttachmentPreparing
from desktop.core.conversations import ConversationId, TurnState
from desktop.core.events import Event, ThreadOpened, TurnDelta, TurnFinished, TurnLoading, TurnReading, TurnStarted
from desktop.core.library_events import TurnSearching
from desktop.ui.chat.notes import seconds
from desktop.ui.i18n import translate
from desktop.ui.widgets.labels import PlainLabel

SHORT = 400
"""Prompts of fewer tokens are read in a moment; no figures are shown for them."""


class StatusLine(QWidget):
    """Looking at files, loading, reading with progress, waiting for another answer; empty otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: set[str] = set()
        self._label = PlainLabel("", "small", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 4)
        self._bar.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 4)
        row.addWidget(self._label)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.setFixedHeight(24)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def apply(self, event: Event, conversation: ConversationId) -> None:
        """Follow the turn of the shown conversation."""
        match event:
            case ThreadOpened(thread):
                self._files = {file.attachment.digest for one in thread.messages for file in one.message.attached}
                last = thread.messages[-1] if thread.messages else None
                waits = last is not None and last.state is TurnState.PARTIAL and not last.message.parts
                self._say(translate("chat", "Waiting for the model …") if waits else "")
            case TurnStarted() if event.conversation == conversation:
                self._files |= {one.attachment.digest for one in event.question.message.attached}
                self._say(translate("chat", "Waiting for the model …"))
            case TurnLoading(model=model) if event.conversation == conversation:
                self._say(translate("chat", "Starting {model} …", model=model))
            case AttachmentPreparing() if event.attachment.digest in self._files and self._label.text():
                self._look(event)
            case TurnSearching() if event.conversation == conversation:
                self._search(event)
            case TurnReading(done=done, total=total) if event.conversation == conversation:
                self._read(done, total)
            case TurnDelta() | TurnFinished() if event.conversation == conversation and self._label.text():
                self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._say("")

    def _look(self, event: AttachmentPreparing) -> None:
        name = event.attachment.name
        if not event.total:
            self._say(translate("chat", "Looking at {name} …", name=name))
            return
        share = round(100 * min(event.done, event.total) / event.total)
        self._say(translate("chat", "Looking at {name} … {share} %", name=name, share=share))
        self._bar.setValue(share)
        self._bar.show()

    def _search(self, event: TurnSearching) -> None:
        if not event.total:
            self._say(translate("chat", "Looking through your documents …"))
            return
        words = translate("chat", "Reading passage {done} of {total}", done=f"{event.done:,}", total=f"{event.total:,}")
        said = [words, translate("chat", "{count} found so far", count=f"{event.found:,}")]
        if event.seconds_left:
            said.append(translate("chat", "about {time} left", time=seconds(event.seconds_left)))
        self._say(" · ".join(said))
        self._bar.setValue(round(100 * min(event.done, event.total) / event.total))
        self._bar.show()

    def _read(self, done: int, total: int) -> None:
        if total < SHORT:
            self._say(translate("chat", "Thinking …"))
            return
        share = round(100 * done / total)
        self._say(translate("chat", "Reading {share} % of {total} tokens", share=share, total=f"{total:,}"))
        self._bar.setValue(share)
        self._bar.show()

    def _say(self, text: str) -> None:
        self._label.setText(text)
        self._bar.hide()
