"""Where a question is written: grows with its text, sends, stops a running answer."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.drafts import Draft
from desktop.core.settings import SendKey
from desktop.ui.assets import IconName
from desktop.ui.chat.asked_scope import AskedScope
from desktop.ui.chat.attachment_notes import AttachmentNotes
from desktop.ui.chat.attachment_strip import AttachmentStrip
from desktop.ui.chat.composer_text import MARGIN, ComposerText
from desktop.ui.chat.pasted_chips import PastedChips
from desktop.ui.chat.pasted_opening import PastedOpening
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.spoken import say

DRAFT_MS = 600
SIDE = 34
SHARE = 0.4
"""How much of the window the text may take before it scrolls."""


class Composer(QFrame):
    """A rounded box with the files, the pasted texts, the words and the button that sends.

    Signals:
        submitted: the draft to send.
        stop_requested: the running answer shall stop.
        edit_left: editing an earlier question was given up.
        draft_changed: the draft stood still for a moment, or was flushed.
        changed: the draft is another one now.
        leaving: the draft is about to be sent, or to give its place to another.
    """

    submitted = Signal(object)
    stop_requested = Signal()
    edit_left = Signal()
    draft_changed = Signal(object)
    changed = Signal()
    leaving = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "composer")
        self.ready = False
        """Whether there is a conversation to ask in; until then what is typed waits."""
        self._running = False
        self._sending = False
        self._editing = False
        self._blocked = ""
        self.asked = AskedScope(self)
        self.asked.chosen.connect(self._changed)
        self.strip = AttachmentStrip(self)
        self.strip.changed.connect(self._changed)
        self.notes = AttachmentNotes(self)
        self.text = ComposerText(self)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(translate("chat", "Your question"))
        self.text.setTabChangesFocus(True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.entered.connect(self._enter)
        self.text.textChanged.connect(self._changed)
        self.text.escaped.connect(self._leave_edit)
        self.text.resized.connect(self.fit)
        self.chips = PastedChips(self)
        self.chips.changed.connect(self._changed)
        self._pasted = PastedOpening(self.chips, self.text)
        self._mode = PlainLabel("", "small", self)
        self._leave = IconButton("close", translate("chat", "Do not edit"), self)
        self._leave.clicked.connect(self._leave_edit)
        self.add_button = IconButton("paperclip", translate("chat", "Add files or a picture"), self)
        self.add_button.hide()
        self.button = IconButton("send", translate("chat", "Send"), self, "on_accent")
        self.button.setProperty("role", "send")
        self.button.clicked.connect(self._press)
        self._draft_timer = QTimer(self, interval=DRAFT_MS, singleShot=True)
        self._draft_timer.timeout.connect(self._keep)
        self._square: list[QWidget] = [self.add_button, self.button]
        self.setFocusProxy(self.text)
        self._words = QVBoxLayout()
        self._bottom = QHBoxLayout()
        self._lay_out()
        self.set_send_key(SendKey.ENTER)
        self._changed()
        self._draft_timer.stop()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._mode, 1)
        top.addWidget(self._leave)
        top.setContentsMargins(MARGIN, 0, 0, 0)
        beside = QVBoxLayout()
        beside.setContentsMargins(2, 0, 2, 2)
        for one in (self.strip, self.notes, self.chips):
            beside.addWidget(one)
        self._words.setSpacing(0)
        self._words.addWidget(self.text)
        self._bottom.setSpacing(4)
        self._bottom.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        self._bottom.addLayout(self._words, 1)
        self._bottom.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 9, 9, 9)
        column.setSpacing(2)
        for line in (top, beside, self._bottom):
            column.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._mode.hide()
        self._leave.hide()
        self._scale()

    def add_corner(self, widget: QWidget) -> None:
        """Put something small below the words, beside the button."""
        corner = QHBoxLayout()
        corner.setContentsMargins(MARGIN, 0, 0, 0)  # margins above and below would stay when the widget is hidden
        corner.addWidget(widget)
        self._words.addLayout(corner)

    def add_beside(self, widget: QWidget) -> None:
        """Put a button beside the one that sends, before it."""
        self._bottom.insertWidget(self._bottom.count() - 1, widget, 0, Qt.AlignmentFlag.AlignBottom)
        self._square.append(widget)
        self._scale()

    def show_instead(self, panel: QWidget, *hidden: QWidget) -> None:
        """Show a panel in the place of the words and the button that sends; hide these others too."""
        for one in (self.text, self.button, *hidden):
            one.hide()
        self._words.insertWidget(0, panel)
        panel.show()
        self.setFocusProxy(panel)

    def show_again(self, panel: QWidget, *hidden: QWidget) -> None:
        """Show the words and the button again, and these others."""
        panel.hide()
        self._words.removeWidget(panel)
        for one in (self.text, self.button, *hidden):
            one.show()
        self.setFocusProxy(self.text)

    @property
    def is_editing(self) -> bool:
        """Whether an earlier question is being changed."""
        return self._editing

    @property
    def draft(self) -> Draft:
        """What is written."""
        strip = self.strip
        return Draft(self.text.toPlainText(), self.chips.parts, strip.parts, strip.documents, self.asked.scope)

    def set_draft(self, draft: Draft) -> None:
        """Put this draft in, as if it had always been there."""
        self.chips.show_parts(draft.pasted)
        self.strip.show_parts(draft.attached, draft.documents)
        self.asked.choose(draft.scope)
        self.text.setPlainText(draft.text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self._draft_timer.stop()

    def set_running(self, on: bool) -> None:
        """Turn the button into a stop button, or back."""
        self._running = on
        self.ready = True
        name: IconName = "stop" if on else "send"
        self.button.set_icon(name)
        self._enable()

    def set_sending(self, on: bool) -> None:
        """Send nothing more while a question is on its way to the store."""
        self._sending = on
        self._enable()

    def set_blocked(self, reason: str) -> None:
        """Send nothing for this reason; empty: whatever was in the way is gone."""
        if reason != self._blocked:
            self._blocked = reason
            self._enable()

    def set_send_key(self, key: SendKey) -> None:
        """Send with this key."""
        self.text.send_key = key
        if key is SendKey.ENTER:
            words = translate("chat", "Ask anything. Shift+Enter for a new line")
        else:
            keys = QKeySequence("Ctrl+Enter").toString(QKeySequence.SequenceFormat.NativeText)
            words = translate("chat", "Ask anything. {keys} sends", keys=keys)
        self.text.setPlaceholderText(words)

    def begin_edit(self, draft: Draft) -> None:
        """Change an earlier question."""
        self.leaving.emit()
        self.flush()
        self._set_editing(True)
        self.set_draft(draft)
        self.text.setFocus()

    def end_edit(self) -> None:
        """Write a new question again."""
        self._set_editing(False)

    def flush(self) -> None:
        """Hand the draft out now, if it is waiting."""
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self._keep()

    def fit(self) -> None:
        """Be as high as the words need, as far as the window has room."""
        self.text.fit(px(SIDE), int(self.window().height() * SHARE))

    def _set_editing(self, on: bool) -> None:
        self._editing = on
        self.text.takes_escape = on
        self._mode.setText(translate("chat", "Ask again in other words; what was there stays as a branch"))
        self._mode.setVisible(on)
        self._leave.setVisible(on)

    def _leave_edit(self) -> None:
        self.leaving.emit()
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
        self.leaving.emit()
        draft = self.draft
        if self._blocked:
            say(self.text, self._blocked)
        elif draft.can_be_sent and self.ready and not self._sending:
            self.set_draft(Draft(scope=draft.scope))
            self.submitted.emit(draft)

    def _changed(self) -> None:
        self._enable()
        self.fit()
        if not self._editing:
            self._draft_timer.start()
        self.changed.emit()

    def _keep(self) -> None:
        if self.ready and not self._editing:
            self.draft_changed.emit(self.draft)

    def _enable(self) -> None:
        can_send = self.ready and not self._sending and not self._blocked and self.draft.can_be_sent
        self.button.setEnabled(self._running or can_send)
        words = self._blocked or translate("chat", "Send")
        self.button.set_label(translate("chat", "Stop (Esc)") if self._running else words)

    def _scale(self) -> None:
        for button in self._square:
            button.setFixedSize(QSize(px(SIDE), px(SIDE)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: the field is see-through on its box, and as large as the text is."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            palette = self.text.palette()
            palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
            self.text.setPalette(palette)
        elif event.type() == QEvent.Type.StyleChange:
            self._scale()
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the box is a click into the text."""
        super().mousePressEvent(event)
        self.setFocus()
