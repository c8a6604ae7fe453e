"""The transcript: a column of messages of which only those near the viewport are alive.

Heights of the others are estimated until they are first laid out; when the true height of a row above the viewport
arrives, the bar is moved by the difference, so that the text does not jump. The view follows a growing answer only
if the reader was at the end.
"""

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.core.conversations import StoredMessage
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.transcript_model import Change, Changed, Cut, Grown, Reset, TranscriptModel
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import IconButton

COLUMN = 700
MARGIN = 24
TOP = 20
FLUSH_MS = 33
NEAR = 600
"""Pixels above and below the viewport in which rows are alive."""
AT_END = 40


class TranscriptView(QAbstractScrollArea):
    """Draws the rows of a model.

    Signals:
        action: what was chosen on a message (copy, copy:N, edit, regenerate, branch) and a message id.
        link_activated: an address in a message was chosen.
    """

    action = Signal(str, int)
    link_activated = Signal(str)

    def __init__(self, model: TranscriptModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._live: dict[int, MessageView] = {}
        self._heights: list[int] = []
        self._tops: list[int] = [TOP]
        self._waiting: list[Grown] = []
        self._flush_timer = QTimer(self, interval=FLUSH_MS, singleShot=True)
        self._flush_timer.timeout.connect(self.flush)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(translate("chat", "Conversation"))
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._jump = IconButton("arrow-down", translate("chat", "Jump to the latest"), self)
        self._jump.setProperty("role", "jump")
        self._jump.clicked.connect(self.jump_to_end)
        self._jump.hide()

    @property
    def at_end(self) -> bool:
        """Whether the reader sees the end."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - AT_END

    def apply(self, change: Change) -> None:
        """Follow the model."""
        match change:
            case Reset():
                self._replace_from(0)
                self.jump_to_end()
            case Cut(first):
                self._replace_from(first)
                self.jump_to_end()
            case Grown():
                self._waiting.append(change)
                if len(self._model.rows[change.row].message.text) == len(change.text):  # the first words
                    self.flush()
                elif not self._flush_timer.isActive():
                    self._flush_timer.start()
            case Changed(row):
                self.flush()
                self._refresh(row)

    def flush(self) -> None:
        """Draw the text that has arrived."""
        self._flush_timer.stop()
        if not self._waiting:
            return
        row, text = self._waiting[0].row, "".join(one.text for one in self._waiting)
        self._waiting.clear()
        view = self._live.get(row)
        if view is None:
            return
        view.append(text)
        self._fit(row, view)

    def show_message(self, message: int) -> None:
        """Scroll a message to the top of the page."""
        for row, stored in enumerate(self._model.rows):
            if stored.id == message:
                self._settle(row)
                self.verticalScrollBar().setValue(self._tops[row] - TOP)
                self._settle(row)
                self.verticalScrollBar().setValue(self._tops[row] - TOP)

    def jump_to_end(self) -> None:
        """Show the end of the conversation."""
        for _ in range(3):  # rows that come alive may be taller than estimated
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            self._place()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours, at the same place."""
        self._theme = theme
        for view in self._live.values():
            view.apply_theme(theme)
        self._place()

    def selected_text(self) -> str:
        """Return what is selected, in order."""
        return "\n\n".join(view.selected_text for _, view in sorted(self._live.items()) if view.selected_text)

    def view_of(self, row: int) -> MessageView | None:
        """Return the live view of a row."""
        return self._live.get(row)

    def _replace_from(self, first: int) -> None:
        self._waiting.clear()
        for row in [one for one in self._live if one >= first]:
            self._drop(row)
        self._heights[first:] = [self._estimate(one) for one in self._model.rows[first:]]
        self._measure()
        self._place()

    def _estimate(self, stored: StoredMessage) -> int:
        text = stored.message.text
        return 58 + 21 * (len(text) // max(self._width() // 7, 1) + text.count("\n") + 1)

    def _refresh(self, row: int) -> None:
        view = self._live.get(row)
        if view is not None:
            stored = self._model.rows[row]
            view.update_to(stored, self._model.errors.get(stored.id))
            self._fit(row, view)

    def _fit(self, row: int, view: MessageView) -> None:
        """Give a row its true height; stay at the end if the reader was there, or where the text was."""
        was_at_end, height = self.at_end, view.fit(self._width())
        if height != self._heights[row]:
            above = self._tops[row] + self._heights[row] <= self.verticalScrollBar().value()
            difference = height - self._heights[row]
            self._heights[row] = height
            self._measure()
            bar = self.verticalScrollBar()
            if was_at_end:
                bar.setValue(bar.maximum())
            elif above:
                bar.setValue(bar.value() + difference)
        self._place()

    def _measure(self) -> None:
        self._tops = list(accumulate(self._heights, initial=TOP))
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, self._tops[-1] + TOP - self.viewport().height()))

    def _width(self) -> int:
        return max(160, min(COLUMN, self.viewport().width() - 2 * MARGIN))

    def _place(self) -> None:
        """Bring rows near the viewport to life, put them in their places, let the far ones go."""
        offset = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, offset - NEAR) - 1)
        last = min(len(self._heights), bisect_right(self._tops, offset + self.viewport().height() + NEAR))
        for row in [one for one, view in self._live.items() if not first <= one < last and not view.is_busy]:
            self._drop(row)
        left = (self.viewport().width() - self._width()) // 2
        for row in range(first, last):
            view = self._live.get(row) or self._make(row)
            view.setGeometry(left, self._tops[row] - offset, self._width(), self._heights[row])
        for row, view in self._live.items():
            if not first <= row < last:
                view.move(left, self._tops[row] - offset)
        self._place_jump()

    def _settle(self, row: int) -> None:
        if row not in self._live:
            self._make(row)

    def _make(self, row: int) -> MessageView:
        stored = self._model.rows[row]
        view = MessageView(stored, self._theme, self.viewport())
        view.update_to(stored, self._model.errors.get(stored.id))
        view.action.connect(self.action)
        view.link_activated.connect(self.link_activated)
        view.resized.connect(lambda: self._fit(row, view))
        view.installEventFilter(self)
        self._live[row] = view
        height = view.fit(self._width())
        if height != self._heights[row]:
            bar = self.verticalScrollBar()
            above = self._tops[row] < bar.value()
            difference = height - self._heights[row]
            self._heights[row] = height
            bar.blockSignals(True)
            self._measure()
            if above:
                bar.setValue(bar.value() + difference)
            bar.blockSignals(False)
        view.show()
        return view

    def _drop(self, row: int) -> None:
        view = self._live.pop(row)
        view.hide()
        view.deleteLater()

    def _scrolled(self) -> None:
        self._place()

    def _place_jump(self) -> None:
        self._jump.setVisible(not self.at_end)
        self._jump.adjustSize()
        size = self._jump.size()
        self._jump.move((self.width() - size.width()) // 2, self.viewport().height() - size.height() - 8)
        self._jump.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the visible rows out again; the column is capped, so most resizes lay out nothing."""
        super().resizeEvent(event)
        was_at_end = self.at_end
        for row, view in self._live.items():
            self._heights[row] = view.fit(self._width())
        self._measure()
        self._place()
        if was_at_end:
            self.jump_to_end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Rows are placed by `_place`; Qt must not move them itself."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring a message that gets the keyboard into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, MessageView):
            y = watched.mapTo(self.viewport(), QPoint(0, 0)).y()
            if y < 0 or y > self.viewport().height() - 40:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + y - TOP)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys scroll; Ctrl+Up and Ctrl+Down go from message to message."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif event.key() == Qt.Key.Key_End:
            self.jump_to_end()
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        if not self._model.rows:
            return
        focused = next(
            (row for row, view in self._live.items() if view.isAncestorOf(self.focusWidget()) or view.hasFocus()), None
        )
        row = len(self._model.rows) - 1 if focused is None else focused + step
        if 0 <= row < len(self._model.rows):
            self._settle(row)
            self._place()
            self._live[row].setFocus(Qt.FocusReason.ShortcutFocusReason)
