"""Marks the sentence that is read aloud: a colour under it, moved on with the voice, and kept in sight."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.ui.chat.grounds import height_of
from desktop.ui.chat.live_rows import LiveRows, Pin
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.spoken_words import SpokenSentence, spoken_sentences
from desktop.ui.theme import Theme, mix

STRENGTH = 0.78
"""How much of the page's own colour is in the mark."""


class ReadingMark(QObject):
    """Marks in the views themselves, by the number of the sentence: a view may be made anew while it is read.

    The page follows the voice as long as the reader does: who has scrolled away from the mark is left in peace.
    """

    def __init__(self, area: QAbstractScrollArea, rows: LiveRows, theme: Theme) -> None:
        super().__init__(area)
        self._viewport = area.viewport()
        self._rows = rows
        self._theme = theme
        self._row = -1
        self._number = -1
        self._sentences: tuple[SpokenSentence, ...] = ()
        self._read_from: tuple[int, int] | None = None
        """The view and the revision of its text that the sentences were read from."""
        self._drawn: tuple[int, int, int] | None = None
        rows.made.connect(self._draw_in)
        rows.placed.connect(self._draw)

    def begin(self, row: int) -> tuple[str, ...]:
        """Turn to a row; returns what is to be said of it."""
        self.clear()
        view = self._rows.views.get(row)
        if view is None:
            return ()
        self._row = row
        return tuple(one.words for one in self._read(view))

    def show(self, number: int) -> None:
        """Mark a sentence, and bring it into sight if the one before was there; the first one always."""
        follows = self._number < 0 or self._is_in_sight(whole=False)
        self._number = number
        self._draw()
        if follows and not self._is_in_sight(whole=True) and self._row in self._rows.views:
            self._rows.pin(Pin(self._row, partial(self._height, self._row, number), self._viewport.height() // 3))

    def clear(self) -> None:
        """Mark nothing."""
        view = self._rows.views.get(self._row)
        self._row, self._number = -1, -1
        self._forget()
        if view is not None:
            view.show_read(0, 0, self._theme.mark)

    def apply_theme(self, theme: Theme) -> None:
        """Mark in other colours."""
        self._theme = theme
        self._forget()
        self._draw()

    def _draw_in(self, row: int) -> None:
        if row == self._row:
            self._forget()
            self._draw()

    def _forget(self) -> None:
        self._read_from = self._drawn = None

    def _draw(self) -> None:
        """Mark the sentence in the view that is there now; that costs nothing where it is marked already."""
        view = self._rows.views.get(self._row)
        if view is None or self._number < 0 or not view.is_whole:
            return
        place, state = self._place(view), (*self._state(view), self._number)
        if place is not None and state != self._drawn:
            self._drawn = state
            view.show_read(*place, mix(self._theme.accent, self._theme.bg, STRENGTH))

    @staticmethod
    def _state(view: MessageView) -> tuple[int, int]:
        return id(view), view.text.document().revision()

    def _place(self, view: MessageView) -> tuple[int, int] | None:
        found = self._read(view)
        return (found[self._number].start, found[self._number].end) if self._number < len(found) else None

    def _read(self, view: MessageView) -> tuple[SpokenSentence, ...]:
        state = self._state(view)
        if self._read_from != state:
            self._read_from, self._sentences = state, spoken_sentences(view.text.document())
        return self._sentences

    def _height(self, row: int, number: int) -> int:
        view = self._rows.views.get(row)
        if view is None or row != self._row or number >= len(found := self._read(view)):
            return 0
        return height_of(view.text, found[number].start)

    def _is_in_sight(self, *, whole: bool) -> bool:
        """Whether the marked sentence, or something of it, is on the page; a high one has to begin there only."""
        view = self._rows.views.get(self._row)
        place = self._place(view) if view is not None and view.is_whole and not view.isHidden() else None
        if view is None or place is None:
            return False
        top = view.y() + height_of(view.text, place[0])
        bottom = view.y() + height_of(view.text, place[1]) + view.text.fontMetrics().lineSpacing()
        height = self._viewport.height()
        if whole:
            return top >= 0 and min(bottom, top + height // 2) <= height
        return bottom > 0 and top < height
