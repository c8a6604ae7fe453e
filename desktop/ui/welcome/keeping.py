"""The ways to keep a recovery code: the clipboard, a printer, a file the person names."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.i18n import translate

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

OWNER_ONLY = 0o600
SECRET_MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"text",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"",
}
"""What asks the clipboard histories of Linux, macOS and Windows to leave a text out."""

AskPath = Callable[[QWidget], str]
AskPrinter = Callable[[QWidget], "QPrinter | None"]


def ask_path(parent: QWidget) -> str:
    """Let the person name a file; empty when they leave the dialog."""
    return QFileDialog.getSaveFileName(
        parent,
        translate("welcome", "Save the recovery code"),
        translate("welcome", "Inglenook recovery code") + ".txt",
        translate("welcome", "Text files (*.txt)"),
    )[0]


def ask_printer(parent: QWidget) -> "QPrinter | None":
    """Let the person choose a printer; None when they leave the dialog."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - printing is rare and slow to load

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    return printer if QPrintDialog(printer, parent).exec() else None


class Keeper:
    """Takes a code out of the window, where the person says."""

    def __init__(self, path: AskPath = ask_path, printer: AskPrinter = ask_printer) -> None:
        self._ask_path = path
        self._ask_printer = printer
        self.can_print = find_spec("PySide6.QtPrintSupport") is not None

    def copy(self, code: str) -> None:
        """Put the code on the clipboard, marked as a secret."""
        mime = QMimeData()
        mime.setText(code)
        for kind, mark in SECRET_MARKS.items():
            mime.setData(kind, mark)
        QGuiApplication.clipboard().setMimeData(mime)

    def take_back(self, code: str) -> None:
        """Empty the clipboard if the code is still on it."""
        clipboard = QGuiApplication.clipboard()
        if code and clipboard.text() == code:
            clipboard.clear()

    def save(self, code: str, parent: QWidget) -> bool:
        """Write the code into a file of the person's choice; returns whether they chose one.

        Raises:
            OSError: it cannot be written there.
        """
        name = self._ask_path(parent)
        if name:
            path = Path(name)
            path.touch(OWNER_ONLY)
            path.chmod(OWNER_ONLY)
            path.write_text(sheet(code) + "\n", encoding="utf-8")
        return bool(name)

    def print_out(self, code: str, parent: QWidget) -> bool:
        """Print the code; returns whether the person chose a printer."""
        printer = self._ask_printer(parent)
        if printer is None:
            return False
        document = QTextDocument()
        font = QFont()
        font.setFamilies(["JetBrains Mono", "Cascadia Mono", "SF Mono", "DejaVu Sans Mono", "monospace"])
        font.setPointSize(12)
        document.setDefaultFont(font)
        document.setPlainText(sheet(code))
        document.print_(printer)
        return True


def sheet(code: str) -> str:
    """Return what stands on the paper and in the file."""
    return "\n\n".join(
        (
            translate("welcome", "Inglenook recovery code"),
            code,
            translate(
                "welcome",
                "Type it in place of the passphrase to open your conversations.\n"
                "Keep it in a safe place that is not this computer. Whoever has it can open them too.",
            ),
        )
    )
