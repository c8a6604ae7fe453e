"""How loud it is, as bars that move on with the sound."""

import math
from collections import deque

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import tint

BAR, STEP, HEIGHT = 3, 6, 28
MOST = 400
QUIETEST = -50.0
"""In decibels below the loudest: what is quieter is drawn as a point."""


class LevelMeter(QWidget):
    """The newest bar stands at the end of the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: deque[float] = deque(maxlen=MOST)
        """Heights, 0 to 1, the oldest first."""
        self.live = False
        self.setAccessibleName(translate("voice", "Loudness"))
        self.setFixedHeight(px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, level: float) -> None:
        """Show how loud the next moment was, 0 to 1."""
        decibels = 20 * math.log10(max(level, 1e-6))
        self.bars.append(min(1.0, max(0.0, 1 - decibels / QUIETEST)))
        self.update()

    def set_live(self, on: bool) -> None:
        """Draw in the colour of a recording that goes on, or of one that rests."""
        self.live = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as many bars as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint("accent" if self.live else "muted"))
        width, step = px(BAR), px(STEP)
        for at, bar in enumerate(reversed(self.bars)):
            from_end = (at + 1) * step
            if from_end > self.width():
                break
            left = from_end - step if self.isRightToLeft() else self.width() - from_end
            height = max(width, bar * self.height())
            painter.drawRoundedRect(QRectF(left, (self.height() - height) / 2, width, height), width / 2, width / 2)
        painter.end()
