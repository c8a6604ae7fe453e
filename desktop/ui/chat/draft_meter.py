"""How large the draft is: asked for when typing pauses, told in a corner of the composer when it matters."""

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.conversations import StoredMessage
from desktop.core.drafts import DraftSize, Verdict
from desktop.core.events import DraftMeasured, Event, ModelReady, ThreadOpened, TurnFinished, TurnStarted
from desktop.ui.chat.commands import MeasureCommands
from desktop.ui.chat.composer import Composer
from desktop.ui.i18n import translate
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.spoken import say

PAUSE_MS = 400


class SizeLabel(PlainLabel):
    """Says it in a sentence, or in fewer words where there is no room for one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "small", parent)
        self._full = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setContentsMargins(0, 2, 0, 2)
        self.hide()

    def show_words(self, full: str, short: str) -> None:
        """Show one of both."""
        self._full, self._short = full, short
        self.setToolTip(full)
        self.setAccessibleName(full)
        self.setVisible(bool(full))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Stand beside the button, which is at the end of the line; a label would ask the direction of its words."""
        end = Qt.AlignmentFlag.AlignLeft if self.isRightToLeft() else Qt.AlignmentFlag.AlignRight
        self.setAlignment(end | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        fits = self.fontMetrics().horizontalAdvance(self._full) <= self.width()
        self.setText(self._full if fits else self._short)


class DraftMeter:
    """Follows the composer and what the services say of its draft."""

    def __init__(
        self, composer: Composer, measuring: MeasureCommands, before: Callable[[], tuple[StoredMessage, ...]]
    ) -> None:
        """Measure nothing yet.

        Args:
            composer: where the draft is written.
            measuring: who knows how large it is.
            before: returns the messages that it would follow.
        """
        self._composer, self._measuring, self._before = composer, measuring, before
        self._tokens = count()
        self._asked = ""
        self._verdict = Verdict.FITS
        self.label = SizeLabel()
        composer.add_corner(self.label)
        self._timer = QTimer(composer, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._ask)
        composer.changed.connect(self._wait)

    def apply(self, event: Event) -> None:
        """Take the answer; ask again when it may be another one now."""
        match event:
            case DraftMeasured(token, size) if token == self._asked:
                self._show(size)
            case ThreadOpened() | TurnStarted() | TurnFinished() | ModelReady():
                self._wait()

    def _wait(self) -> None:
        self._asked = ""
        if self._composer.draft:
            self._timer.start()
        else:
            self._timer.stop()
            self._clear()

    def _ask(self) -> None:
        self._asked = f"draft {next(self._tokens)}"
        self._measuring.measure(self._composer.draft, self._before(), self._asked)

    def _show(self, size: DraftSize) -> None:
        if not size.matters:
            self._clear()
            return
        self.label.show_words(sentence(size), short(size))
        if size.verdict is not self._verdict and size.verdict is not Verdict.FITS:
            say(self._composer.text, sentence(size))
        self._verdict = size.verdict

    def _clear(self) -> None:
        self._verdict = Verdict.FITS
        self.label.show_words("", "")


def _tokens(size: DraftSize) -> str:
    number = f"{size.tokens:,}"
    if size.about:
        return translate("chat", "about {number} tokens", number=number)
    return translate("chat", "{number} tokens", number=number)


def sentence(size: DraftSize) -> str:
    """Return how large a draft is, and what that means."""
    tokens, share, room = _tokens(size), size.share, f"{size.room:,}"
    match size.verdict:
        case Verdict.TOO_LONG:
            return translate("chat", "{tokens}; too long: the model can read {room}", tokens=tokens, room=room)
        case Verdict.DISPLACES:
            return translate("chat", "{tokens}; too long: the oldest messages will not be read", tokens=tokens)
    if not size.context:
        return tokens
    if size.held:
        return translate(
            "chat", "{tokens}; with the conversation {share} % of what the model can hold", tokens=tokens, share=share
        )
    return translate("chat", "{tokens}; {share} % of what the model can hold", tokens=tokens, share=share)


def short(size: DraftSize) -> str:
    """Return the same in a few words."""
    if size.verdict is not Verdict.FITS:
        return translate("chat", "{tokens}; too long", tokens=_tokens(size))
    if not size.context:
        return _tokens(size)
    return translate("chat", "{tokens}; {share} %", tokens=_tokens(size), share=size.share)
