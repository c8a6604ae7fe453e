"""The transcript: a column of messages of which only those near the viewport are alive.

Heights of the others are guessed until they are first laid out; when the true height of a row above the viewport
arrives, the bar is moved by the difference, so that the text does not jump. The view follows a growing answer only
if the reader was at the end. Rows in sight are made at once, their neighbours one a tick.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.ui.chat.column import Column, guess_height
from desktop.ui.chat.drag import Drag
from desktop.ui.chat.jump_button import JumpButton
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.transcript_model import Change, Changed, Cut, Grown, Reset, TranscriptModel
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme

COLUMN, MARGIN, TOP = 700, 24, 20
FLUSH_MS = 33
NEAR = 600
"""Pixels above and below the viewport in which rows are alive."""
AT_END = 40
ROUNDS = 8
"""Rows that come alive have other heights than guessed; so often is looked again, at most, what is in sight now."""


class TranscriptView(QAbstractScrollArea):
    """Draws the rows of a model.

    Signals:
        action: what was chosen on a message (copy, copy:N, edit, regenerate, branch) and a message id.
        link_activated: an address in a message was chosen.
        left: the keyboard went down past the last message.
    """

    action = Signal(str, int)
    link_activated = Signal(str)
    left = Signal()

    def __init__(self, model: TranscriptModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._live: dict[int, MessageView] = {}
        self._column = Column(TOP)
        self._grown: set[int] = set()
        self._settling = False
        self._flush_timer = QTimer(self, interval=FLUSH_MS, singleShot=True)
        self._flush_timer.timeout.connect(self.flush)
        self._near_timer = QTimer(self, interval=0, singleShot=True)
        self._near_timer.timeout.connect(self._work_ahead)
        self._drag = Drag(self, self._live, self._column)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(translate("chat", "Conversation"))
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(lambda: self._place())
        self._jump = JumpButton(self)
        self._jump.clicked.connect(self.jump_to_end)

    @property
    def at_end(self) -> bool:
        """Whether the reader sees the end."""
        return self.verticalScrollBar().value() >= self.verticalScrollBar().maximum() - AT_END

    def apply(self, change: Change) -> None:
        """Follow the model."""
        match change:
            case Reset():
                self._replace_from(0)
                self.jump_to_end()
            case Cut(first, asked):
                self._replace_from(first)
                if asked:
                    self.jump_to_end()
                else:
                    self._place()
            case Grown(row, first):
                self._grown.add(row)
                if first:
                    self.flush()
                elif not self._flush_timer.isActive():
                    self._flush_timer.start()
            case Changed(row):
                self.flush()
                if row in self._live:
                    self._update(row)
                    self._fit(row)

    def flush(self) -> None:
        """Draw the words that have arrived."""
        self._flush_timer.stop()
        for row in self._grown:
            if view := self._live.get(row):
                view.grow(self._model.rows[row])
                self._fit(row)
        self._grown.clear()

    def show_message(self, message: int) -> None:
        """Bring a message into sight, at the top of the page when it is not there yet."""
        row = next((at for at, one in enumerate(self._model.rows) if one.id == message), None)
        bar = self.verticalScrollBar()
        if row is not None and not bar.value() <= self._column.top(row) < bar.value() + self.viewport().height() // 2:
            for _ in range(ROUNDS):
                bar.setValue(self._column.top(row) - TOP)
                self._place()

    def jump_to_end(self) -> None:
        """Show the end of the conversation."""
        for _ in range(ROUNDS):
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            self._place()
            if self.verticalScrollBar().value() == self.verticalScrollBar().maximum():
                break

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours, at the same place."""
        self._theme = theme
        for view in self._live.values():
            view.apply_theme(theme)
        self._drag.draw()

    def selected_text(self) -> str:
        """Return what is selected, in order; of messages that are out of sight, what was written."""
        return self._drag.text(lambda row: self._model.rows[row].message.text)

    def view_of(self, row: int) -> MessageView | None:
        """Return the live view of a row."""
        return self._live.get(row)

    def step(self, down: bool) -> None:
        """Give the keyboard to the next message, or the one before; the first time to the last one."""
        focused = next((row for row, view in self._live.items() if view.holds_focus), None)
        row = len(self._model.rows) - 1 if focused is None else focused + (1 if down else -1)
        if row >= len(self._model.rows) or (focused is None and down):
            self.left.emit()
        elif row >= 0:
            self._make(row)
            self._place()
            self._live[row].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _replace_from(self, first: int) -> None:
        self._grown.clear()
        self._drag.forget()
        with self._still():
            for row in [one for one in self._live if one >= first]:
                self._drop(row)
        letters = self._width() // 7
        self._column.replace_from(first, [guess_height(one.message.text, letters) for one in self._model.rows[first:]])
        self._measure()

    def _update(self, row: int) -> None:
        stored = self._model.rows[row]
        self._live[row].update_to(stored, self._model.errors.get(stored.id))

    def _fit(self, row: int) -> None:
        """Give a row its true height; stay at the end if the reader was there, or where the text was."""
        follow = self.at_end
        if self._learn(row) and follow:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._place()
        self._drag.draw(row)

    def _learn(self, row: int) -> bool:
        """Lay a live row out and take its height; what lies below does not move for a row above the viewport."""
        bar = self.verticalScrollBar()
        above = self._column.top(row) + self._column.height(row) // 2 < bar.value()
        view, known = self._live[row], self._column.height(row)
        height = view.fit(self._width())
        difference = self._column.set_height(row, height if view.is_whole else max(height, known))
        if difference:
            self._measure()
            if above:
                bar.setValue(bar.value() + difference)
        return bool(difference)

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, self._column.end + TOP - self.viewport().height()))

    def _width(self) -> int:
        return max(160, min(COLUMN, self.viewport().width() - 2 * MARGIN))

    def _near(self, margin: int) -> range:
        offset = self.verticalScrollBar().value()
        return self._column.between(offset - margin, offset + self.viewport().height() + margin)

    def _place(self) -> None:
        """Bring the rows in sight to life, put all in their places, let the far ones go."""
        if self._settling:
            return
        with self._still():
            for _ in range(ROUNDS):
                if not (missing := [row for row in self._near(0) if row not in self._live]):
                    break
                for row in missing:
                    self._make(row)
        near = self._near(NEAR)
        for row in [one for one in self._live if one not in near]:
            if not self._live[row].holds_focus and not self._drag.keeps(row):
                self._drop(row)
        offset, width = self.verticalScrollBar().value(), self._width()
        left = (self.viewport().width() - width) // 2
        for row, view in self._live.items():
            view.setGeometry(left, self._column.top(row) - offset, width, self._column.height(row))
        if any(row not in self._live or not self._live[row].is_whole for row in near):
            self._near_timer.start()
        self._jump.place(wanted=not self.at_end)

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Let the bar move without rows being placed meanwhile."""
        settling, self._settling = self._settling, True
        try:
            yield
        finally:
            self._settling = settling

    def _work_ahead(self) -> None:
        """Write one slice of what is in sight or near, or make one neighbour."""
        rows = (*self._near(0), *self._near(NEAR))
        row = next((one for one in rows if one not in self._live or not self._live[one].is_whole), None)
        if row is None:
            return
        if row in self._live:
            self._live[row].write_more()
            self._live[row].setVisible(self._live[row].is_whole)
        else:
            follow = self.at_end
            self._make(row)
            if follow:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._fit(row)

    def _make(self, row: int) -> None:
        if row in self._live:
            return
        view = MessageView(self._model.rows[row], self._theme, self.viewport())
        view.action.connect(self.action)
        view.link_activated.connect(self.link_activated)
        view.resized.connect(lambda: self._fit(row))
        view.installEventFilter(self)
        self._live[row] = view
        self._update(row)
        self._drag.watch(row, view)
        with self._still():
            self._learn(row)
        view.lower()
        view.setVisible(view.is_whole)
        self._drag.draw(row)

    def _drop(self, row: int) -> None:
        view = self._live.pop(row)
        if view.holds_focus:
            self.setFocus()
        view.hide()
        view.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the live rows out again; the column is capped, so most resizes lay out nothing."""
        super().resizeEvent(event)
        follow = self.at_end
        with self._still():
            for row in list(self._live):
                self._learn(row)
            self._measure()
        self._place()
        if follow and not self._settling:
            self.jump_to_end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Rows are placed by `_place`; Qt must not move them itself."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring a message that gets the keyboard into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, MessageView) and not self._settling:
            y = watched.mapTo(self.viewport(), QPoint(0, 0)).y()
            if y < 0 or y > self.viewport().height() - 40:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + y - TOP)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys scroll; Ctrl+Up and Ctrl+Down go from message to message."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down if control:
                self.step(event.key() == Qt.Key.Key_Down)
            case Qt.Key.Key_Home:
                self.verticalScrollBar().setValue(0)
            case Qt.Key.Key_End:
                self.jump_to_end()
            case _:
                super().keyPressEvent(event)
