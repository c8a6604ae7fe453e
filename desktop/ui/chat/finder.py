"""Finds words in all messages of a conversation, a slice a turn, and counts them through."""

import re
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.conversations import StoredMessage
from desktop.core.messages import Role
from desktop.ui.chat.renderings import Renderings

SLICE_SECONDS = 0.002
_SIGNS = str.maketrans("", "", "*~`\\")
"""Signs of Markdown that may stand inside a word."""
_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    words: str = ""
    match_case: bool = False

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """The words with any space between them; None when there are none."""
        return self._compiled(self.words) if self.words.strip() else None

    @property
    def hint(self) -> re.Pattern[str] | None:
        """What stands in the source of every message that holds the words; None when nothing need."""
        longest = max(_RUN.findall(self.words), key=len, default="")
        return self._compiled(longest) if longest else None

    def _compiled(self, words: str) -> re.Pattern[str]:
        parts = (re.escape(one) for one in re.split(r"\s+", words))
        return re.compile(r"\s+".join(parts), 0 if self.match_case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """The n-th place in a row, from 0."""

    row: int
    number: int


class Finder(QObject):
    """Counts the places of each row and keeps the one that is looked at.

    Args:
        rows: returns the messages of the shown branch.
        renderings: knows how they read.

    Signals:
        counted: more is known of how many there are.
        moved: another place is looked at, or none.
    """

    counted = Signal()
    moved = Signal()

    def __init__(self, rows: Callable[[], Sequence[StoredMessage]], renderings: Renderings, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._renderings = renderings
        self._hint: re.Pattern[str] | None = None
        self._counts: list[int | None] = []
        self._waiting: deque[int] = deque()
        self._seeks = False
        self.query = Query()
        self.pattern: re.Pattern[str] | None = None
        self.current: Hit | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._search)

    @property
    def total(self) -> int:
        """How many places are known."""
        return sum(count or 0 for count in self._counts)

    @property
    def position(self) -> int:
        """Which of them is looked at, from 1; 0 = none."""
        if self.current is None:
            return 0
        return sum(count or 0 for count in self._counts[: self.current.row]) + self.current.number + 1

    @property
    def is_done(self) -> bool:
        """Whether every message has been looked through."""
        return not self._waiting

    def look_for(self, query: Query, row: int = 0) -> None:
        """Look for other words, beginning with this row."""
        self.query, self.pattern, self._hint = query, query.pattern, query.hint
        count = len(self._rows()) if self.pattern is not None else 0
        self._counts = [None] * count
        self._waiting = deque((*range(row, count), *range(min(row, count))))
        self._move(None)
        self._seeks = True
        self._begin()

    def replace_from(self, first: int) -> None:
        """Look through the rows from this one on: they are others now. The reader is not taken anywhere."""
        if self.pattern is not None:
            self._seeks = False
            count = len(self._rows())
            self._counts = [*self._counts[:first], *([None] * (count - first))]
            self._waiting = deque([*(row for row in self._waiting if row < first), *range(first, count)])
            if self.current is not None and self.current.row >= first:
                self._move(None)
            self._begin()

    def look_again(self, row: int) -> None:
        """Look through a row whose words have changed."""
        if self.pattern is not None and row not in self._waiting:
            self._waiting.append(row)
            self._begin()

    def tell(self, row: int, count: int) -> None:
        """Take over how often the words stand on the page."""
        if row < len(self._counts) and self._counts[row] != count:
            self._take(row, count)
            self.counted.emit()

    def step(self, by: int, start: int = 0) -> None:
        """Look at the next place, or the one before; behind the last one comes the first.

        Args:
            by: 1 or -1.
            start: the row from which to go while no place is looked at.
        """
        if self.current is None:
            self._move(self._nearest(start, by))
            return
        row, number = self.current.row, self.current.number + by
        if 0 <= number < (self._counts[row] or 0):
            self._move(Hit(row, number))
        else:
            self._move(self._nearest(row + by, by))

    def count_of(self, row: int) -> int | None:
        """Return how many places a row has, None when it was not looked through yet."""
        return self._counts[row] if row < len(self._counts) else None

    def _nearest(self, start: int, by: int) -> Hit | None:
        """Return the first place from a row on, or the last one before it, all around."""
        rows = len(self._counts)
        for distance in range(rows):
            row = (start + by * distance) % rows
            if count := self._counts[row]:
                return Hit(row, 0 if by > 0 else count - 1)
        return None

    def _begin(self) -> None:
        if self._waiting:
            self._timer.start()
        else:
            self._timer.stop()
        self.counted.emit()

    def _search(self) -> None:
        until = time.thread_time() + SLICE_SECONDS
        rows = self._rows()
        while self._waiting and time.thread_time() < until:
            row = self._waiting[0]
            count = self._count(rows[row], until) if row < len(rows) else 0
            if count is None:
                break
            self._waiting.popleft()
            self._take(row, count)
        if not self._waiting:
            self._timer.stop()
        self.counted.emit()

    def _count(self, stored: StoredMessage, until: float) -> int | None:
        """Return how often the words stand in a message, None when the time was up."""
        if self.pattern is None:
            return 0
        source = stored.message.text
        if self._hint is not None and "&" not in source:
            plain = source if stored.message.role is Role.USER else source.translate(_SIGNS)
            if not self._hint.search(plain):
                return 0
        words = self._renderings.words(stored, until)
        return None if words is None else sum(1 for _ in words.find(self.pattern))

    def _take(self, row: int, count: int) -> None:
        if row >= len(self._counts):
            return
        self._counts[row] = count
        if self.current is None:
            if count and self._seeks:
                self._move(Hit(row, 0))
        elif self.current.row == row and self.current.number >= count:
            self._move(Hit(row, count - 1) if count else self._nearest(row, 1))

    def _move(self, hit: Hit | None) -> None:
        if hit != self.current:
            self.current = hit
            self.moved.emit()
