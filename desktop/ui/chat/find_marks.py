"""Marks the found words on the page: colours under the text, the place that is looked at in a stronger one."""

from bisect import bisect_left

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.ui.chat.document_words import words_of
from desktop.ui.chat.finder import Finder
from desktop.ui.chat.grounds import height_of
from desktop.ui.chat.message_view import MessageView
from desktop.ui.theme import Theme, mix

DARKER = 0.4
"""In dark colours links and quotes must stay readable on the ground."""
MOST = 200
"""So many places of one message are marked at once: those around what is in sight."""


class FindMarks(QObject):
    """Marks one view a turn; the places are looked for in the views themselves, so that no mark is ever beside them."""

    def __init__(self, finder: Finder, live: dict[int, MessageView], theme: Theme, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._finder = finder
        self._live = live
        self._viewport = viewport
        self._theme = theme
        self._places: dict[int, list[tuple[int, int]]] = {}
        self._marked: dict[int, tuple[int, int, int]] = {}
        self._stale: set[int] = set()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)

    def look(self, *rows: int) -> None:
        """Mark these rows anew, all that live by default: their words or what is looked for have changed."""
        self._stale.update(rows or self._live)
        self._timer.start()

    def forget(self, row: int) -> None:
        """A row is no longer alive."""
        self._places.pop(row, None)
        self._marked.pop(row, None)
        self._stale.discard(row)

    def clear(self) -> None:
        """Mark nothing."""
        self._timer.stop()
        self._stale.clear()
        for row in self._marked:
            if (view := self._live.get(row)) is not None:
                view.grounds.show((), self._theme.mark)
                view.text.setExtraSelections([])
        self._places.clear()
        self._marked.clear()

    def apply_theme(self, theme: Theme) -> None:
        """Mark in other colours."""
        self._theme = theme
        self._places.clear()
        self._marked.clear()

    def follow(self) -> None:
        """Show where the reader is now: another place is looked at, or other words are in sight."""
        if self._finder.pattern is None:
            return
        for row, view in self._live.items():
            if row in self._places:
                self._mark(row, view, self._places[row])
            elif view.is_whole and row not in self._stale:
                self.look(row)

    def height_of_current(self) -> int:
        """Return how far below the top of its row the place is that is looked at; 0 when it is not on the page."""
        hit = self._finder.current
        view = self._live.get(hit.row) if hit is not None else None
        if hit is None or view is None or not view.is_whole:
            return 0
        if hit.row in self._stale or hit.row not in self._places:
            self._find(hit.row, view)
        places = self._places.get(hit.row, [])
        return height_of(view.text, places[min(hit.number, len(places) - 1)][0]) if places else 0

    def _work(self) -> None:
        row = next(iter(self._stale), None)
        if row is None:
            self._timer.stop()
            return
        self._stale.discard(row)
        view = self._live.get(row)
        if view is not None and view.is_whole:
            self._find(row, view)
            self._mark(row, view, self._places[row])

    def _find(self, row: int, view: MessageView) -> None:
        self._stale.discard(row)
        self._marked.pop(row, None)
        pattern = self._finder.pattern
        found = list(words_of(view.text.document()).find(pattern)) if pattern is not None else []
        self._places[row] = found
        self._finder.tell(row, len(found))

    def _mark(self, row: int, view: MessageView, places: list[tuple[int, int]]) -> None:
        hit = self._finder.current
        current = hit.number if hit is not None and hit.row == row else -1
        start = self._first(view, places)
        end = min(len(places), start + MOST)
        if self._marked.get(row) == (start, end, current):
            return
        self._marked[row] = start, end, current
        ground = mix(self._theme.mark, self._theme.bg, DARKER) if self._theme.is_dark else self._theme.mark
        view.grounds.show([places[at] for at in range(start, end) if at != current], ground)
        view.text.setExtraSelections([self._strong(view, places[current])] if 0 <= current < len(places) else [])

    def _first(self, view: MessageView, places: list[tuple[int, int]]) -> int:
        """Return the first place to mark: all of them where there are few."""
        if len(places) <= MOST:
            return 0
        top = view.text.position_at(self._viewport.mapToGlobal(QPoint(0, 0)))
        at = max(0, bisect_left(places, (top, 0)) - MOST // 4)
        return at // 20 * 20

    def _strong(self, view: MessageView, place: tuple[int, int]) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(view.text.document())
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setBackground(QBrush(QColor(self._theme.accent)))
        form.setForeground(QBrush(QColor(self._theme.on_accent)))
        made.cursor, made.format = cursor, form
        return made
