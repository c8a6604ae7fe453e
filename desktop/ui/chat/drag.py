"""Selecting across messages with the mouse: keeps the selection, draws it, scrolls at the edges."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.ui.chat.column import Column
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.selection import Part, Selection

SCROLL_MS = 30


class Drag(QObject):
    """Watches the messages of one transcript. Inside one message the text's own selection is used as it is."""

    def __init__(self, area: QAbstractScrollArea, live: dict[int, MessageView], column: Column) -> None:
        super().__init__(area)
        self._area = area
        self._live = live
        self._column = column
        self._selection = Selection()
        self._kept: dict[int, tuple[Part, str]] = {}
        self._pressed = False
        self._pointer = QPoint()
        self._timer = QTimer(self, interval=SCROLL_MS)
        self._timer.timeout.connect(self._scroll)

    def watch(self, row: int, view: MessageView) -> None:
        """Follow the mouse on a message that has come alive."""
        view.pressed.connect(lambda position: self._begin(row, position))
        view.dragged.connect(self._extend)
        view.released.connect(self._release)

    def keeps(self, row: int) -> bool:
        """Whether a row must stay alive: the mouse is held down on it, or only its own text knows the selection."""
        if self._selection.spans_rows:
            return self._pressed and row == self._selection.anchor_row
        return self._live[row].has_selection or (self._pressed and row == self._selection.anchor_row)

    def leave(self, row: int) -> None:
        """Remember what is selected in a row that is about to go out of sight."""
        if self._selection.spans_rows and (part := self._selection.part_of(row)) is not None:
            self._kept[row] = part, self._live[row].text.selected_text

    def forget(self) -> None:
        """Select nothing."""
        for view in self._live.values():
            if view.has_selection:
                view.text.select(0, 0)
        self._selection.clear()
        self._kept.clear()
        self._release()

    def draw(self, *rows: int) -> None:
        """Show the selection on these rows, on all that live by default."""
        if self._selection.spans_rows:
            for row in rows or tuple(self._live):
                if (view := self._live.get(row)) is not None:
                    part = self._selection.part_of(row)
                    view.text.select(*(part.start, part.end) if part else (0, 0))

    def text(self, written: Callable[[int, Part], str]) -> str:
        """Return what is selected, in order; `written` gives the words of a row that has never been alive."""
        if not self._selection.spans_rows:
            return "\n\n".join(view.text.selected_text for _, view in sorted(self._live.items()) if view.has_selection)
        return "\n\n".join(words for row in self._selection.rows if (words := self._words(row, written)))

    def _words(self, row: int, written: Callable[[int, Part], str]) -> str:
        part = self._selection.part_of(row)
        view = self._live.get(row)
        if part is None:
            return ""
        if view is not None and view.is_whole:
            return view.text.selected_text
        kept = self._kept.get(row)
        return kept[1] if kept is not None and kept[0] == part else written(row, part)

    def _begin(self, row: int, position: int) -> None:
        for other, view in self._live.items():
            if other != row:
                view.text.select(0, 0)
        self._kept.clear()
        self._selection.begin(row, position)
        self._pressed = True

    def _release(self) -> None:
        self._pressed = False
        self._timer.stop()

    def _extend(self, pointer: QPoint) -> None:
        """Reach to the place under the pointer (in global coordinates)."""
        self._pointer = pointer
        spanned = self._selection.spans_rows
        place = self._area.viewport().mapFromGlobal(pointer)
        row = self._column.row_at(place.y() + self._area.verticalScrollBar().value())
        if (view := self._live.get(row)) is not None:
            self._selection.extend(row, view.text.position_at(pointer))
        if spanned and not self._selection.spans_rows:
            for other, live in self._live.items():
                if other != row:
                    live.text.select(0, 0)
        self.draw()
        if 0 <= place.y() < self._area.viewport().height():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _scroll(self) -> None:
        y = self._area.viewport().mapFromGlobal(self._pointer).y()
        beyond = y if y < 0 else y - self._area.viewport().height()
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + max(-60, min(60, beyond)))
        self._extend(self._pointer)
