"""The whole app: files are dropped on the library, looked at, agreed to, read by the real reader, and found."""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.library import Hit, SourceState
from tests.flows.test_real_answer import Flow

PATIENCE = 60_000
LETTER = "Dear Ms Halvorsen,\n\nthe tenant owes the rent of EUR 1,450.00 for the month of April.\n"


def drop(page: object, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(20, 20), copy, data, left, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(20, 20), copy, data, left, none))


def test_a_dropped_folder_is_read_and_its_words_are_found(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "Harbour Street"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, "utf-8")
    (folder / "film.mp4").write_bytes(b"no film")
    copyfile(Path(__file__).parents[1] / "documents" / "lease.pdf", folder / "lease.pdf")
    copyfile(Path(__file__).parents[1] / "documents" / "locked.pdf", folder / "locked.pdf")
    flow = Flow(qtbot, tmp_path / "p")

    def until(check: Callable[[], bool]) -> None:
        qtbot.waitUntil(check, timeout=PATIENCE)

    flow.opened.window.sidebar.library_button.click()
    page = flow.opened.window.centre.library_page()
    assert page.isVisible()
    until(lambda: page.body.currentWidget() is page.body.first)
    drop(page, folder)
    sheet = page.adding.sheet
    assert sheet is not None
    until(sheet.add_button.isEnabled)
    assert sheet.found.text().startswith("3 files")
    assert sheet.passed_button.text() == "1 is passed over"
    sheet.name.setText("Harbour Street")
    sheet.add_button.click()

    def states() -> dict[str, SourceState]:
        rows = (page.sources.source(page.sources.index(row)) for row in range(page.sources.rowCount()))
        return {one.name: one.state for one in rows if one is not None}

    done = SourceState.SEARCHED
    wanted = {"lease.pdf": done, "letter.txt": done, "locked.pdf": SourceState.UNREADABLE}
    until(lambda: states() == wanted)
    assert page.head.title.text() == "Harbour Street"
    page.head.search.setText("tenant owes the rent")
    until(lambda: page.searching.hits.rowCount() > 0)
    hits: list[Hit] = []
    page.body.hits.opened.connect(hits.append)
    qtbot.keyClick(page.head.search, Qt.Key.Key_Return)
    assert hits[0].source.name == "letter.txt"
    assert "1,450.00" in hits[0].passage.text
    panel = page.opening.desk.panel
    assert panel is not None
    until(lambda: panel.pages.currentWidget() is not panel.state)
    page.head.close_button.click()
    assert flow.opened.window.centre.shows_chat
    flow.close()
