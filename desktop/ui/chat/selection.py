"""What is selected across messages: from one spot to another, each a row and a position in its text. Pure.

Why not the text cursors alone: a message that has been scrolled out of sight is no longer alive, but stays selected.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in the text of a row."""

    row: int
    position: int


@dataclass(frozen=True, slots=True)
class Part:
    """The selected part of one row; `end` None reaches to the end of its text."""

    start: int
    end: int | None


class Selection:
    """Where the mouse went down and where it is now."""

    def __init__(self) -> None:
        self._anchor: Spot | None = None
        self._head: Spot | None = None

    @property
    def anchor_row(self) -> int | None:
        """The row in which it began."""
        return self._anchor.row if self._anchor else None

    @property
    def spans_rows(self) -> bool:
        """Whether more than one row is involved."""
        return self._anchor is not None and self._head is not None and self._anchor.row != self._head.row

    @property
    def rows(self) -> range:
        """The rows involved, in order."""
        if self._anchor is None or self._head is None:
            return range(0)
        first, last = sorted((self._anchor, self._head))
        return range(first.row, last.row + 1)

    def begin(self, row: int, position: int) -> None:
        """Start anew at this spot."""
        self._anchor = self._head = Spot(row, position)

    def extend(self, row: int, position: int) -> None:
        """Reach to this spot."""
        if self._anchor is not None:
            self._head = Spot(row, position)

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = self._head = None

    def part_of(self, row: int) -> Part | None:
        """Return what is selected in a row."""
        if self._anchor is None or self._head is None:
            return None
        first, last = sorted((self._anchor, self._head))
        if not first.row <= row <= last.row:
            return None
        start = first.position if row == first.row else 0
        return Part(start, last.position if row == last.row else None)
