"""The transcript: a column of messages of which only those near the viewport are alive.

Heights of the others are guessed until they are first laid out; when the true height of a row above the viewport
arrives, the bar is moved by the difference, so that the text does not jump. The view follows a growing answer only
if the reader was at the end.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.core.models import ModelFile
from desktop.ui.chat.column import LINE, Column, guess_heights
from desktop.ui.chat.drag import Drag
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.jump_button import JumpButton
from desktop.ui.chat.live_rows import END, LiveRows, Pin
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.renderings import Renderings
from desktop.ui.chat.transcript_model import Change, Changed, Cut, Grown, Reset, TranscriptModel
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.chat.finding import Finding

COLUMN, MARGIN, TOP = 700, 24, 20
EDGE = 40
FLUSH_MS = 33
LETTER = 7
"""Pixels of a letter at a text size of 100 %, on average."""


class TranscriptView(QAbstractScrollArea):
    """Draws the rows of a model.

    Args:
        model: the rows.
        theme: the colours and sizes.
        parent: the widget around it.
        helpers: colour code and draw formulas.
        models: returns the models that may answer again.

    Signals:
        action: what was chosen on a message (copy, read, edit, regenerate, branch, print, export) and a message id.
        again: an answer is wanted once more, and otherwise: its message id and an `Again`.
        link_activated: an address in a message was chosen.
        left: the keyboard went down past the last message.
    """

    action = Signal(str, int)
    again = Signal(int, object)
    link_activated = Signal(str)
    left = Signal()

    def __init__(
        self,
        model: TranscriptModel,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        helpers: Helpers | None = None,
        models: Callable[[], Sequence[ModelFile]] = tuple,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._helpers = helpers
        self._models = models
        self._column = Column(TOP)
        self._rows = LiveRows(self, self._column, self._make, lambda row: self._drag.keeps(row), TOP)
        self._live = self._rows.views
        self._drag = Drag(self, self._live, self._column)
        self._renderings = Renderings(theme)
        self._grown: set[int] = set()
        self._flush_timer = QTimer(self, interval=FLUSH_MS, singleShot=True)
        self._flush_timer.timeout.connect(self.flush)
        self._jump = JumpButton(self)
        self._jump.clicked.connect(self.jump_to_end)
        self._rows.made.connect(self._drag.draw)
        self._rows.dropped.connect(self._drag.leave)
        self._rows.placed.connect(lambda: self._jump.place(wanted=not self.at_end))
        if helpers is not None:
            helpers.formulas.ready.connect(self._fill_formulas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(translate("chat", "Conversation"))
        self.verticalScrollBar().setSingleStep(24)

    @cached_property
    def finding(self) -> "Finding":
        """What finds words; made when it is first asked for."""
        from desktop.ui.chat.finding import Finding  # noqa: PLC0415 - not for the start

        made = Finding(
            self, self._rows, self._column, self._model, self._renderings, self._theme, self._make_room_above
        )
        made.fit()
        return made

    @property
    def at_end(self) -> bool:
        """Whether the reader sees the end."""
        return self._rows.at_end

    @property
    def rows(self) -> LiveRows:
        """The rows that are alive."""
        return self._rows

    def apply(self, change: Change) -> None:
        """Follow the model."""
        match change:
            case Reset():
                self._renderings.forget()
                self._replace_from(0)
                self.jump_to_end()
            case Cut(first, asked):
                self._replace_from(first)
                if asked:
                    self.jump_to_end()
                else:
                    self._rows.place()
            case Grown(row, first):
                self._grown.add(row)
                if first:
                    self.flush()
                elif not self._flush_timer.isActive():
                    self._flush_timer.start()
            case Changed(row):
                self.flush()
                if row in self._live:
                    self._update(self._live[row], row)
                    self._rows.fit(row)
                self._words_changed(row)

    def flush(self) -> None:
        """Draw the words that have arrived."""
        self._flush_timer.stop()
        for row in self._grown:
            if view := self._live.get(row):
                stored = self._model.rows[row]
                view.grow(stored, self._model.thought_seconds(stored))
                self._rows.fit(row)
                self._drag.draw(row)
            self._words_changed(row)
        self._grown.clear()

    def show_message(self, message: int) -> None:
        """Bring a message into sight, at the top of the page when it is not there yet."""
        row = next((at for at, one in enumerate(self._model.rows) if one.id == message), None)
        bar = self.verticalScrollBar()
        if row is not None and not bar.value() <= self._column.top(row) < bar.value() + self.viewport().height() // 2:
            self._rows.pin(Pin(row, lambda: 0, TOP))

    def jump_to_end(self) -> None:
        """Show the end of the conversation."""
        self._rows.pin(END)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours, at the same place; in another size, with the same message at the top."""
        before, self._theme = self._theme, theme
        if self._helpers is not None:
            self._helpers.highlighter.apply_theme(theme)
        if "finding" in self.__dict__:
            self.finding.apply_theme(theme)
        if (before.scale, before.families) == (theme.scale, theme.families):
            self._rows.renew()
            return
        at_end, row = self.at_end, self._column.row_at(self.verticalScrollBar().value())
        self._replace_from(0)
        self._rows.pin(END if at_end else Pin(row, lambda: 0, 0))

    def selected_text(self) -> str:
        """Return what is selected, in order, as it reads on the page."""
        return self._drag.text(lambda row, part: self._renderings.part(self._model.rows[row], part))

    def view_of(self, row: int) -> MessageView | None:
        """Return the live view of a row, after all that is in sight was made."""
        self._rows.settle()
        return self._live.get(row)

    def step(self, down: bool) -> None:
        """Give the keyboard to the next message, or the one before; the first time to the last one."""
        focused = next((row for row, view in self._live.items() if view.holds_focus), None)
        row = len(self._model.rows) - 1 if focused is None else focused + (1 if down else -1)
        if row >= len(self._model.rows) or (focused is None and down):
            self.left.emit()
        elif row >= 0:
            top, bar = self._column.top(row), self.verticalScrollBar()
            if not bar.value() <= top < bar.value() + self.viewport().height() - EDGE:
                self._rows.pin(Pin(row, lambda: 0, TOP))
            if (view := self.view_of(row)) is not None:
                view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _replace_from(self, first: int) -> None:
        self._grown = {row for row in self._grown if row < first}
        self._drag.forget()
        self._rows.replace_from(first)
        px = self._theme.px
        self._rows.width = self._width()
        letters = max(1, self._rows.width // px(LETTER))
        self._column.replace_from(first, guess_heights(self._model.rows[first:], letters, px(LINE)))
        with self._rows.still():
            self._rows.measure()
        if "finding" in self.__dict__:
            self.finding.replace_from(first)

    def _update(self, view: MessageView, row: int) -> None:
        stored = self._model.rows[row]
        view.update_to(stored, self._model.errors.get(stored.id), self._model.thought_seconds(stored))

    def _width(self) -> int:
        px = self._theme.px
        return max(160, min(px(COLUMN), self.viewport().width() - 2 * MARGIN))

    def _make(self, row: int) -> MessageView:
        view = MessageView(self._model.rows[row], self._theme, self.viewport(), self._helpers)
        view.action.connect(self.action)
        view.menu_asked.connect(lambda place, link: self._open_menu(view, place, link))
        view.link_activated.connect(self.link_activated)
        view.resized.connect(lambda: self._resized(view, row))
        view.installEventFilter(self)
        self._update(view, row)
        self._drag.watch(row, view)
        return view

    def _resized(self, view: MessageView, row: int) -> None:
        if self._live.get(row) is view:
            self._rows.fit(row)

    def _words_changed(self, row: int) -> None:
        if "finding" in self.__dict__:
            self.finding.look_again(row)

    def _fill_formulas(self) -> None:
        """Put drawings that have come in the place of their LaTeX."""
        for row, view in list(self._live.items()):
            if view.fill_formulas():
                self._rows.fit(row)
                self._words_changed(row)

    def _open_menu(self, view: MessageView, place: QPoint, link: str) -> None:
        from desktop.ui.chat.message_menu import MessageMenu  # noqa: PLC0415 - not for the start

        menu = MessageMenu(self, view.stored, self._models())
        menu.add_copies(self.selected_text(), link)
        menu.add_deeds(view.is_read)
        menu.chosen.connect(self.action)
        menu.again.connect(self.again)
        menu.open(place)

    def _make_room_above(self, height: int) -> None:
        """Leave room for a bar above the page; the text stays where it is."""
        follow, bar = self.at_end, self.verticalScrollBar()
        grown = height - self.viewportMargins().top()
        self.setViewportMargins(0, height, 0, 0)
        if not follow:
            bar.setValue(bar.value() + grown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows in sight out again; the column is capped, so most resizes lay out nothing."""
        super().resizeEvent(event)
        self._rows.width = self._width()
        self._rows.fit_all()
        if "finding" in self.__dict__:
            self.finding.fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Rows are placed by `LiveRows`; Qt must not move them itself."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring a message that gets the keyboard into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, MessageView) and not self._rows.is_still:
            y = watched.mapTo(self.viewport(), QPoint(0, 0)).y()
            if y < 0 or y > self.viewport().height() - EDGE:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + y - TOP)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys scroll; Ctrl+Up and Ctrl+Down go from message to message; F3 goes on finding."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down if control:
                self.step(event.key() == Qt.Key.Key_Down)
            case Qt.Key.Key_Home:
                self.verticalScrollBar().setValue(0)
            case Qt.Key.Key_End:
                self.jump_to_end()
            case Qt.Key.Key_F3 if "finding" in self.__dict__ and self.finding.is_open:
                self.finding.bar.keyPressEvent(event)
            case Qt.Key.Key_Escape if "finding" in self.__dict__ and self.finding.is_open:
                self.finding.close()
            case _:
                super().keyPressEvent(event)
