"""The conversation on paper or as a PDF file: put together in slices, printed where the person says."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFont, QGuiApplication, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from desktop.core.conversations import StoredMessage
from desktop.core.messages import Role
from desktop.ui.chat import notes
from desktop.ui.i18n import translate

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS, TITLE_POINTS, NAME_POINTS, SMALL_POINTS = 10, 16, 11, 8

AskPrinter = Callable[[QWidget], "QPrinter | None"]


def ask_printer(parent: QWidget) -> "QPrinter | None":
    """Let the person choose a printer or a PDF file; None when they leave the dialog."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - printing is rare and slow to load

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    return printer if QPrintDialog(printer, parent).exec() else None


class Paper(QObject):
    """Prints a conversation: one message a turn is put into the document, so that the window stays awake.

    Args:
        parent: the widget over which the dialog opens.
        ask: lets the person choose a printer.
    """

    def __init__(self, parent: QWidget, ask: AskPrinter = ask_printer) -> None:
        super().__init__(parent)
        self._over = parent
        self._ask = ask
        self._printer: QPrinter | None = None
        self._document = QTextDocument()
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    @property
    def is_busy(self) -> bool:
        """Whether a conversation is being put together."""
        return self._timer.isActive()

    def print_out(self, title: str, rows: Sequence[StoredMessage]) -> None:
        """Ask for a printer and print these messages."""
        if self.is_busy or (printer := self._ask(self._over)) is None:
            return
        self._printer = printer
        self._printer.setDocName(title)
        self._document = QTextDocument()
        self._steps = write(self._document, title, tuple(rows))
        self._timer.start()

    def _step(self) -> None:
        for _ in self._steps:
            return
        self._timer.stop()
        if self._printer is not None:
            self._document.print_(self._printer)
        self._printer, self._document = None, QTextDocument()


def write(document: QTextDocument, title: str, rows: Sequence[StoredMessage]) -> Iterator[None]:
    """Write a conversation into a document, a message a step, black on white."""
    from desktop.ui.chat.rich_copy import rich_text  # noqa: PLC0415 - not for the start

    font = QFont(QGuiApplication.font())
    font.setPointSize(POINTS)
    document.setDefaultFont(font)
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    cursor.insertText(title, _letters(TITLE_POINTS, bold=True))
    for stored in rows:
        is_user = stored.message.role is Role.USER
        who = translate("chat", "You") if is_user else stored.model or translate("chat", "Answer")
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(_block(16), QTextCharFormat())
        cursor.insertText(who, _letters(NAME_POINTS, bold=True))
        cursor.insertBlock(_block(4), QTextCharFormat())
        cursor.insertHtml(rich_text(stored.message.copied)[0])
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for words in (notes.caution(stored), "" if is_user else notes.note(stored, None)):
            if words:
                cursor.insertBlock(_block(4), QTextCharFormat())
                cursor.insertText(words, _letters(SMALL_POINTS))
        yield


def _block(above: int) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setTopMargin(above)
    return form


def _letters(points: int, *, bold: bool = False) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFontPointSize(points)
    form.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return form
