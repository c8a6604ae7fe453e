"""Selecting across messages with the mouse: keeps the selection, draws it, scrolls at the edges."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.ui.chat.column import Column
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.selection import Selection

SCROLL_MS = 30


class Drag(QObject):
    """Watches the messages of one transcript. Inside one message the text's own selection is used as it is."""

    def __init__(self, area: QAbstractScrollArea, live: dict[int, MessageView], column: Column) -> None:
        super().__init__(area)
        self._area = area
        self._live = live
        self._column = column
        self._selection = Selection()
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

    def forget(self) -> None:
        """Select nothing."""
        for view in self._live.values():
            view.select(0, 0)
        self._selection.clear()
        self._release()

    def draw(self, *rows: int) -> None:
        """Show the selection on these rows, on all that live by default."""
        if self._selection.spans_rows:
            for row in rows or tuple(self._live):
                if (view := self._live.get(row)) is not None:
                    part = self._selection.part_of(row)
                    view.select(*(part.start, part.end) if part else (0, 0))

    def text(self, written: Callable[[int], str]) -> str:
        """Return what is selected, in order; `written` gives the words of a message that is not alive."""
        if not self._selection.spans_rows:
            return "\n\n".join(view.selected_text for _, view in sorted(self._live.items()) if view.selected_text)
        parts = (self._live[row].selected_text if row in self._live else written(row) for row in self._selection.rows)
        return "\n\n".join(part for part in parts if part)

    def _begin(self, row: int, position: int) -> None:
        for other, view in self._live.items():
            if other != row:
                view.select(0, 0)
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
            self._selection.extend(row, view.position_at(pointer))
        if spanned and not self._selection.spans_rows:
            for other, live in self._live.items():
                if other != row:
                    live.select(0, 0)
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
