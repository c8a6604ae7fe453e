"""The library's page: collections, documents, removing, passwords, searching; by mouse and by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.coverage import CollectionId
from desktop.core.documents import DocumentKind
from desktop.core.events import VaultChanged
from desktop.core.library import Collection, Scope, SourceState
from desktop.core.library_events import (
    CollectionsListed,
    IndexingProgress,
    LibrarySearched,
    PasswordWanted,
    SourceChanged,
    SourceRemoved,
    SourcesListed,
)
from desktop.ui.theme import dark
from tests.ui.library.conftest import (
    ALL,
    GONE,
    LEASES,
    LOCKED,
    READ,
    READING,
    TAXES,
    WAITING,
    Page,
    hit,
    names,
    source,
)

Asked = Callable[[str], list[tuple[Any, ...]]]
Key = Qt.Key


def take(menu: QMenu, words: str) -> None:
    """Choose an entry of a menu, and close it."""
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()


def offered(menu: QMenu) -> list[str]:
    found = [one.text() for one in menu.actions() if one.text()]
    menu.close()
    return found


def search(page: Page, words: str) -> None:
    page.head.search.setText(words)
    page.head.search.asked.emit()


def test_the_page_asks_what_there_is_and_shows_the_first_collection(page: Page, asked: Asked) -> None:
    assert asked("list") == [()]
    assert asked("open") == [(LEASES.id,)]
    assert page.head.title.text() == "Leases"
    assert len(names(page)) == len(ALL)
    assert page.head.count.text() == "6 documents"


def test_another_collection_shows_its_own_documents_only(page: Page, asked: Asked) -> None:
    page.collection_list.go_to(TAXES.id)
    assert asked("open")[-1] == (TAXES.id,)
    assert names(page) == []
    page.apply(SourcesListed(LEASES.id, ALL))
    page.apply(SourceChanged(READ))
    assert names(page) == []
    page.apply(SourcesListed(TAXES.id, (source(20, "Tax.pdf", collection=TAXES.id),)))
    assert names(page) == ["Tax.pdf"]


def test_without_a_collection_the_page_says_what_it_is_for(make: Callable[[], Page]) -> None:
    page = make()
    page.apply(CollectionsListed(()))
    assert page.body.currentWidget() is page.body.first
    assert page.body.first.files_button.isVisible()
    assert not page.head.search.isVisible()
    assert not page.panel.isVisible()


def test_an_empty_collection_says_how_to_fill_it(make: Callable[[], Page]) -> None:
    page = make()
    page.apply(CollectionsListed((TAXES,)))
    assert page.body.currentWidget() is page.body.blank
    page.apply(SourcesListed(TAXES.id, ()))
    assert page.body.currentWidget() is page.body.empty


def test_documents_come_in_change_and_go_while_one_looks(page: Page) -> None:
    page.apply(SourceChanged(source(7, "Annex.pdf")))
    page.apply(SourceChanged(replace(READING, pages_read=499)))
    page.apply(SourceRemoved(GONE.id, LEASES.id))
    assert names(page)[0] == "Annex.pdf"
    assert "Old.docx" not in names(page)
    assert page.sources.known(READING.id) == replace(READING, pages_read=499)


def test_numbers_of_the_collections_are_asked_for_again_when_a_document_is_read(
    qtbot: QtBot, page: Page, asked: Asked
) -> None:
    page.apply(SourceChanged(replace(READING, state=SourceState.SEARCHED)))
    qtbot.waitUntil(lambda: len(asked("list")) == 2)


def test_new_collection_is_named_at_once(page: Page, asked: Asked) -> None:
    page.panel.new_button.click()
    assert asked("make") == [("New collection",)]
    page.apply(CollectionsListed((LEASES, Collection(CollectionId(3), "New collection"), TAXES)))
    field = page.collection_list.findChild(QLineEdit)
    assert field is not None
    assert page.head.title.text() == "New collection"
    field.setText("Minutes")
    page.collection_list.commitData(field)
    assert asked("rename") == [(3, "Minutes")]


def test_in_a_narrow_window_the_head_offers_the_collections(make: Callable[..., Page], asked: Asked) -> None:
    page = make(480)
    page.apply(CollectionsListed((LEASES, TAXES)))
    page.apply(SourcesListed(LEASES.id, ALL))
    assert not page.panel.isVisible()
    assert page.head.choice.isVisible()
    page.head.choice.setCurrentIndex(1)
    assert page.shown == TAXES.id
    page.head.more_button.click()
    take(page.menus.menu, "Rename")
    page.name_sheet.field.setText("Taxes 2025")
    page.name_sheet.name_button.click()
    assert asked("rename") == [(TAXES.id, "Taxes 2025")]


def test_deleted_collection_comes_back_with_an_undo_and_goes_for_good_without(page: Page, asked: Asked) -> None:
    for undone in (True, False):
        page.head.more_button.click()
        take(page.menus.menu, "Delete the collection")
        assert page.shown == TAXES.id
        notice = page.told[-1]
        assert "files on your computer were not touched" in notice.text
        assert asked("remove_collection") == []
        assert notice.act is not None
        assert notice.closed is not None
        if undone:
            notice.act()
            page.collection_list.go_to(LEASES.id)
        else:
            notice.closed()
    assert asked("remove_collection") == [(LEASES.id,)]


def test_several_documents_are_removed_together_with_one_undo(qtbot: QtBot, page: Page, asked: Asked) -> None:
    rows = page.body.documents
    rows.begin()
    qtbot.keyClick(rows, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [one.name for one in rows.chosen()] == ["Lease.pdf", "Old.docx"]
    qtbot.keyClick(rows, Key.Key_Delete)
    assert len(names(page)) == 4
    assert page.told[-1].text.startswith("2 documents were removed")
    assert page.told[-1].closed is not None
    page.told[-1].closed()
    assert asked("remove") == [(READ.id,), (GONE.id,)]


def test_menu_of_a_document_offers_what_can_be_done_with_it(page: Page, asked: Asked) -> None:
    rows = page.body.documents
    expected = {
        READ.id: ["Open", "Remove from the library"],
        LOCKED.id: ["Enter the password…", "Read again", "Remove from the library"],
        GONE.id: ["Open", "Show in folder", "Remove from the library"],
        WAITING.id: ["Remove from the library"],
    }
    for one, words in expected.items():
        rows.go_to(one)
        rows.menu_asked.emit(rows.chosen(), QPoint(10, 10))
        assert offered(page.menus.menu) == words
    rows.selectAll()
    rows.menu_asked.emit(rows.chosen(), QPoint(10, 10))
    take(page.menus.menu, "Read again")
    assert [one for (one,) in asked("retry")] == [5, 4]


def test_linked_document_is_shown_in_its_folder(page: Page) -> None:
    rows = page.body.documents
    rows.go_to(GONE.id)
    rows.menu_asked.emit(rows.chosen(), QPoint(10, 10))
    take(page.menus.menu, "Show in folder")
    assert page.folders == ["/home/anna/Old.docx"]


def test_enter_opens_a_document_at_its_beginning(qtbot: QtBot, page: Page) -> None:
    page.body.documents.go_to(READ.id)
    with qtbot.waitSignal(page.page_wanted) as wanted:
        qtbot.keyClick(page.body.documents, Key.Key_Return)
    assert wanted.args == [READ, 1, 0, 0]


def test_what_is_not_read_yet_does_not_open(qtbot: QtBot, page: Page) -> None:
    page.body.documents.go_to(WAITING.id)
    with qtbot.assertNotEmitted(page.page_wanted):
        qtbot.keyClick(page.body.documents, Key.Key_Return)


def test_locked_document_asks_for_its_password_until_it_is_right(qtbot: QtBot, page: Page, asked: Asked) -> None:
    sheet = page.passwords.sheet
    page.body.documents.go_to(LOCKED.id)
    qtbot.keyClick(page.body.documents, Key.Key_Return)
    assert sheet.is_open
    assert not sheet.wrong.isVisible()
    sheet.field.setText("first")
    qtbot.keyClick(sheet.field, Key.Key_Return)
    assert asked("give_password") == [(LOCKED.id, "first")]
    assert sheet.field.text() == ""
    page.apply(PasswordWanted(LOCKED, wrong=True))
    assert sheet.is_open
    assert sheet.wrong.isVisible()
    sheet.cancel_button.click()
    assert not sheet.is_open


def test_a_locked_document_that_comes_in_says_so_and_interrupts_nobody(page: Page) -> None:
    page.apply(PasswordWanted(LOCKED))
    assert not page.passwords.sheet.is_open
    assert page.told[-1].act is not None
    page.told[-1].act()
    assert page.passwords.sheet.source == LOCKED


def test_filters_narrow_the_list(page: Page) -> None:
    page.head.filters.name.setText("sca")
    page.head.filters.name.asked.emit()
    assert names(page) == ["Scan.pdf"]
    assert page.head.count.text() == "1 of 6 documents"
    page.head.filters.name.setText("nothing of that name")
    page.head.filters.name.asked.emit()
    assert page.body.currentWidget() is page.body.filtered
    page.head.filters.name.clear()
    page.head.filters.kind.setCurrentIndex(3)
    assert names(page) == ["Salaries.xlsx"]


def test_search_shows_words_first_and_meaning_after(page: Page, asked: Asked) -> None:
    search(page, "notice period")
    query, scope, token = asked("search")[-1]
    assert (query, scope) == ("notice period", Scope(collections=(LEASES.id,)))
    page.apply(LibrarySearched(token, query, (hit(1),), complete=False))
    assert page.body.currentWidget() is page.body.hits
    assert page.head.count.text() == "1 passage · now by meaning…"
    page.apply(LibrarySearched("older", query, ()))
    page.apply(LibrarySearched(token, query, (hit(1), hit(2))))
    assert page.head.count.text() == "2 passages"
    page.head.search.clear()
    assert page.body.currentWidget() is page.body.documents
    page.apply(LibrarySearched(token, query, (hit(1),)))
    assert page.searching.hits.rowCount() == 0


def test_search_without_an_embedding_model_says_so_in_one_line(page: Page, asked: Asked) -> None:
    search(page, "notice")
    page.apply(LibrarySearched(asked("search")[-1][2], "notice", (hit(),)))
    assert page.head.count.text() == "1 passage · found by words: the search by meaning is not installed"


def test_search_without_hits_says_what_was_looked_for(page: Page, asked: Asked) -> None:
    search(page, "unicorns")
    assert page.body.currentWidget() is page.body.hits
    page.apply(LibrarySearched(asked("search")[-1][2], "unicorns", ()))
    assert page.body.currentWidget() is page.body.nothing


def test_enter_opens_nothing_that_was_found_for_other_words(qtbot: QtBot, page: Page, asked: Asked) -> None:
    search(page, "notice")
    page.apply(LibrarySearched(asked("search")[-1][2], "notice", (hit(),)))
    page.head.search.setText("rent")
    with qtbot.assertNotEmitted(page.page_wanted):
        qtbot.keyClick(page.head.search, Key.Key_Return)


def test_filters_narrow_the_search_too(page: Page, asked: Asked) -> None:
    search(page, "rent")
    page.head.filters.name.setText("lease")
    page.head.filters.name.asked.emit()
    page.head.filters.kind.setCurrentIndex(1)
    assert asked("search")[-1][1] == Scope(collections=(LEASES.id,), kinds=(DocumentKind.PDF,), name="lease")
    page.head.filters.where.setCurrentIndex(1)
    page.head.filters.name.setText("/home/anna")
    page.head.filters.name.asked.emit()
    assert asked("search")[-1][1] == Scope(kinds=(DocumentKind.PDF,), folder="/home/anna")


def test_found_passage_opens_by_the_keyboard_alone(qtbot: QtBot, page: Page, asked: Asked) -> None:
    search(page, "notice")
    page.apply(LibrarySearched(asked("search")[-1][2], "notice", (hit(1), hit(2))))
    with qtbot.waitSignal(page.page_wanted) as wanted:
        qtbot.keyClick(page.head.search, Key.Key_Return)
    assert wanted.args == [READ, 3, 10, 10 + len(hit().passage.text)]
    qtbot.keyClick(page.head.search, Key.Key_Down)
    qtbot.keyClick(page.body.hits, Key.Key_Down)
    with qtbot.waitSignal(page.page_wanted):
        qtbot.keyClick(page.body.hits, Key.Key_Return)
    assert page.body.hits.currentIndex().row() == 1


def test_pages_are_shown_beside_the_list_and_what_was_found_is_gone_through_there(
    page: Page, asked: Asked, services: Any
) -> None:
    desk = page.opening.desk
    page.page_wanted.emit(READ, 1, 0, 0)
    assert desk.is_open
    assert services.library.pages.asked[-1][:3] == ("open_page", READ.id, 1)
    assert desk.panel is not None
    assert not desk.panel.quote.isVisible()
    search(page, "notice")
    page.apply(LibrarySearched(asked("search")[-1][2], "notice", (hit(1), hit(2, "Of the notice."))))
    page.body.hits.open_first()
    assert services.library.pages.asked[-1][:3] == ("open_page", READ.id, 3)
    assert list(desk.panel.rows) == [1, 2]
    desk.choose(2)
    assert desk.panel.quote.text() == "“Of the notice.”"
    page.apply(VaultChanged(True, ("passphrase",)))
    assert not desk.is_open


def test_collections_make_room_for_a_page(qtbot: QtBot, make: Callable[..., Page]) -> None:
    page = make(1000)
    page.apply(CollectionsListed((LEASES, TAXES)))
    page.apply(SourcesListed(LEASES.id, ALL))
    page.page_wanted.emit(READ, 1, 0, 0)
    qtbot.waitUntil(lambda: not page.panel.isVisible())
    page.opening.desk.close()
    qtbot.waitUntil(page.panel.isVisible)


def test_files_that_are_dropped_or_pasted_are_looked_at(qtbot: QtBot, page: Page, asked: Asked) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/anna/a.pdf"), QUrl.fromLocalFile("/home/anna/Matter")])
    page.overlay.dropped.emit(data)
    assert asked("survey")[-1][:2] == (("/home/anna/a.pdf", "/home/anna/Matter"), LEASES.id)
    page.adding.forget()
    clipboard = QGuiApplication.clipboard()
    pasted = QMimeData()
    pasted.setUrls([QUrl.fromLocalFile("/home/anna/b.pdf")])
    clipboard.setMimeData(pasted)
    qtbot.keyClick(page.body.documents, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    clipboard.clear()
    assert asked("survey")[-1][0] == ("/home/anna/b.pdf",)


def test_locked_vault_leaves_nothing_of_the_library_on_the_page(page: Page, asked: Asked) -> None:
    search(page, "notice")
    page.apply(LibrarySearched(asked("search")[-1][2], "notice", (hit(),)))
    page.passwords.sheet.ask(LOCKED)
    page.apply(VaultChanged(True, ("passphrase",)))
    assert page.collections.rowCount() == page.sources.rowCount() == page.searching.hits.rowCount() == 0
    assert page.head.title.text() == "Library"
    assert not page.passwords.sheet.is_open
    assert page.body.currentWidget() is page.body.blank


def test_everything_that_takes_the_keyboard_has_a_name(page: Page, asked: Asked) -> None:
    page.adding.take(["/home/anna/a.pdf"], None)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    nameless = [
        one
        for one in page.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (one.accessibleName() or getattr(one, "text", str)())
        and one.isVisible()
    ]
    assert nameless == []


@pytest.mark.parametrize("width", [480, 1000])
def test_page_is_drawn_in_every_state_and_colour(page: Page, asked: Asked, width: int) -> None:
    page.resize(width, 600)
    page.apply(IndexingProgress(1, 4, 12, 500, "Report.pdf", 10, 90, 240.0))
    page.apply_theme(dark())
    assert not page.grab().isNull()
    search(page, "notice")
    page.apply(LibrarySearched(asked("search")[-1][2], "notice", (hit(), hit(2, "Words", ()))))
    assert not page.grab().isNull()
    assert page.width() == width
