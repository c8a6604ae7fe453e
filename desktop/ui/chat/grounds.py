"""Colours under parts of a text, drawn below it.

Why not extra selections: Qt draws a line of text once more for each of them, so a letter that stands everywhere would
hold the window up.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.ui.chat.message_text import MessageText

OVER = 1.0
"""The ground reaches so far beyond the letters."""


class Grounds:
    """What lies under one text; `below` is the widget that draws it."""

    def __init__(self, text: MessageText, below: QWidget) -> None:
        self._text = text
        self._below = below
        self._color = QColor()
        self._rects: list[QRectF] = []
        self._laid_out: tuple[float, float] = (0.0, 0.0)
        self.ranges: tuple[tuple[int, int], ...] = ()
        """Where, as positions in the text."""

    def show(self, ranges: Sequence[tuple[int, int]], color: str) -> None:
        """Lay this colour under these parts of the text, and nothing under the rest."""
        self.ranges = tuple(ranges)
        self._color = QColor(color)
        self._laid_out = (0.0, 0.0)
        self._below.update()

    def paint(self, painter: QPainter, clip: QRect) -> None:
        """Draw on the widget that holds the text."""
        if not self.ranges:
            return
        size = self._text.document().size()
        if self._laid_out != (size.width(), size.height()):
            self._laid_out = (size.width(), size.height())
            self._rects = [rect for place in self.ranges for rect in self._boxes(*place)]
        painter.save()
        painter.translate(self._text.pos())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        seen = QRectF(clip.translated(-self._text.pos()))
        for rect in self._rects:
            if rect.intersects(seen):
                painter.drawRoundedRect(rect, 2, 2)
        painter.restore()

    def _boxes(self, start: int, end: int) -> Iterator[QRectF]:
        """Yield where a part of the text stands, a box for each line."""
        document = self._text.document()
        block = document.findBlock(start)
        while block.isValid() and block.position() < end:
            layout, top = block.layout(), document.documentLayout().blockBoundingRect(block).topLeft()
            at = max(start - block.position(), 0)
            last = min(end - block.position(), block.length() - 1)
            while at < last:
                line = layout.lineForTextPosition(at)
                if not line.isValid():
                    break
                stop = min(last, line.textStart() + line.textLength())
                left, right = sorted((_x(line.cursorToX(at)), _x(line.cursorToX(stop))))
                box = QRectF(left, line.y(), right - left, line.height())
                yield box.translated(top).adjusted(-OVER, 0, OVER, 0)
                if stop <= at:
                    break
                at = stop
            block = block.next()


def height_of(text: MessageText, position: int) -> int:
    """Return how far below the top of its message a position in the text is."""
    cursor = QTextCursor(text.document())
    cursor.setPosition(min(position, text.document().characterCount() - 1))
    return text.y() + text.cursorRect(cursor).top()


def _x(found: object) -> float:
    """Take the place out of what Qt's binding returns: a number, or the number and the position."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
