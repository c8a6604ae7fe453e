"""The field a question is written in: which keys send, what may be pasted and dropped."""

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFontMetricsF, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.core.settings import SendKey
from desktop.ui.chat.incoming import brings_files
from desktop.ui.i18n import is_right_to_left

LONG_LETTERS = 2_000
LONG_LINES = 40
"""A pasted text above either is long: it would stand in the way of the question."""
HUGE_LETTERS = 50_000
"""More than the field can take without a pause."""
LOOK = 200
"""Letters by which the direction is known."""

MARGIN = 7
"""Space around the words of common size."""
SLACK = 4
"""Pixels more than several lines need: a field that scrolls by one is restless."""


class ComposerText(QPlainTextEdit):
    """The text field. Enter or Ctrl+Enter sends, as the person chose; an input method's Enter is its own.

    Signals:
        entered: the key that sends was pressed.
        escaped: Esc was pressed while `takes_escape`.
        resized: it got another width, so its text may need another height.
        pasted: a long text was pasted or dropped; where it begins and where it ends.
        brought: files or a picture were pasted while `takes_files`.
        put_aside: a huge text was pasted or dropped while `puts_aside`; it is not in the field.
    """

    entered = Signal()
    escaped = Signal()
    resized = Signal()
    pasted = Signal(int, int)
    put_aside = Signal(str)
    brought = Signal(object)

    takes_escape = False
    """Whether Esc means something here, rather than to the window."""
    puts_aside = False
    """Whether somebody takes huge texts."""
    takes_files = False
    """Whether somebody takes files."""
    send_key = SendKey.ENTER
    _composing = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self._align)
        self._align()

    def fit(self, least: int, most: int) -> None:
        """Be as high as the words need, between these; one line stands in the middle of the least height."""
        document, metrics = self.document(), QFontMetricsF(self.font())
        line = ceil(metrics.ascent()) + ceil(metrics.descent()) + max(0, ceil(metrics.leading()))  # as it is laid out
        margin = (least - line) // 2 - 1
        if document.documentMargin() != margin:
            document.setDocumentMargin(margin)
        lines = int(document.size().height())
        wanted = lines * line + 2 * margin + (SLACK if lines > 1 else 0)
        self.setFixedHeight(max(least, min(wanted, most)))

    def put(self, words: str) -> None:
        """Write this instead of what is there; undo brings that back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on the key that sends; leave Ctrl+Up and Ctrl+Down, which go from message to message, to the page."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._sends(event) and not self._composing:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.takes_escape:
            self.escaped.emit()
        elif control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _sends(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier:
            return self.send_key is SendKey.ENTER
        return held == Qt.KeyboardModifier.ControlModifier

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text, and files where somebody wants them; here they would only leave their name."""
        return self.takes_files if brings_files(source) else source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a text as it is, and tell when it is long."""
        if brings_files(source):
            self.brought.emit(source)
            return
        text = source.text()
        if len(text) > HUGE_LETTERS and self.puts_aside:
            self.put_aside.emit(text)
            return
        start = self.textCursor().selectionStart()
        super().insertFromMimeData(source)
        if len(text) > LONG_LETTERS or text.count("\n") >= LONG_LINES:
            self.pasted.emit(start, self.textCursor().position())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to the page, which takes them everywhere."""
        if brings_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def _align(self) -> None:
        """Begin the lines where the script of the first one begins; Qt does not do so by itself in this field."""
        first = self.document().firstBlock().text()[:LOOK]
        right = is_right_to_left(first) if first.strip() else self.isRightToLeft()
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        if option.alignment() != side:
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)

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
