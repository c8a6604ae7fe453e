"""The conversation on paper."""

from pathlib import Path

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.chat.paper import Paper, write
from tests.ui.chat.conftest import answer, question, talk


def test_every_message_stands_below_the_name_of_who_wrote_it(qtbot: QtBot) -> None:
    document = QTextDocument()
    rows = (
        question(1, "What is a lease?"),
        answer(2, "A **contract**.\n\n- one\n- two\n", 1, model="SmolLM2-135M-Instruct"),
    )
    assert len(list(write(document, "Leases", rows))) == 2
    assert [line for line in document.toPlainText().splitlines() if line] == [
        "Leases",
        "You",
        "What is a lease?",
        "SmolLM2-135M-Instruct",
        "A contract.",
        "one",
        "two",
        "Demo model: shows how the app works; do not rely on it",
        "SmolLM2-135M-Instruct",
    ]


def test_conversation_becomes_a_pdf_file(qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "leases.pdf"
    window = QWidget()
    qtbot.addWidget(window)

    def ask(parent: QWidget) -> QPrinter:
        assert parent is window
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(place))
        return printer

    paper = Paper(window, ask)
    paper.print_out("Leases", talk(3))
    qtbot.waitUntil(lambda: not paper.is_busy)
    assert place.read_bytes().startswith(b"%PDF")


def test_dialog_that_was_left_prints_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    paper = Paper(window, lambda _: None)
    paper.print_out("Leases", talk(3))
    assert not paper.is_busy
