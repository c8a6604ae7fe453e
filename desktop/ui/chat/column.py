"""Where each row of the transcript lies: heights, known or guessed, and the tops that follow from them. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from desktop.core.conversations import StoredMessage
from desktop.core.messages import TextPart
from desktop.ui.chat.tile_arrangement import arranged, extent

LINE = 21
"""Pixels of a line at a text size of 100 %."""
TILES_WIDTH = 496
AROUND = 58
"""Pixels of a row that are no line of its text."""


class Column:
    """Rows one below the other, the first at `top`."""

    def __init__(self, top: int) -> None:
        self._heights: list[int] = []
        self._tops = [top]

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def end(self) -> int:
        """Where the last row ends."""
        return self._tops[-1]

    def top(self, row: int) -> int:
        """Return where a row begins."""
        return self._tops[row]

    def height(self, row: int) -> int:
        """Return how high a row is, as far as known."""
        return self._heights[row]

    def replace_from(self, first: int, heights: Sequence[int]) -> None:
        """Let these rows follow the first ones, instead of what was there."""
        self._heights[first:] = heights
        self._measure(first)

    def set_height(self, row: int, height: int) -> int:
        """Learn the height of a row; returns by how much it differs from what was thought."""
        difference = height - self._heights[row]
        if difference:
            self._heights[row] = height
            self._measure(row)
        return difference

    def row_at(self, y: int) -> int:
        """Return the row at this height; the nearest one above the first or below the last."""
        return max(0, min(bisect_right(self._tops, y), len(self._heights)) - 1)

    def between(self, low: int, high: int) -> range:
        """Return the rows of which something lies between two heights."""
        if not self._heights or high < low:
            return range(0)
        return range(self.row_at(low), min(len(self._heights), bisect_right(self._tops, high)))

    def _measure(self, first: int) -> None:
        self._tops[first:] = accumulate(self._heights[first:], initial=self._tops[first])


def guess_heights(rows: Iterable[StoredMessage], letters: int, line: int = LINE) -> list[int]:
    """Return about how high messages are, at so many letters a line of so many pixels; 2,000 are guessed in one go."""
    guessed = []
    for row in rows:
        size = breaks = 0
        for part in row.message.parts:
            if isinstance(part, TextPart):
                length = len(part.text)
                size += length
                breaks += part.text.count("\n") if length < 400 else length // 120
        tiles = arranged([one.attachment.facts for one in row.message.attached], TILES_WIDTH, line / LINE)
        guessed.append(AROUND + line * (size // letters + breaks + 1) + extent(tiles)[1])
    return guessed
