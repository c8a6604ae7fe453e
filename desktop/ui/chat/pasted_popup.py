"""A pasted text of the draft, opened to be read and changed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.core.messages import PastedPart
from desktop.ui.chat.pasted_words import name_of
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.popup import Popup

WIDTH = 640
PAUSE_MS = 300
SHARE = 0.5
"""How much of the window's height the text takes."""
EDGE = 16


class PastedPopup(Popup):
    """Shows a pasted text; what is changed in it is kept at once, so that it cannot be lost by closing.

    Signals:
        edited: the part as it was, and as it is now; None when it was emptied.
        put_back: the part whose text shall stand in the question itself.
    """

    edited = Signal(object, object)
    put_back = Signal(object)

    def __init__(self, part: PastedPart, window: QWidget) -> None:
        super().__init__(part.name, min(px(WIDTH), window.width() - 2 * EDGE), window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._part = part
        self.content.setContentsMargins(16, 16, 16, 16)
        self.content.setSpacing(12)
        self.content.addWidget(PlainLabel(part.name, "heading", self))
        self.text = QPlainTextEdit(part.text, self)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(part.name)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(max(px(120), int(window.height() * SHARE)))
        frame = QFrame(self)
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.text)
        self.content.addWidget(frame)
        self.done_button = TextButton(translate("chat", "Done"), "primary", parent=self)
        self.back_button = TextButton(translate("chat", "Move into the question"), "quiet", parent=self)
        self.done_button.clicked.connect(self.close)
        self.back_button.clicked.connect(self._put_back)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.done_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.content.addLayout(row)
        self.setFocusProxy(self.text)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._keep)
        self.text.textChanged.connect(self._timer.start)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was changed; a text without words goes away."""
        super().hideEvent(event)
        self._keep()
        if not self._part.text.strip():
            self.edited.emit(self._part, None)

    def _keep(self) -> None:
        self._timer.stop()
        text = self.text.toPlainText()
        if text != self._part.text:
            before, self._part = self._part, PastedPart(name_of(text), text)
            self.edited.emit(before, self._part)

    def _put_back(self) -> None:
        self._keep()
        self.put_back.emit(self._part)
        self.close()
