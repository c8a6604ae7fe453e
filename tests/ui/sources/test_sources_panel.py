"""The sources panel: the page of a citation with its passage, other pages, and files that are not as they were."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.coverage import CollectionId, SourceId
from desktop.core.document_errors import SourceGone, SourceMissing
from desktop.core.documents import Box, DocumentKind, Heading, Page, PageUnit, Run, Table
from desktop.core.events import Failed
from desktop.core.grounding import Check, ChecksPart, FoundPassage, Quote, Verdict
from desktop.core.library import Keeping, LibrarySource, PageShown, Presence
from desktop.core.library_events import PageOpened, PagePictured
from desktop.core.media import Picture
from desktop.ui.sources.desk import SourcesDesk
from desktop.ui.sources.panel import SourcesPanel
from desktop.ui.theme import light

TEXT = "First line.\nThe rent is 1,200.00.\nLast line."
START, END = TEXT.index("The rent"), TEXT.index("\nLast")
LEASE = FoundPassage(1, SourceId(7), "Lease <b>.pdf", 3, START, END, TEXT[START:END])
COSTS = FoundPassage(2, SourceId(8), "Costs.xlsx", 1, 0, 5, "Month", "2024", PageUnit.SHEET)
SCAN = replace(LEASE, number=3, name="Annex.pdf", scanned=True)
WHITE = Picture(100, 140, b"\xff" * 100 * 140 * 3)


class Pages:
    """Notes what is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.left: list[str] = []

    def open_page(self, source: SourceId, page: int, token: str, width: int) -> None:
        self.asked.append((source, page, token))

    def leave(self, token: str, /) -> None:
        self.left.append(token)

    @property
    def token(self) -> str:
        return str(self.asked[-1][2])


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def desk(qtbot: QtBot, pages: Pages) -> SourcesDesk:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(QWidget())
    host.resize(1100, 800)
    host.show()
    return SourcesDesk(host, pages, light())


def source(kind: DocumentKind = DocumentKind.PDF, **more: Any) -> LibrarySource:
    made = LibrarySource(
        SourceId(7), CollectionId(1), "Lease.pdf", "", Keeping.COPY, "d", 1, 0.0, 0.0, kind=kind, pages=9
    )
    return replace(made, **more)


def runs(text: str = TEXT) -> tuple[Run, ...]:
    """A line each."""
    made, at = [], 0
    for number, line in enumerate(text.split("\n")):
        made.append(Run(at, at + len(line), Box(0.1, 0.1 * number, 0.9, 0.1 * number + 0.05)))
        at += len(line) + 1
    return tuple(made)


def panel_of(desk: SourcesDesk) -> SourcesPanel:
    assert desk.panel is not None
    return desk.panel


def show(desk: SourcesDesk, pages: Pages, number: int = 1, page: Page | None = None, **more: Any) -> SourcesPanel:
    desk.open((LEASE, COSTS, SCAN), None, number)
    page = page or Page(3, TEXT, runs=runs(), scanned=number == 3)
    desk.apply(PageOpened(pages.token, PageShown(source(**more), page)))
    return panel_of(desk)


def taken(panel: SourcesPanel) -> int:
    """How much room the page leaves for it."""
    layout = host_of(panel).layout()
    assert layout is not None
    return layout.contentsMargins().right()


def host_of(panel: SourcesPanel) -> QWidget:
    host = panel.parentWidget()
    assert host is not None
    return host


def test_a_source_opens_at_its_page_with_the_passage_boxed(desk: SourcesDesk, pages: Pages) -> None:
    panel = show(desk, pages)
    assert pages.asked[-1][:2] == (7, 3)
    assert panel.where.text() == "page 3 of 9"
    assert panel.name.text() == "Lease <b>.pdf"
    desk.apply(PagePictured(pages.token, SourceId(7), 3, WHITE))
    assert panel.pages.currentWidget() is panel.canvas
    assert panel.canvas.sheet.passage == (Box(0.1, 0.1, 0.9, 0.15000000000000002),)
    shot = panel.canvas.sheet.grab().toImage()
    place = panel.canvas.sheet.place(panel.canvas.sheet.passage[0]).center().toPoint()
    assert shot.pixelColor(place).blue() < 240
    assert shot.pixelColor(place.x(), shot.height() - 20).blue() == 255


def test_the_words_that_bear_a_statement_out_are_marked_in_the_passage(desk: SourcesDesk, pages: Pages) -> None:
    quote = Quote(1, START, START + 8, "The rent")
    desk.open((LEASE,), ChecksPart((Check(0, 3, Verdict.VERIFIED, (1,), (), (quote,)),)), 1)
    desk.apply(PageOpened(pages.token, PageShown(source(), Page(3, TEXT, runs=runs()))))
    desk.apply(PagePictured(pages.token, SourceId(7), 3, WHITE))
    panel = panel_of(desk)
    assert panel.quote.text() == "“The rent”"
    assert panel.canvas.sheet.quote


def test_other_pages_are_turned_to_and_have_no_box(desk: SourcesDesk, pages: Pages) -> None:
    panel = show(desk, pages)
    QTest.keyClick(panel, Qt.Key.Key_PageDown)
    assert pages.asked[-1][:2] == (7, 4)
    assert len(pages.left) == 1
    desk.apply(PageOpened(pages.token, PageShown(source(), Page(4, TEXT, runs=runs()))))
    desk.apply(PagePictured(pages.token, SourceId(7), 4, WHITE))
    assert panel.canvas.sheet.passage == ()
    assert panel.forward.isEnabled()


def test_a_page_that_comes_late_is_not_shown(desk: SourcesDesk, pages: Pages) -> None:
    panel = show(desk, pages)
    late = pages.token
    desk.choose(2)
    desk.apply(PagePictured(late, SourceId(7), 3, WHITE))
    assert panel.pages.currentWidget() is panel.state
    assert panel.name.text() == "Costs.xlsx"


