"""What stands below an answer from documents: what was compared, how much was searched, and while it is looked for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.conversations import MessageId, TurnState
from desktop.core.coverage import Coverage, SourceId
from desktop.core.events import TurnDelta, TurnFinished, TurnLoading
from desktop.core.grounding import AnswerMode, Check, Finding, FindingsPart, FoundPart, TablePart, TableSource, Verdict
from desktop.core.library_events import TurnSearching
from desktop.core.messages import Message, Part, Role, TextPart
from desktop.core.stream import GroundAdded, TextDelta
from desktop.ui.chat.answer_ground import AnswerGround
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.coverage_words import coverage
from desktop.ui.theme import dark, light
from tests.ui.chat.conftest import HERE, Asked, answer, opened, question
from tests.ui.chat.test_citations import FOUND, answered, passage

BAD = Coverage(411, 415, (("Annex.pdf", "2 pages are damaged"),), (("Old.doc", "Unknown kind"),) * 3, 2, ("Umowa.pdf",))


@pytest.fixture
def page(qtbot: QtBot) -> ChatPage:
    made = ChatPage(Asked(), Asked(), light(), draw=lambda _: None)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def ground(page: ChatPage) -> AnswerGround:
    view = page.transcript.view_of(1)
    assert view is not None
    assert view.asides.ground is not None
    return view.asides.ground


def show(page: ChatPage, *parts: Part, state: TurnState = TurnState.COMPLETE, model: str = "gemma") -> AnswerGround:
    stored = replace(answer(2, "x", 1, state), message=Message(Role.ASSISTANT, parts), model=model)
    page.apply(opened(question(1, "What?"), stored))
    return ground(page)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (FoundPart(AnswerMode.WHOLE, (passage(1),), Coverage(1, 1)), "Searched 1 file · All of the document was read"),
        (FoundPart(AnswerMode.PASSAGES, FOUND.passages, Coverage(415, 415)),
         "Searched 415 of 415 files · The 3 passages that fit best"),
        (FoundPart(AnswerMode.EXHAUSTIVE, (), Coverage(1200, 1204), shortened=True),
         "Searched 1,200 of 1,204 files · Every passage was read"
         " · More was found than could be read in reasonable time"),
        (FoundPart(AnswerMode.TABLE, (), BAD),
         "Searched 412 of 415 files; 1 only in part; 3 unreadable; 2 not read yet; 1 by their words only"
         " · Computed from a table"),
    ],
)  # fmt: skip
def test_how_much_was_looked_at_is_said_in_words(found: FoundPart, words: str) -> None:
    assert coverage(found) == words


def test_why_not_all_was_looked_at_is_one_click_away(page: ChatPage) -> None:
    below = show(page, FoundPart(AnswerMode.PASSAGES, FOUND.passages, BAD), TextPart("So [1]."))
    assert below.coverage is not None
    height = page.transcript.view_of(1).height()  # type: ignore[union-attr]
    below.coverage.button.click()
    told = [row.text() for row in below.coverage.rows]  # type: ignore[attr-defined]
    assert told[0] == "Old.doc: Unknown kind"
    assert "Annex.pdf: Only in part: 2 pages are damaged" in told
    assert told[-1].startswith("2 files are still being read")
    assert page.transcript.view_of(1).height() > height  # type: ignore[union-attr]


def test_nothing_found_is_said_plainly_with_what_was_searched(page: ChatPage) -> None:
    below = show(page, FoundPart(AnswerMode.PASSAGES, (), Coverage(9, 9)))
    assert below.nothing is not None
    assert below.nothing.text() == "That is not in your documents."
    assert below.coverage is not None
    assert below.coverage.label.text() == "Searched 9 of 9 files"


def test_nothing_found_is_not_said_before_the_end(page: ChatPage) -> None:
    page.apply(opened(question(1, "What?"), answer(2, "", 1, TurnState.PARTIAL)))
    page.apply(TurnDelta(HERE, MessageId(2), GroundAdded(FoundPart(AnswerMode.PASSAGES, (), Coverage(9, 9)))))
    page.transcript.flush()
    assert ground(page).nothing is None
    done = replace(page.model.rows[1], state=TurnState.COMPLETE)
    page.apply(TurnFinished(HERE, done))
    assert ground(page).nothing is not None


def test_what_was_compared_is_summed_up_and_opens_as_a_list_that_leads_to_the_sources(page: ChatPage) -> None:
    text = "The **rent** is 1 [1]. It rises [2]."
    checks = (Check(0, 22, Verdict.VERIFIED, (1,)), Check(23, 36, Verdict.NOT_FOUND, (2,), ("1,250.50",)))
    page.apply(opened(question(1, "What?"), answered(text, *checks)))
    below = ground(page)
    assert below.checks is not None
    assert below.checks.label.text() == "2 statements checked against their sources, 1 not found"
    below.checks.button.click()
    names = [row.accessibleName() for row in below.checks.rows]
    assert names == ["Not found in the source: 1,250.50. It rises [2].", "Found in the source. The rent is 1 [1]."]
    requested: list[int] = []
    page.moments.source_requested.connect(lambda _, number: requested.append(number))
    below.checks.rows[0].click()  # type: ignore[attr-defined]
    assert requested == [2]


def test_what_was_unfolded_stays_so_in_other_colours(page: ChatPage) -> None:
    below = show(page, FoundPart(AnswerMode.PASSAGES, FOUND.passages, BAD), TextPart("So [1]."))
    assert below.coverage is not None
    below.coverage.button.click()
    page.apply_theme(dark())
    again = ground(page)
    assert again is not below
    assert again.coverage is not None
    assert again.coverage.is_open


def test_screen_readers_hear_what_an_answer_stands_on(page: ChatPage) -> None:
    show(page, FoundPart(AnswerMode.PASSAGES, FOUND.passages, BAD), TextPart("So [1]."))
    view = page.transcript.view_of(1)
    assert view is not None
    assert "Searched 412 of 415 files" in view.accessibleDescription()


def test_while_documents_are_looked_through_it_says_how_far(page: ChatPage) -> None:
    page.apply(opened(question(1, "What?"), answer(2, "", 1, TurnState.PARTIAL)))
    page.apply(TurnSearching(HERE, MessageId(2)))
    assert page.status.text == "Looking through your documents …"
    page.apply(TurnSearching(HERE, MessageId(2), 120, 1204, 5, 130.0))
    assert page.status.text == "Reading passage 120 of 1,204 · 5 found so far · about 2 min 10 s left"
    page.apply(TurnDelta(HERE, MessageId(2), GroundAdded(FOUND)))
    assert page.status.text == ""


TABLE = TablePart(
    "SELECT month, water FROM costs",
    (TableSource(SourceId(8), "Costs.xlsx", "2024", 1204),),
    ("Month", "Water"),
    (("May", 80.5), ("June", None), ("April", 1200.0)),
    40,
)


def test_a_computed_result_is_a_table_that_is_sorted_and_copied(page: ChatPage) -> None:
    below = show(page, FoundPart(AnswerMode.TABLE), TABLE, TextPart("So much."))
    card = below.table
    assert card is not None
    assert card.names.text() == "Costs.xlsx, sheet 2024 (1,204 rows)"
    assert card.count.text() == "The first 3 of 40 rows"
    card.copy.click()
    assert QGuiApplication.clipboard().text() == "Month\tWater\nMay\t80.5\nJune\t\nApril\t1,200"
    card.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    card.copy.click()
    assert QGuiApplication.clipboard().text() == "Month\tWater\nApril\t1,200\nMay\t80.5\nJune\t"
    card.table.selectRow(0)
    QTest.keyClick(card.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "April\t1,200"


def test_how_a_result_was_computed_is_folded_below_it(page: ChatPage) -> None:
    below = show(page, FoundPart(AnswerMode.TABLE), TABLE, TextPart("So much."))
    assert below.table is not None
    assert below.table.how.rows == []
    below.table.how.button.click()
    assert below.table.how.rows[0].text() == TABLE.sql  # type: ignore[attr-defined]


def test_findings_are_listed_with_their_numbers_some_at_a_time(page: ChatPage) -> None:
    part = FindingsPart(1204, 1204, tuple(Finding(1 + at % 3, f"Deadline {at}") for at in range(120)))
    below = show(page, replace(FOUND, mode=AnswerMode.EXHAUSTIVE), part, TextPart("Many."))
    assert below.findings is not None
    assert below.findings.label.text() == "Read 1,204 of 1,204 passages, 120 findings"
    assert len(below.findings.rows) == 51
    requested: list[int] = []
    page.moments.source_requested.connect(lambda _, number: requested.append(number))
    below.findings.rows[1].click()  # type: ignore[attr-defined]
    assert requested == [2]
    below.findings.rows[-1].click()  # type: ignore[attr-defined]
    below.findings.rows[-1].click()  # type: ignore[attr-defined]
    assert len(below.findings.rows) == 120


def test_it_is_told_when_not_all_findings_were_summed_up(page: ChatPage) -> None:
    part = FindingsPart(9, 9, tuple(Finding(1, f"Deadline {at}") for at in range(12)), summed=10)
    below = show(page, replace(FOUND, mode=AnswerMode.EXHAUSTIVE), part, TextPart("Many."))
    assert "12 findings; the text above sums up the first 10 of them" in below.spoken


def test_with_a_demo_model_the_passages_come_first_and_a_warning(page: ChatPage) -> None:
    page.apply(opened(question(1, "What?"), answer(2, "", 1, TurnState.PARTIAL)))
    page.apply(TurnLoading(HERE, MessageId(2), "SmolLM2-135M-Instruct"))
    page.apply(TurnDelta(HERE, MessageId(2), GroundAdded(FOUND)))
    page.apply(TurnDelta(HERE, MessageId(2), TextDelta("The rent is [1].")))
    page.transcript.flush()
    view = page.transcript.view_of(1)
    assert view is not None
    lead = view.asides.lead
    assert lead is not None
    assert len(lead.list.rows) == 3
    assert "may get it wrong" in lead.warning.text()
    assert view.text.y() >= lead.y() + lead.height()


def test_other_models_have_nothing_above_their_words(page: ChatPage) -> None:
    show(page, FOUND, TextPart("The rent is [1]."))
    view = page.transcript.view_of(1)
    assert view is not None
    assert view.asides.lead is None
