"""A range of a video or sound: a bar with two handles, over the level curve of a sound."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.core.taking import clock
from desktop.ui.chat.sampling_words import SHORTEST
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import REPAINTED, tint

KNOB, GROOVE = 16, 4
LOW, HIGH = 24, 112
"""How high the bar is without and with a curve."""
BAR, STEP = 2, 4
FAR = 10
MOMENTS = 400
"""So many moments are looked at for one stroke of the curve at most: a sound may last ten hours."""
QUIETEST = 0.04
"""The height of a moment in which nothing is heard."""


class Handle(QWidget):
    """One end of the range.

    Signals:
        stepped: the keyboard moves it by so many seconds; infinite: as far as it goes.
    """

    stepped = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def name(self, words: str) -> None:
        """Say where it is."""
        self.setAccessibleName(words)
        self.setAccessibleDescription(translate("chat", "Arrow keys: one second. Page Up, Page Down: ten seconds"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move: a second, ten, or to the end."""
        forward = -1.0 if self.isRightToLeft() else 1.0
        step = {
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Down: -1.0,
            Qt.Key.Key_Up: 1.0,
            Qt.Key.Key_PageDown: -FAR,
            Qt.Key.Key_PageUp: FAR,
            Qt.Key.Key_Home: -float("inf"),
            Qt.Key.Key_End: float("inf"),
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the knob, and a line over a curve."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = QRectF(self.rect()).center(), px(KNOB) / 2 - 2
        painter.setPen(QPen(tint("accent"), 2))
        if self.height() > px(LOW):
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        ring = tint("text") if self.hasFocus() else tint("accent")
        painter.setPen(QPen(ring, 2))
        painter.setBrush(tint("accent"))
        painter.drawEllipse(middle, radius, radius)
        painter.end()


class RangeBar(QWidget):
    """Lets the person choose from which second to which.

    Signals:
        changed: the first second and the last.
    """

    changed = Signal(float, float)

    def __init__(self, seconds: float, start: float, end: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self.start, self.end = start, end
        self._levels = b""
        self._peaks: list[int] = []
        self._dragged: Handle | None = None
        self.first, self.last = Handle(self), Handle(self)
        self.first.stepped.connect(lambda step: self._move(self.first, self.start + step))
        self.last.stepped.connect(lambda step: self._move(self.last, self.end + step))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("chat", "The part that is sent"))
        self.setToolTip(translate("chat", "Drag the ends, or use the arrow keys"))
        self.setFixedHeight(px(LOW))
        self._show()

    def make_room(self) -> None:
        """Be high enough for a curve."""
        self.setFixedHeight(px(HIGH))

    def show_levels(self, levels: bytes) -> None:
        """Draw how loud the sound is, from beginning to end, below the handles."""
        self._levels, self._peaks = levels, []
        self.update()

    def show_range(self, start: float, end: float) -> None:
        """Show this range; nothing is emitted."""
        self.start, self.end = start, end
        self._show()

    def _move(self, handle: Handle, second: float) -> None:
        least = min(SHORTEST, self._seconds)
        before = self.start, self.end
        if handle is self.first:
            self.start = max(0.0, min(second, self.end - least))
        else:
            self.end = min(self._seconds, max(second, self.start + least))
        if before != (self.start, self.end):
            self._show()
            self.changed.emit(self.start, self.end)

    def _show(self) -> None:
        self.first.name(translate("chat", "From {time}", time=clock(self.start)))
        self.last.name(translate("chat", "To {time}", time=clock(self.end)))
        for handle, second in ((self.first, self.start), (self.last, self.end)):
            handle.setGeometry(round(self._x(second) - px(KNOB) / 2), 0, px(KNOB), self.height())
        self.update()

    def _x(self, second: float) -> float:
        room = self.width() - px(KNOB)
        along = px(KNOB) / 2 + room * second / self._seconds
        return self.width() - along if self.isRightToLeft() else along

    def _second(self, x: float) -> float:
        along = self.width() - x if self.isRightToLeft() else x
        share = (along - px(KNOB) / 2) / max(1, self.width() - px(KNOB))
        return max(0.0, min(1.0, share)) * self._seconds

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer end along; where both are in one place, the one that can go there."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        second = self._second(event.position().x())
        to_first, to_last = abs(second - self.start), abs(second - self.end)
        self._dragged = self.first if to_first < to_last or (to_first == to_last and second < self.start) else self.last
        self._dragged.setFocus(Qt.FocusReason.MouseFocusReason)
        self._move(self._dragged, second)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the end that was taken."""
        if self._dragged is not None:
            self._move(self._dragged, self._second(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._dragged = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove or the curve, what is taken of it in colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        left, right = sorted((self._x(self.start), self._x(self.end)))
        taken, rest = tint("accent"), QColor(tint("muted"))
        rest.setAlphaF(0.4)
        middle = self.height() / 2
        if not self._levels:
            edge, thick = px(KNOB) / 2, px(GROOVE)
            for place, color in (
                (QRectF(edge, middle - thick / 2, self.width() - 2 * edge, thick), rest),
                (QRectF(left, middle - thick / 2, right - left, thick), taken),
            ):
                painter.setBrush(color)
                painter.drawRoundedRect(place, thick / 2, thick / 2)
        for at, peak in enumerate(self._measured()):
            along = px(KNOB) / 2 + at * px(STEP)
            x = self.width() - along if self.isRightToLeft() else along
            painter.setBrush(taken if left <= x <= right else rest)
            height = max(QUIETEST, peak / 255) * self.height()
            painter.drawRoundedRect(QRectF(x - px(BAR) / 2, middle - height / 2, px(BAR), height), 1, 1)
        painter.end()

    def _measured(self) -> list[int]:
        """Return the loudest moment of each stroke, as many as there is room for."""
        if self._levels and not self._peaks:
            count, levels = max(1, (self.width() - px(KNOB)) // px(STEP)), self._levels
            edges = [len(levels) * at // count for at in range(count + 1)]
            step = len(levels) // (count * MOMENTS) + 1
            self._peaks = [max(levels[one : max(one + 1, two) : step]) for one, two in pairwise(edges)]
        return self._peaks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure and place anew."""
        super().resizeEvent(event)
        self._peaks = []
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the direction."""
        super().changeEvent(event)
        if event.type() in (*REPAINTED, QEvent.Type.LayoutDirectionChange):
            self._show()
