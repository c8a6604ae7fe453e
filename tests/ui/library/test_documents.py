"""The list of documents: what a person sees of each, in which order, and what stays when they change."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.core.coverage import CollectionId
from desktop.core.documents import DocumentKind, PageUnit, Trouble
from desktop.core.library import Collection, LibrarySource, Presence, SourceState
from desktop.ui.library import wording
from desktop.ui.library.collection_list import CollectionModel
from desktop.ui.library.hits import HitModel, excerpt, spoken
from desktop.ui.library.source_list import SourceList
from desktop.ui.library.source_model import NOWHERE, SOURCE, Index, SourceModel
from desktop.ui.library.source_rows import Choosing, Order
from desktop.ui.theme import light
from tests.ui.library.conftest import ALL, GONE, LEASES, LOCKED, PARTLY, READ, READING, TAXES, WAITING, hit, source


@pytest.fixture
def model() -> SourceModel:
    made = SourceModel()
    made.show(ALL)
    return made


def shown(model: SourceModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_documents_keep_the_rules_of_qt_whatever_happens(model: SourceModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.put(source(7, "New.pdf"))
    model.arrange(Order.STATE, Choosing())
    model.put(replace(READING, state=SourceState.SEARCHED))
    model.put(replace(PARTLY, name="Another.pdf"))
    model.arrange(Order.NEWEST, Choosing("pdf"))
    model.put(source(8, "Notes.txt"))
    model.hide([READ.id], on=True)
    model.take(PARTLY.id)
    model.renew(ALL)
    qtmodeltester.check(model)


def test_collections_and_hits_keep_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    collections, hits = CollectionModel(), HitModel()
    qtmodeltester.check(collections)
    collections.show((LEASES, TAXES))
    collections.hide(LEASES.id, on=True)
    hits.show((hit(1), hit(2)))
    qtmodeltester.check(hits)
    assert collections.rowCount() == 1
    assert hits.rowCount() == 2


def test_documents_are_sorted_by_name_by_date_and_by_what_wants_an_eye(model: SourceModel) -> None:
    assert shown(model) == ["Lease.pdf", "Old.docx", "Report.pdf", "Salaries.xlsx", "Scan.pdf", "Talk.pptx"]
    model.arrange(Order.NEWEST, Choosing())
    assert shown(model)[0] == "Old.docx"
    assert shown(model)[-1] == "Lease.pdf"
    model.arrange(Order.STATE, Choosing())
    assert shown(model) == ["Salaries.xlsx", "Scan.pdf", "Old.docx", "Report.pdf", "Talk.pptx", "Lease.pdf"]


@pytest.mark.parametrize(
    ("choosing", "expected"),
    [
        (Choosing("LEASE"), ["Lease.pdf"]),
        (Choosing("/home/anna/s"), ["Salaries.xlsx", "Scan.pdf"]),
        (Choosing(kinds=(DocumentKind.DOCX, DocumentKind.XLSX)), ["Old.docx", "Salaries.xlsx"]),
        (Choosing(since=1_650_000_000.0), []),
    ],
)
def test_documents_are_filtered_by_name_folder_kind_and_date(
    model: SourceModel, choosing: Choosing, expected: list[str]
) -> None:
    model.arrange(Order.NAME, choosing)
    assert shown(model) == expected
    assert model.total == len(ALL)


def test_a_document_that_moves_keeps_the_keyboard(model: SourceModel) -> None:
    model.arrange(Order.STATE, Choosing())
    held = QPersistentModelIndex(model.index_of(READING.id))
    model.put(replace(READING, state=SourceState.SEARCHED))
    assert held.data(SOURCE).id == READING.id
    assert shown(model)[-1] == "Report.pdf"


def test_a_document_that_the_filter_holds_back_comes_in_when_it_fits(model: SourceModel) -> None:
    model.arrange(Order.NAME, Choosing(kinds=(DocumentKind.PPTX,)))
    assert shown(model) == []
    model.put(replace(WAITING, kind=DocumentKind.PPTX))
    assert shown(model) == ["Talk.pptx"]


def test_what_is_hidden_comes_back_with_an_undo(model: SourceModel) -> None:
    model.hide([READ.id, GONE.id], on=True)
    model.put(replace(GONE, pages_read=4))
    assert "Old.docx" not in shown(model)
    model.hide([READ.id, GONE.id], on=False)
    assert shown(model)[:2] == ["Lease.pdf", "Old.docx"]


@pytest.mark.parametrize(
    ("document", "state", "detail"),
    [
        (READ, "Searched", "PDF · 12 pages · added"),
        (READING, "Reading", "Reading page 12 of 500"),
        (WAITING, "Waiting", "PPTX · added"),
        (PARTLY, "Partly searched", "Page 3–5, 9: a picture in which no writing was found"),
        (LOCKED, "Password", "Protected with a password. Enter it to read this document."),
        (GONE, "Gone", "The file is not where it was. What was read from it can still be searched."),
        (replace(GONE, presence=Presence.CHANGED), "Changed", "The file was changed since."),
        (
            replace(LOCKED, failure="FormatTooOld", reason="It is old. Save it as DOCX."),
            "Unreadable",
            "It is old. Save it as DOCX.",
        ),
    ],
)
def test_each_document_says_how_far_it_is_and_what_to_do(document: LibrarySource, state: str, detail: str) -> None:
    assert wording.state(document) == state
    assert wording.detail(document).startswith(detail)
    told = wording.spoken(document)
    assert told.startswith(document.name)
    assert state in told


@pytest.mark.parametrize("trouble", list(Trouble))
@pytest.mark.parametrize("unit", list(PageUnit))
def test_every_trouble_and_every_kind_of_page_has_words(trouble: Trouble, unit: PageUnit) -> None:
    assert "2" in wording.trouble(trouble, (2,), unit)
    assert wording.pages(1, unit).startswith("1 ")
    assert wording.pages(2, unit) != wording.pages(1, unit)


def test_a_sheet_is_called_by_its_name_and_a_page_by_what_stands_on_it() -> None:
    assert wording.named_place(PageUnit.SHEET, 2, "Salaries") == "Salaries"
    assert wording.named_place(PageUnit.PAGE, 2, "iv") == "page iv"
    assert wording.named_place(PageUnit.SLIDE, 2, "") == "slide 2"


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "less than a minute"), (60, "about 1 minute"), (1500, "about 25 minutes")]
)
def test_times_are_told_roughly(seconds: float, words: str) -> None:
    assert wording.duration(seconds) == words


def test_a_found_word_far_down_is_in_sight() -> None:
    text = "Of other things. " * 20 + "The notice period."
    at = text.index("notice")
    words, marks = excerpt(hit(1, text, ((at, at + 6),)))
    assert words.startswith("… ")
    assert [words[start:end] for start, end in marks] == ["notice"]
    assert len(words) < len(text)


def test_a_passage_is_read_out_with_its_place() -> None:
    assert spoken(hit()) == "Lease.pdf, page 3. Terms › Notice. The notice period is three months."


def test_fifty_thousand_documents_change_one_by_one(qtbot: QtBot) -> None:
    model = SourceModel()
    model.show(source(number, f"Mail {number}.eml") for number in range(1, 50_001))
    model.put(source(60_000, "Mail 2000 b.eml"))
    model.take(READ.id)
    assert model.rowCount() == 50_000
    assert model.index_of(source(60_000, "").id).data() == "Mail 2000 b.eml"


class CountingModel(SourceModel):
    """Counts how often the view asks about a row."""

    asked = 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        return super().data(index, role)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        self.asked += 1
        return super().rowCount(parent)


def test_only_documents_in_sight_are_asked_about(qtbot: QtBot) -> None:
    model = CountingModel()
    view = SourceList(model, light())
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.show()
    model.show(source(number, f"Mail {number:05}.eml") for number in range(1, 50_001))
    view.grab()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.grab()
    model.put(replace(READ, name="Mail 30000.eml", pages_read=2))
    model.put(source(60_000, "Mail 30000 b.eml"))
    view.grab()
    assert view.rowAt(300) > 20_000
    assert model.asked < 1000


def test_a_new_name_is_asked_for_and_an_empty_one_is_not() -> None:
    model = CollectionModel()
    model.show((LEASES, Collection(CollectionId(9), "B")))
    renamed: list[tuple[object, str]] = []
    model.renamed.connect(lambda one, name: renamed.append((one, name)))
    assert model.setData(model.index(0), "  New   name ", Qt.ItemDataRole.EditRole)
    assert not model.setData(model.index(0), " ", Qt.ItemDataRole.EditRole)
    assert renamed == [(LEASES.id, "New name")]
