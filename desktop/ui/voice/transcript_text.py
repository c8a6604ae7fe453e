"""The words of a transcript with the time of each sentence at their side; a click or Enter on a word plays from there.

Why a plain text field with a margin: Qt lays out only the lines in sight, and what is copied are the words alone.
"""

import re
from bisect import bisect_right

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from desktop.core.speech import Segment, Transcript, Word
from desktop.core.taking import clock
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import tint

GAP = 10


class _Margin(QWidget):
    """The times beside the words."""

    def __init__(self, text: "TranscriptText") -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        """Be as wide as the longest time."""
        return QSize(self._text.margin_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the times that are in sight."""
        painter = QPainter(self)
        painter.setPen(tint("muted"))
        height = self.fontMetrics().height()
        for top, seconds in self._text.times_in_sight():
            painter.drawText(QRect(0, top, self.width(), height), Qt.AlignmentFlag.AlignHCenter, clock(seconds))
        painter.end()


class TranscriptText(QPlainTextEdit):
    """Read-only words.

    Signals:
        play_requested: play from this second on.
    """

    play_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(translate("voice", "What is said"))
        self._starts: list[int] = []
        self._times: list[float] = []
        self._ends: list[int] = []
        self._segments: tuple[Segment, ...] = ()
        self._marked = -1
        self._found: list[tuple[int, int]] = []
        self._at = -1
        self._margin = _Margin(self)

    @property
    def margin_width(self) -> int:
        """How wide the times are."""
        last = self._segments[-1].start if self._segments else 0.0
        return self.fontMetrics().horizontalAdvance(clock(last)) + 2 * px(GAP)

    def show_transcript(self, transcript: Transcript) -> None:
        """Show these words."""
        self._segments = transcript.segments
        self._starts, self._times, self._ends, lines, place = [], [], [], [], 0
        for segment in transcript.segments:
            parts: list[str] = []
            for word in segment.words or (Word(segment.start, segment.end, segment.text, 1.0),):
                text = word.text if parts else word.text.lstrip()
                self._starts.append(place + len(text) - len(text.lstrip()))
                place += _places(text)
                self._ends.append(place)
                self._times.append(word.start)
                parts.append(text)
            lines.append("".join(parts))
            place += 1
        self._marked, self._found, self._at = -1, [], -1
        self.setPlainText("\n".join(lines))
        self._place_margin()

    def mark(self, seconds: float) -> None:
        """Mark the word that is said at this moment."""
        at = bisect_right(self._times, seconds) - 1
        if at != self._marked:
            self._marked = at
            self._draw()

    def find(self, words: str, step: int = 0) -> tuple[int, int]:  # type: ignore[override]
        """Mark where these words stand and go to one of them; returns its number and how many there are."""
        pattern = re.compile(re.escape(words), re.IGNORECASE)
        self._found = [one.span() for one in pattern.finditer(self.toPlainText())] if words else []
        if self._found:
            self._at = (max(self._at, 0) + step) % len(self._found)
            cursor = self.textCursor()
            cursor.setPosition(self._found[self._at][0])
            self.setTextCursor(cursor)
            self.centerCursor()
        else:
            self._at = -1
        self._draw()
        return self._at + 1, len(self._found)

    def times_in_sight(self) -> list[tuple[int, float]]:
        """Return how far down each time stands, of the lines in sight."""
        block, seen = self.firstVisibleBlock(), []
        while block.isValid() and block.blockNumber() < len(self._segments):
            top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
            if top > self.viewport().height():
                break
            seen.append((top, self._segments[block.blockNumber()].start))
            block = block.next()
        return seen

    def _draw(self) -> None:
        marks = []
        around = range(max(0, self._at - 50), min(len(self._found), self._at + 50))
        for at in around:
            marks.append(self._selection(*self._found[at], "accent" if at == self._at else "muted"))
        if 0 <= self._marked < len(self._starts):
            marks.append(self._selection(self._starts[self._marked], self._ends[self._marked], "accent"))
        self.setExtraSelections(marks)

    def _selection(self, start: int, end: int, color: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        ground = QColor(tint("accent" if color == "accent" else "muted"))
        ground.setAlpha(90 if color == "accent" else 60)
        made.cursor = cursor
        made.format.setBackground(ground)
        return made

    def _play(self, position: int) -> None:
        at = bisect_right(self._starts, position) - 1
        if at >= 0:
            self.play_requested.emit(self._times[at])

    def _place_margin(self) -> None:
        width, inner = self.margin_width, self.contentsRect()
        right = self.isRightToLeft()
        self.setViewportMargins(0 if right else width, 0, width if right else 0, 0)
        left = inner.right() - width + 1 if right else inner.left()
        self._margin.setGeometry(left, inner.top(), width, inner.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the times beside the words."""
        super().resizeEvent(event)
        self._place_margin()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Take the times along."""
        super().scrollContentsBy(dx, dy)
        self._margin.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click plays; what is selected by dragging does not."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._play(self.cursorForPosition(event.position().toPoint()).position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plays from the word at the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._play(self.textCursor().position())
        else:
            super().keyPressEvent(event)


def _places(text: str) -> int:
    """Return how many places a text takes in a document: rare letters take two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
