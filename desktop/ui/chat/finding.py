"""Finding in the conversation: the bar above the transcript, the search, the marks, and the way to the next place."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.chat.column import Column
from desktop.ui.chat.find_bar import FindBar
from desktop.ui.chat.find_marks import FindMarks
from desktop.ui.chat.finder import Finder, Query
from desktop.ui.chat.live_rows import LiveRows, Pin
from desktop.ui.chat.renderings import Renderings
from desktop.ui.chat.transcript_model import TranscriptModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.spoken import say

LONGEST = 100
"""Letters of a selection that are taken for words to look for."""
EDGE = 48
"""A place nearer to the edge of the page than this is moved further in."""


class Finding(QObject):
    """Made when it is first asked for; closed, it costs nothing."""

    def __init__(
        self,
        area: QAbstractScrollArea,
        rows: LiveRows,
        column: Column,
        model: TranscriptModel,
        renderings: Renderings,
        theme: Theme,
        make_room: Callable[[int], None],
    ) -> None:
        super().__init__(area)
        self._area = area
        self._rows = rows
        self._column = column
        self._make_room = make_room
        self._before: QWidget | None = None
        self.bar = FindBar(area)
        self.bar.hide()
        self.finder = Finder(lambda: model.rows, renderings, self)
        self.marks = FindMarks(self.finder, rows.views, theme, area.viewport())
        self.bar.looked_for.connect(self._look_for)
        self.bar.stepped.connect(lambda by: self.finder.step(by, self._rows.in_sight.start))
        self.bar.closed.connect(self.close)
        self.finder.counted.connect(self._say)
        self.finder.moved.connect(self._go)
        rows.made.connect(lambda row: self.marks.forget(row))
        rows.dropped.connect(lambda row: self.marks.forget(row))
        rows.placed.connect(self.marks.follow)

    @property
    def is_open(self) -> bool:
        """Whether the bar is there."""
        return not self.bar.isHidden()

    def open(self, selected: str) -> None:
        """Show the bar and give it the keyboard; what is selected is looked for."""
        if not self.is_open:
            self._before = QApplication.focusWidget()
            self.bar.show()
            self._make_room(self.bar.height())
        words = selected.strip()
        self.bar.begin(words if "\n" not in words and len(words) <= LONGEST else "")
        if self.finder.query != self.bar.query:
            self._look_for(self.bar.query)

    def close(self) -> None:
        """Take the bar away; the keyboard goes back to where it was."""
        if not self.is_open:
            return
        self.finder.look_for(Query())
        self.marks.clear()
        self.bar.hide()
        self._make_room(0)
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        else:
            self._area.setFocus()

    def apply_theme(self, theme: Theme) -> None:
        """Mark in other colours; the bar is as high as its text needs."""
        self.marks.apply_theme(theme)
        self.bar.scale(theme)
        if self.is_open:
            self._make_room(self.bar.height())

    def replace_from(self, first: int) -> None:
        """The rows from this one on are others now."""
        for row in [row for row in self._rows.views if row >= first]:
            self.marks.forget(row)
        self.finder.replace_from(first)

    def look_again(self, row: int) -> None:
        """The words of a row have changed."""
        if self.finder.pattern is None:
            return
        if row in self._rows.views:
            self.marks.look(row)
        else:
            self.finder.look_again(row)

    def fit(self) -> None:
        """Lay the bar above the viewport."""
        self.bar.setGeometry(0, 0, self._area.width(), self.bar.height())

    def _look_for(self, query: Query) -> None:
        self.marks.clear()
        in_sight = self._rows.in_sight
        self.finder.look_for(query, in_sight.start if in_sight else 0)
        if self.finder.pattern is not None:
            self.marks.look()

    def _say(self) -> None:
        finder, before = self.finder, self.bar.count.text()
        self.bar.say(finder.position, finder.total, done=finder.is_done)
        now = self.bar.count.text()
        if now and now != before and finder.is_done:
            say(self.bar.field, now)

    def _go(self) -> None:
        """Bring the place that is looked at into sight, unless it is there."""
        self._say()
        hit = self.finder.current
        if hit is not None and not self._is_in_sight(hit.row):
            self._rows.pin(Pin(hit.row, self.marks.height_of_current, self._area.viewport().height() // 3))
        self.marks.follow()

    def _is_in_sight(self, row: int) -> bool:
        view = self._rows.views.get(row)
        if view is None or not view.is_whole or view.isHidden():
            return False
        y = view.y() + self.marks.height_of_current()
        return EDGE <= y < self._area.viewport().height() - EDGE