def test_kinds_without_a_look_are_shown_as_text_with_headings_and_tables(desk: SourcesDesk, pages: Pages) -> None:
    text = "Costs\n<b>2024</b> & more\nMonth | Water\nMay | 80.10\nend"
    start, end = text.index("Month"), text.index("\nend")
    page = Page(1, text, "2024", (), (Heading(0, 5, 1),), (Table(start, end, "2024", ("Month", "Water"), ()),))
    desk.open((replace(COSTS, start=text.index("May"), end=text.index("\nend")),), None, 2)
    desk.apply(PageOpened(pages.token, PageShown(source(DocumentKind.XLSX), page)))
    panel = panel_of(desk)
    assert panel.pages.currentWidget() is panel.text
    shown = panel.text.toPlainText()
    assert "<b>2024</b> & more" in shown
    assert "80.10" in shown
    assert " | " not in shown
    assert panel.where.text() == "sheet 2024 (1 of 9)"
    marked = panel.text.document().find("May")
    table = marked.currentTable()
    assert table is not None
    assert table.cellAt(1, 0).format().background().color().name() == light().mark
    assert table.cellAt(0, 0).format().background().style() == Qt.BrushStyle.NoBrush


def test_of_a_long_text_the_part_around_the_passage_is_shown(desk: SourcesDesk, pages: Pages) -> None:
    text = "\n".join(f"Line {number} of a long text." for number in range(8000))
    start = text.index("Line 4000 ")
    desk.open((replace(COSTS, start=start, end=start + 9),), None, 2)
    desk.apply(PageOpened(pages.token, PageShown(source(DocumentKind.TEXT), Page(1, text))))
    shown = panel_of(desk).text.toPlainText()
    assert "Line 4000 " in shown
    assert len(shown) < 20_000
    assert shown.startswith("What stands before is left out here.")


def test_a_scan_shows_its_strip_beside_the_words_to_compare(desk: SourcesDesk, pages: Pages) -> None:
    panel = show(desk, pages, 3)
    desk.apply(PagePictured(pages.token, SourceId(7), 3, WHITE))
    assert panel.note.text() == "From a scan: compare"
    assert not panel.crop.isHidden()


@pytest.mark.parametrize(
    ("presence", "words"),
    [(Presence.CHANGED, "changed since"), (Presence.GONE, "no longer where it was")],
)
def test_a_file_that_is_not_as_it_was_says_so(desk: SourcesDesk, pages: Pages, presence: Presence, words: str) -> None:
    panel = show(desk, pages, presence=presence)
    assert words in panel.note.text()


def test_a_page_that_cannot_be_drawn_is_shown_as_text_with_the_reason(desk: SourcesDesk, pages: Pages) -> None:
    panel = show(desk, pages)
    desk.apply(PagePictured(pages.token, SourceId(7), 3, None, SourceGone(name="Lease.pdf")))
    assert panel.pages.currentWidget() is panel.text
    assert "Lease.pdf" in panel.note.text()


def test_a_document_that_was_removed_keeps_its_quoted_words(desk: SourcesDesk, pages: Pages) -> None:
    desk.open((LEASE,), None, 1)
    desk.apply(Failed(SourceMissing(name=7)))
    panel = panel_of(desk)
    assert "no longer in the library" in panel.state.text()
    assert "1,200.00" in panel.quote.text()


def test_the_panel_stands_beside_a_wide_page_and_over_a_narrow_one(desk: SourcesDesk, pages: Pages) -> None:
    panel = show(desk, pages)
    assert taken(panel) >= panel.width()
    host_of(panel).resize(480, 700)
    assert taken(panel) == 0
    assert panel.width() > 440
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not desk.is_open


def test_a_panel_that_is_made_wider_stays_so(desk: SourcesDesk, pages: Pages, qtbot: QtBot) -> None:
    panel = show(desk, pages)
    before = panel.width()
    panel.grip.dragged.emit(60)
    with qtbot.waitSignal(desk.resized) as said:
        panel.grip.released.emit()
    assert said.args == [before + 60]
    assert panel.width() == before + 60
    desk.close()
    assert taken(panel) == 0


def test_a_sheet_is_shown_as_a_table_with_the_rows_of_the_passage_marked(desk: SourcesDesk, pages: Pages) -> None:
    rows = "\n".join(f"Day {number} | {number}.50" for number in range(400))
    text = f"Day | Water\n{rows}"
    page = Page(1, text, "2024", tables=(Table(0, len(text), "2024", ("Day", "Water"), ()),))
    start = text.index("Day 200 ")
    desk.open((replace(COSTS, start=start, end=start + 12),), None, 2)
    desk.apply(PageOpened(pages.token, PageShown(source(DocumentKind.XLSX), page)))
    panel = panel_of(desk)
    assert panel.pages.currentWidget() is panel.sheet
    table = panel.sheet.table
    assert table is not None
    assert table.result.rowCount() == 400
    assert table.result.index(200, 1).data() == "200.50"
    grounds = [at for at in range(400) if table.result.index(at, 0).data(Qt.ItemDataRole.BackgroundRole)]
    assert grounds == [200]
    assert table.rowAt(0) <= 200 <= table.rowAt(table.viewport().height() - 1)


def test_of_very_many_sources_those_around_the_chosen_one_are_listed(desk: SourcesDesk, pages: Pages) -> None:
    desk.open(tuple(replace(LEASE, number=number) for number in range(1, 501)), None, 250)
    panel = panel_of(desk)
    assert 250 in panel.rows
    assert len(panel.rows) == 20
    assert panel.title.text() == "20 of 500 sources"
