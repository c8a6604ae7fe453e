"""What the model thought before it answered, folded away behind one line."""

from PySide6.QtCore import QEasingCurve, QVariantAnimation, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.assets import IconName
from desktop.ui.chat.message_footer import INSET
from desktop.ui.chat.notes import seconds
from desktop.ui.comfort import is_still, px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel

INDENT = 20
OUTSIDE = 12
"""The button begins so far outside the text, so that its icon stands in line with it."""
UNFOLD_MS = 140


class ThoughtFold(QWidget):
    """A button that shows and hides the thoughts; they slide unless nothing may move.

    Signals:
        folded: its height has changed because it is being opened or closed.
    """

    folded = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._button = TextButton("", "quiet", "chevron-right", self)
        self._button.setCheckable(True)
        self._clip = QWidget(self)
        self._body = PlainLabel("", "muted", self._clip, wraps=True)
        self._clip.hide()
        self._thoughts = ""
        self._thinking = False
        self._time: float | None = None
        self._share = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(UNFOLD_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move)
        self._button.toggled.connect(self._fold)
        self._name()
        self.show()

    @property
    def is_open(self) -> bool:
        """Whether the thoughts are shown."""
        return self._button.isChecked()

    def open_at_once(self) -> None:
        """Show the thoughts without sliding."""
        self._button.blockSignals(True)
        self._button.setChecked(True)
        self._button.blockSignals(False)
        self._share = 1.0
        self._write()
        self._clip.show()
        self._name()

    def show_thoughts(self, thoughts: str, *, thinking: bool, time: float | None) -> None:
        """Take the thoughts as far as they are, whether more will come, and how long they took in seconds."""
        self._thoughts = thoughts.strip()
        self._write()
        if (thinking, time) != (self._thinking, self._time):
            self._thinking, self._time = thinking, time
            self._name()

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        wanted, indent = self._button.sizeHint(), INSET + px(INDENT)
        head = wanted.height()
        right_to_left = self.isRightToLeft()
        button = min(width, wanted.width())
        self._button.setGeometry(
            INSET + width - button + OUTSIDE if right_to_left else INSET - OUTSIDE, 0, button, head
        )
        if not self._share:
            return head
        room = width - px(INDENT)
        full = self._body.heightForWidth(room)
        shown = round(full * self._share)
        self._clip.setGeometry(INSET if right_to_left else indent, head + 4, room, shown)
        self._body.setGeometry(0, 0, room, full)
        return head + round(self._share * 16) + shown

    def _write(self) -> None:
        """Lay the words out only while they can be seen: there may be many."""
        if self._share or self.is_open:
            self._body.setText(self._thoughts)

    def _fold(self, shown: bool) -> None:
        self._name()
        self._write()
        self._clip.setVisible(True)
        self._slide.stop()
        if is_still() or not self.isVisible():
            self._move(float(shown))
            return
        self._slide.setStartValue(self._share)
        self._slide.setEndValue(float(shown))
        self._slide.start()

    def _move(self, share: float) -> None:
        self._share = share
        if not share and not self.is_open:
            self._clip.hide()
        self.folded.emit()

    def _name(self) -> None:
        if self._thinking:
            text = translate("chat", "Thinking …")
        elif self._time is not None:
            text = translate("chat", "Thought for {time}", time=seconds(max(1.0, round(self._time))))
        else:
            text = translate("chat", "Thought")
        self._button.setText(text)
        ahead: IconName = "chevron-left" if self.isRightToLeft() else "chevron-right"
        self._button.set_icon("chevron-down" if self.is_open else ahead)
        told = translate("chat", "Hide the thoughts") if self.is_open else translate("chat", "Show the thoughts")
        self._button.setAccessibleName(f"{text}. {told}")
