"""Adding to the library: what the sheet tells before anything happens, and what is asked when it is agreed to."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.core.coverage import CollectionId
from desktop.core.document_errors import NothingToImport
from desktop.core.library import Collection, Keeping
from desktop.core.library_events import CollectionsListed, Imported, ImportFailed, IndexingProgress, Surveyed
from desktop.ui.library.progress_strip import ProgressStrip
from desktop.ui.library.survey_sheet import SurveySheet
from tests.ui.library.conftest import LEASES, TAXES, Page, survey

Asked = Callable[[str], list[tuple[Any, ...]]]
PATHS = ("/home/anna/Matter",)


def ask(page: Page) -> SurveySheet:
    """Choose a folder; return the sheet that is open now."""
    page.adding.take(PATHS, page.shown)
    sheet = page.adding.sheet
    assert sheet is not None
    assert sheet.is_open
    return sheet


def test_sheet_tells_what_would_be_added_before_anything_is(page: Page, asked: Asked) -> None:
    sheet = ask(page)
    assert not sheet.add_button.isEnabled()
    paths, into, token = asked("survey")[-1]
    assert (paths, into) == (PATHS, LEASES.id)
    passed = (("film.mp4", "not a kind of file that can be read"),)
    page.apply(Surveyed(token, survey(412, passed_over=passed, known=12, seconds=1500.0, space=90_000_000)))
    assert sheet.found.text() == "412 files, 2 MB"
    assert sheet.cost.text() == (
        "12 are in the collection already · reading takes about 25 minutes · 90 MB of space for the search"
    )
    assert sheet.passed_button.text() == "1 is passed over"
    assert not sheet.passed.isVisible()
    sheet.passed_button.click()
    assert sheet.passed.text() == "film.mp4: not a kind of file that can be read"
    assert sheet.add_button.isEnabled()
    assert asked("add") == []


@pytest.mark.parametrize("keeping", list(Keeping))
def test_agreed_files_are_added_in_the_chosen_manner(page: Page, asked: Asked, keeping: Keeping) -> None:
    sheet = ask(page)
    page.apply(Surveyed(asked("survey")[-1][2], survey()))
    (sheet.copy if keeping is Keeping.COPY else sheet.linked).setChecked(True)
    sheet.add_button.click()
    paths, into, how, token = asked("add")[-1]
    assert (paths, into, how) == (PATHS, LEASES.id, keeping)
    assert not sheet.is_open
    assert asked("leave") == []
    page.apply(Imported(token, LEASES.id, 2, 1))
    assert page.told[-1].text == "2 documents were added to “Leases”. 1 were there already."


def test_documents_that_are_taken_in_are_seen_and_can_be_stopped(page: Page, asked: Asked) -> None:
    sheet = ask(page)
    sheet.where.setCurrentIndex(1)
    page.apply(Surveyed(asked("survey")[-1][2], survey()))
    sheet.add_button.click()
    assert page.shown == TAXES.id
    assert page.strip.isVisible()
    assert page.strip.first.text() == "Files are being taken in…"
    token = asked("add")[-1][3]
    page.strip.cancel_button.click()
    page.strip.menu.actions()[-1].trigger()
    page.strip.menu.close()
    assert asked("leave")[-1] == (token,)
    assert asked("cancel") == [()]
    assert not page.strip.isVisible()


@pytest.mark.parametrize("how", ["cancel", "escape"])
def test_leaving_the_sheet_ends_the_survey_and_adds_nothing(qtbot: QtBot, page: Page, asked: Asked, how: str) -> None:
    sheet = ask(page)
    token = asked("survey")[-1][2]
    if how == "cancel":
        sheet.cancel_button.click()
    else:
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert asked("leave") == [(token,)]
    page.apply(Surveyed(token, survey()))
    assert not sheet.is_open
    assert asked("add") == asked("make") == []


def test_another_collection_is_looked_at_anew(page: Page, asked: Asked) -> None:
    sheet = ask(page)
    first = asked("survey")[-1][2]
    sheet.where.setCurrentIndex(1)
    assert asked("leave") == [(first,)]
    assert asked("survey")[-1][1] == TAXES.id
    page.apply(Surveyed(first, survey()))
    assert not sheet.add_button.isEnabled()


def test_new_collection_is_made_and_filled_in_one_step(page: Page, asked: Asked) -> None:
    sheet = ask(page)
    sheet.where.setCurrentIndex(2)
    page.apply(Surveyed(asked("survey")[-1][2], survey()))
    sheet.name.clear()
    assert not sheet.add_button.isEnabled()
    sheet.name.setText("Minutes")
    sheet.add_button.click()
    name, made = asked("make")[-1]
    assert name == "Minutes"
    assert asked("add") == []
    made(7)
    assert asked("add")[-1][:3] == (PATHS, 7, Keeping.COPY)
    page.apply(CollectionsListed((LEASES, Collection(CollectionId(7), "Minutes"), TAXES)))
    assert page.head.title.text() == "Minutes"


def test_first_documents_go_into_a_new_collection(make: Callable[..., Page], asked: Asked) -> None:
    page = make()
    page.apply(CollectionsListed(()))
    sheet = ask(page)
    assert asked("survey")[-1][1] is None
    assert sheet.name.isVisible()
    assert sheet.name.text() == "Documents"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (survey(0), "No document that can be read was found there."),
        (survey(2, known=2), "2 files, 2 MB"),
    ],
)
def test_there_may_be_nothing_to_add(page: Page, asked: Asked, found: Any, words: str) -> None:
    sheet = ask(page)
    page.apply(Surveyed(asked("survey")[-1][2], found))
    assert sheet.found.text() == words
    assert not sheet.add_button.isEnabled()


def test_survey_that_fails_says_why_in_the_sheet(page: Page, asked: Asked) -> None:
    sheet = ask(page)
    page.apply(ImportFailed(asked("survey")[-1][2], NothingToImport()))
    assert sheet.found.text() == "No document was found there. Nothing was added."


def test_import_that_fails_says_why_in_a_notice(page: Page, asked: Asked) -> None:
    sheet = ask(page)
    page.apply(Surveyed(asked("survey")[-1][2], survey()))
    sheet.add_button.click()
    page.apply(ImportFailed(asked("add")[-1][3], NothingToImport()))
    assert page.told[-1].text == "No document was found there. Nothing was added."


def test_nothing_chosen_opens_nothing(page: Page, asked: Asked) -> None:
    page.adding.take((), LEASES.id)
    assert page.adding.sheet is None
    assert asked("survey") == []


@pytest.mark.parametrize(
    ("progress", "first", "second"),
    [
        (
            IndexingProgress(3, 412, 12, 500, "Report.pdf", 10, 90, 260.0),
            "Reading file 4 of 412: Report.pdf",
            "Page 12 of 500 · about 4 minutes left · What is read can be found by its words"
            " · by meaning: 10 of 90 passages",
        ),
        (
            IndexingProgress(3, 412, waiting=True),
            "Waits for the answer that is being written",
            "3 of 412 files are read · What is read can be found by its words",
        ),
        (IndexingProgress(3, 412, paused=True), "Paused", "3 of 412 files are read"),
        (
            IndexingProgress(412, 412, embedded=10, passages=90),
            "All documents are read. The search by meaning is being prepared.",
            "What is read can be found by its words · by meaning: 10 of 90 passages",
        ),
    ],
)
def test_strip_says_how_far_the_reading_is(page: Page, progress: IndexingProgress, first: str, second: str) -> None:
    page.apply(progress)
    assert page.strip.isVisible()
    assert page.strip.first.text() == first
    assert page.strip.second.text().startswith(second)


def test_strip_goes_when_there_is_nothing_to_do(page: Page) -> None:
    page.apply(IndexingProgress(1, 2))
    page.apply(IndexingProgress())
    assert not page.strip.isVisible()


def test_reading_is_paused_and_goes_on(page: Page, asked: Asked) -> None:
    page.apply(IndexingProgress(1, 2))
    page.strip.pause_button.click()
    page.apply(IndexingProgress(1, 2, paused=True))
    assert page.strip.pause_button.accessibleName() == "Go on reading"
    page.strip.pause_button.click()
    assert (asked("pause"), asked("resume")) == ([()], [()])


def test_stopping_offers_two_plain_choices(page: Page, asked: Asked) -> None:
    page.apply(IndexingProgress(1, 4))
    page.strip.cancel_button.click()
    words = [one.text() for one in page.strip.menu.actions()]
    assert words == ["Go on later: pause", "Take what is not read yet out of the library (3)"]
    page.strip.menu.actions()[1].trigger()
    page.strip.menu.close()
    assert asked("cancel") == [()]


def test_a_file_is_half_of_what_it_is_in_the_bar(qtbot: QtBot, services: Any) -> None:
    strip = ProgressStrip(services.library.indexing)
    qtbot.addWidget(strip)
    strip.show_progress(IndexingProgress(1, 2, 250, 500, "Report.pdf"))
    assert strip.bar.value() == 750
