"""Where a question is written: grows with its text, sends with Enter, stops a running answer."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.assets import IconName
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel

DRAFT_MS = 600
MINIMUM = 46
MARGIN = 7
"""Space around the text of the field: one line stands in the middle beside the button."""
SHARE = 0.4
"""How much of the window the text may take before it scrolls."""


class ComposerText(QPlainTextEdit):
    """The text field. Enter sends, Shift+Enter makes a new line; an input method's Enter is its own.

    Signals:
        entered: Enter was pressed.
        escaped: Esc was pressed while `takes_escape`.
        resized: it got another width, so its text may need another height.
    """

    entered = Signal()
    escaped = Signal()
    resized = Signal()

    takes_escape = False
    """Whether Esc means something here, rather than to the window."""
    _composing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter; leave Ctrl+Up and Ctrl+Down, which go from message to message, to the page."""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not self._composing:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.takes_escape:
            self.escaped.emit()
        elif control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc from the window's shortcut when it is ours."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.takes_escape
        ):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the lines may break elsewhere now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()


class Composer(QFrame):
    """A rounded box with the text and one button.

    Signals:
        submitted: the text to send.
        stop_requested: the running answer shall stop.
        edit_left: editing an earlier question was given up.
        draft_changed: the text stood still for a moment, or was flushed.
    """

    submitted = Signal(str)
    stop_requested = Signal()
    edit_left = Signal()
    draft_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "composer")
        self.ready = False
        """Whether there is a conversation to ask in; until then what is typed waits."""
        self._running = False
        self._editing = False
        self.text = ComposerText(self)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setPlaceholderText(translate("chat", "Ask anything. Shift+Enter for a new line"))
        self.text.setAccessibleName(translate("chat", "Your question"))
        self.text.setTabChangesFocus(True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(MARGIN)
        self.text.entered.connect(self._enter)
        self.text.textChanged.connect(self._changed)
        self.text.escaped.connect(self._leave_edit)
        self.text.resized.connect(self._grow)
        self._mode = PlainLabel("", "small", self)
        self._leave = IconButton("close", translate("chat", "Do not edit"), self)
        self._leave.clicked.connect(self._leave_edit)
        self.button = IconButton("send", translate("chat", "Send"), self, "on_accent")
        self.button.setProperty("role", "send")
        self.button.setFixedSize(QSize(34, 34))
        self.button.clicked.connect(self._press)
        self._draft_timer = QTimer(self, interval=DRAFT_MS, singleShot=True)
        self._draft_timer.timeout.connect(self._keep)
        self._lay_out()
        self._changed()
        self._draft_timer.stop()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._mode, 1)
        top.addWidget(self._leave)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.text, 1)
        bottom.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 9, 9, 9)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(bottom)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._mode.hide()
        self._leave.hide()

    @property
    def is_editing(self) -> bool:
        """Whether an earlier question is being changed."""
        return self._editing

    def set_text(self, text: str) -> None:
        """Put this text in, as if it had always been there."""
        self.text.setPlainText(text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self._draft_timer.stop()

    def set_running(self, on: bool) -> None:
        """Turn the button into a stop button, or back."""
        self._running = on
        self.ready = True
        name: IconName = "stop" if on else "send"
        self.button.set_icon(name)
        self.button.set_label(translate("chat", "Stop (Esc)") if on else translate("chat", "Send"))
        self._enable()

    def begin_edit(self, text: str) -> None:
        """Change an earlier question."""
        self.flush()
        self._set_editing(True)
        self.set_text(text)
        self.text.setFocus()

    def end_edit(self) -> None:
        """Write a new question again."""
        self._set_editing(False)

    def flush(self) -> None:
        """Hand the draft out now, if it is waiting."""
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self._keep()

    def _set_editing(self, on: bool) -> None:
        self._editing = on
        self.text.takes_escape = on
        self._mode.setText(translate("chat", "Ask again in other words; what was there stays as a branch"))
        self._mode.setVisible(on)
        self._leave.setVisible(on)

    def _leave_edit(self) -> None:
        self._set_editing(False)
        self.edit_left.emit()

    def _press(self) -> None:
        if self._running:
            self.stop_requested.emit()
        else:
            self._submit()

    def _enter(self) -> None:
        if not self._running:
            self._submit()

    def _submit(self) -> None:
        text = self.text.toPlainText()
        if text.strip() and self.ready:
            self._draft_timer.stop()
            self.text.clear()
            self._draft_timer.stop()
            self.submitted.emit(text)

    def _changed(self) -> None:
        self._enable()
        self._grow()
        if not self._editing:
            self._draft_timer.start()

    def _keep(self) -> None:
        if self.ready and not self._editing:
            self.draft_changed.emit(self.text.toPlainText())

    def _enable(self) -> None:
        self.button.setEnabled(self._running or (self.ready and bool(self.text.toPlainText().strip())))

    def _grow(self) -> None:
        lines = int(self.text.document().size().height())
        wanted = lines * self.text.fontMetrics().lineSpacing() + 2 * MARGIN + 4
        room = int(self.window().height() * SHARE)
        self.text.setFixedHeight(max(MINIMUM - 12, min(wanted, room)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: the field is see-through on its box."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            palette = self.text.palette()
            palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
            self.text.setPalette(palette)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the box is a click into the text."""
        super().mousePressEvent(event)
        self.text.setFocus()
