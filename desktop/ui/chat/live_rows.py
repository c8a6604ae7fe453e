"""The rows that are alive: views near the viewport, made a few at a time and shown together.

A turn of the interface thread makes rows for some milliseconds only; what was on the page before stays on it until
all that is in sight is there, so nothing flickers. Rows out of sight are made one a turn.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.ui.chat.column import Column
from desktop.ui.chat.leaving import Leaving
from desktop.ui.chat.message_footer import INSET
from desktop.ui.chat.message_view import MessageView

NEAR = 600
"""Pixels above and below the viewport in which rows are alive."""
AT_END = 40
BUDGET_SECONDS = 0.0035
"""How long rows are made in one turn, counted in time of this thread."""
HOLD_MS = 150
"""So long the page stays as it was when what comes takes longer."""


@dataclass(frozen=True, slots=True)
class Pin:
    """What the reader is to see until all in sight has its true height: a place in a row, so far below the top."""

    row: int
    inside: Callable[[], int]
    below: int


END = Pin(-1, lambda: 0, 0)
"""The end of the column."""


class LiveRows(QObject):
    """Makes views, gives rows their true heights, and puts everything in its place.

    Args:
        area: the scroll area on whose viewport the rows lie.
        column: where each row lies.
        make: makes the view of a row.
        keeps: whether a view out of sight must stay alive.

    Signals:
        made: a row has come alive.
        dropped: a row is about to be no longer alive.
        placed: everything has its place.
    """

    made = Signal(int)
    dropped = Signal(int)
    placed = Signal()

    def __init__(
        self,
        area: QAbstractScrollArea,
        column: Column,
        make: Callable[[int], MessageView],
        keeps: Callable[[int], bool],
        top: int,
    ) -> None:
        super().__init__(area)
        self.views: dict[int, MessageView] = {}
        self.width = 160
        self._area = area
        self._bar = area.verticalScrollBar()
        self._column = column
        self._make_view = make
        self._keeps = keeps
        self._top = top
        self._pin: Pin | None = None
        self._former: dict[int, MessageView] = {}
        self._leaving = Leaving(area)
        self._focused: MessageView | None = None
        self.is_still = False
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._work)
        self._hold = QTimer(self, interval=HOLD_MS, singleShot=True)
        self._hold.timeout.connect(self._end_hold)
        self._bar.valueChanged.connect(self._scrolled)

    @property
    def at_end(self) -> bool:
        """Whether the reader sees the end, or is about to."""
        return self._pin is END or self._bar.value() >= self._bar.maximum() - AT_END

    @property
    def in_sight(self) -> range:
        """The rows of which something is in the viewport."""
        return self._near(0)

    @property
    def is_settled(self) -> bool:
        """Whether all that is in sight is whole."""
        return self._next_missing() is None

    def replace_from(self, first: int) -> None:
        """Let go of rows that are no longer the same; they stay on the page until others can be shown."""
        for views in (self.views, self._former):
            for row in [one for one in views if one >= first]:
                self._leaving.take(views.pop(row))
        if self._pin is not None and self._pin.row >= first:
            self._pin = None

    def renew(self) -> None:
        """Make all rows in sight anew, in other colours; what is selected and unfolded stays so."""
        for row, view in self.views.items():
            self._former.setdefault(row, view)
        self.views.clear()
        self.place()

    def pin(self, pin: Pin) -> None:
        """Bring a place into sight, and keep it there while heights are learnt."""
        self._pin = pin
        self.place()

    def settle(self) -> None:
        """Finish what is in sight now, however long it takes."""
        while not self.is_still and (self._hold.isActive() or not self.is_settled):
            self.place()

    def place(self) -> None:
        """Bring rows in sight to life as far as there is time; show them when all are there."""
        if self.is_still:
            return
        with self.still():
            settled = self._make_some()
        if settled:
            self._pin = None
            self._retire_former()
            self._show()
        elif not self._hold.isActive():
            self._hold.start()
        if not self._timer.isActive() and (not settled or self._leaving or self._next_ahead() is not None):
            self._timer.start()

    def fit(self, row: int) -> None:
        """Give a row its true height; stay at the end if the reader was there, or where the text was."""
        follow = self.at_end
        if self._learn(row) and follow:
            with self.still():
                self._bar.setValue(self._bar.maximum())
        self.place()

    def fit_all(self) -> None:
        """Follow another width or height of the viewport."""
        if self.at_end and not self.is_still:
            self._pin = END
        with self.still():
            self.measure()
        self.place()

    def make(self, row: int) -> MessageView:
        """Bring a row to life."""
        if row not in self.views:
            view = self._make_view(row)
            self.views[row] = view
            with self.still():
                self._learn(row)
            view.lower()
            view.hide()
            if former := self._former.pop(row, None):
                view.take_over(former)
                if former.holds_focus:
                    self._focused = view
                self._leaving.take(former)
            self.made.emit(row)
        return self.views[row]

    def measure(self) -> None:
        """Tell the bar how long the column is."""
        height = self._area.viewport().height()
        self._bar.setPageStep(height)
        self._bar.setRange(0, max(0, self._column.end + self._top - height))

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let the bar move without rows being placed meanwhile."""
        before, self.is_still = self.is_still, True
        try:
            yield
        finally:
            self.is_still = before

    def _scrolled(self) -> None:
        if not self.is_still:
            self._pin = None
            self.place()

    def _near(self, margin: int) -> range:
        offset = self._bar.value()
        return self._column.between(offset - margin, offset + self._area.viewport().height() + margin)

    def _is_missing(self, row: int) -> bool:
        view = self.views.get(row)
        return view is None or not view.is_whole or view.fitted != self.width

    def _next_missing(self) -> int | None:
        """The next row to make or to write on: in sight, or with the keyboard or a selection on its former view."""
        rows = self._near(0)
        found = next((row for row in (reversed(rows) if self._pin is END else rows) if self._is_missing(row)), None)
        if found is None:
            needed = (row for row, view in self._former.items() if view.holds_focus or view.has_selection)
            found = next((row for row in needed if self._is_missing(row)), None)
        return found

    def _next_ahead(self) -> int | None:
        return next((row for row in self._near(NEAR) if self._is_missing(row)), None)

    def _make_some(self) -> bool:
        """Make rows in sight while there is time; returns whether all are there."""
        until = time.thread_time() + BUDGET_SECONDS
        while True:
            self._hold_pin()
            row = self._next_missing()
            if row is None:
                return True
            self._advance(row)
            if time.thread_time() > until:
                self._hold_pin()
                return self._next_missing() is None

    def _advance(self, row: int) -> None:
        """Make a row, or write one slice of it."""
        if row in self.views:
            self.views[row].write_more()
            self._learn(row)
        else:
            self.make(row)

    def _hold_pin(self) -> None:
        if self._pin is END:
            self._bar.setValue(self._bar.maximum())
        elif self._pin is not None:
            self._bar.setValue(self._column.top(self._pin.row) + self._pin.inside() - self._pin.below)

    def _learn(self, row: int) -> bool:
        """Lay a live row out and take its height; what lies below does not move for a row above the viewport."""
        above = self._column.top(row) + self._column.height(row) // 2 < self._bar.value()
        view, known = self.views[row], self._column.height(row)
        height = view.fit(self.width)
        difference = self._column.set_height(row, height if view.is_whole else max(height, known))
        if difference:
            self.measure()
            if above:
                self._bar.setValue(self._bar.value() + difference)
        return bool(difference)

    def _show(self) -> None:
        """Put what lives in its place, and let the rest go."""
        self._hold.stop()
        near = self._near(NEAR)
        for row in [one for one in self.views if one not in near]:
            if not self.views[row].holds_focus and not self._keeps(row):
                self.dropped.emit(row)
                self._leaving.take(self.views.pop(row))
        self._leaving.hide()
        offset = self._bar.value()
        width = self.width + 2 * INSET
        left = (self._area.viewport().width() - width) // 2
        for row, view in self.views.items():
            view.setGeometry(left, self._column.top(row) - offset, width, self._column.height(row))
            if view.isHidden() is view.is_whole:
                view.setVisible(view.is_whole)
        if self._focused is not None:
            self._focused.setFocus()
            self._focused = None
        self.placed.emit()

    def _end_hold(self) -> None:
        self._show()
        self.place()

    def _retire_former(self) -> None:
        for view in self._former.values():
            self._leaving.take(view)
        self._former.clear()

    def _work(self) -> None:
        """Do one thing that is not urgent."""
        if not self.is_settled:
            self.place()
        elif self._leaving.delete_one():
            self._timer.start()
        elif (row := self._next_ahead()) is not None:
            follow = self.at_end
            with self.still():
                self._advance(row)
                if follow:
                    self._bar.setValue(self._bar.maximum())
            self.place()
