"""Finding in the conversation: what is counted, what is marked, and what is brought into sight."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.core.conversations import MessageId, StoredMessage, TurnState
from desktop.core.events import Event, TurnDelta, TurnFinished, TurnStarted
from desktop.core.stream import TextDelta
from desktop.ui.chat.answer_writing import AnswerWriting
from desktop.ui.chat.document_words import words_of
from desktop.ui.chat.finder import Query
from desktop.ui.chat.formulas import at_once
from desktop.ui.chat.grounds import height_of
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.message_view import MessageView
from desktop.ui.chat.transcript_model import TranscriptModel
from desktop.ui.chat.transcript_view import TranscriptView
from desktop.ui.theme import dark, light
from tests.ui.chat.conftest import HERE, answer, opened, question, talk

LONG = "\n\n".join(f"Paragraph {number} of a very long answer, with some words in it." for number in range(400))


@dataclass
class Shown:
    """A transcript with a field beside it, and what a reader sees of it."""

    model: TranscriptModel
    view: TranscriptView
    beside: QLineEdit
    qtbot: QtBot

    def apply(self, event: Event) -> None:
        change = self.model.apply(event)
        if change is not None:
            self.view.apply(change)

    def find(self, words: str) -> None:
        self.view.finding.open(self.view.selected_text())
        self.view.finding.bar.field.setText(words)
        self.rest()

    def rest(self) -> None:
        finding = self.view.finding
        self.qtbot.waitUntil(lambda: finding.finder.is_done and not finding.marks._stale and self.view._rows.is_settled)

    def said(self) -> str:
        return self.view.finding.bar.count.text()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view.finding.bar.field, key, modifier)
        self.rest()

    def marks(self, row: int) -> list[tuple[int, int]]:
        """What is marked in a row, strongly or not, as positions in its text."""
        return sorted([*self.row(row).grounds.ranges, *self._strong(row)])

    def marked(self, row: int) -> list[str]:
        found = []
        for start, end in self.marks(row):
            cursor = QTextCursor(self.row(row).text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            found.append(cursor.selectedText())
        return found

    def strong(self, row: int) -> list[int]:
        """Where the place stands that is looked at, in the text of a row."""
        return [start for start, _ in self._strong(row)]

    def row(self, row: int) -> MessageView:
        view = self.view.view_of(row)
        assert view is not None
        return view

    def _strong(self, row: int) -> list[tuple[int, int]]:
        found = self.row(row).text.extraSelections()
        return [(one.cursor.selectionStart(), one.cursor.selectionEnd()) for one in found]  # type: ignore[attr-defined]

    def height_in_sight(self) -> int:
        """Where on the page the place stands that is looked at."""
        hit = self.view.finding.finder.current
        assert hit is not None
        view = self.view.view_of(hit.row)
        assert view is not None
        assert view.isVisible()
        return view.y() + self.view.finding.marks.height_of_current()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., Shown]:
    def make(*rows: StoredMessage) -> Shown:
        model = TranscriptModel()
        view = TranscriptView(model, light())
        beside = QLineEdit()
        qtbot.addWidget(beside)
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show()
        made = Shown(model, view, beside, qtbot)
        made.apply(opened(*rows))
        return made

    return make


def test_places_are_counted_over_all_messages_and_the_first_in_sight_is_looked_at(show: Callable[..., Shown]) -> None:
    shown = show(*talk(60))
    shown.find("Question 11")
    assert shown.said() == "5 of 6"
    assert shown.marked(116) == shown.marked(118) == ["Question 11"]
    assert (shown.strong(116), shown.strong(118)) == ([0], [])


def test_enter_goes_on_and_shift_enter_back_all_around(show: Callable[..., Shown]) -> None:
    shown = show(*talk(60))
    shown.find("Question 11")
    seen = [shown.view.finding.finder.current.row]  # type: ignore[union-attr]
    for _ in range(6):
        shown.key(Qt.Key.Key_Return)
        seen.append(shown.view.finding.finder.current.row)  # type: ignore[union-attr]
        assert 0 <= shown.height_in_sight() < shown.view.viewport().height()
    assert seen == [116, 118, 10, 110, 112, 114, 116]
    shown.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.said() == "4 of 6"
    shown.key(Qt.Key.Key_F3)
    assert shown.said() == "5 of 6"


def test_words_are_found_as_they_read_and_not_as_they_are_written(show: Callable[..., Shown]) -> None:
    text = "The **lease** ends, see [the annex](https://example.org/annex).\n\n```python\nlease = 1\n```\n"
    shown = show(question(1, "The lease?"), answer(2, text, 1))
    shown.find("the lease ends")
    assert shown.said() == "1 of 1"
    assert shown.marked(1) == ["The lease ends"]
    for words in ("**lease", "example.org", "Copy", "python"):
        shown.find(words)
        assert shown.said() == "Nothing found"
        assert shown.marked(1) == []


def test_case_is_minded_only_when_asked_for(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "Lease and lease"))
    shown.find("Lease")
    assert shown.said() == "1 of 2"
    shown.view.finding.bar.case.click()
    shown.rest()
    assert shown.said() == "1 of 1"
    assert shown.marked(0) == ["Lease"]


def test_marks_stand_on_their_words_behind_letters_that_take_two_places(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "😀😀 lease 😀 lease"), answer(2, "😀 **lease** 𝒙", 1))
    shown.find("lease")
    assert shown.said() == "1 of 3"
    assert shown.marked(0) == ["lease", "lease"]
    assert shown.marked(1) == ["lease"]


def test_marks_stand_on_their_words_behind_a_drawn_formula(qtbot: QtBot) -> None:
    document = QTextDocument()
    helpers = Helpers.of(light(), at_once, document)
    stored = answer(2, "Let $x + y$ be the lease.", 1)
    writing = AnswerWriting(document, light(), helpers)
    writing.write(stored)
    assert "\N{OBJECT REPLACEMENT CHARACTER}" in document.toPlainText()
    words = words_of(document)
    assert words.text == "Let $x + y$ be the lease."
    pattern = Query("lease").pattern
    assert pattern is not None
    ((start, end),) = words.find(pattern)
    assert document.toPlainText()[start:end] == "lease"


def test_place_deep_in_a_long_answer_out_of_sight_is_brought_into_sight(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "Hello"), answer(2, LONG, 1), *_after(40))
    shown.find("Paragraph 317 ")
    assert shown.said() == "1 of 1"
    assert 0 <= shown.height_in_sight() < shown.view.viewport().height()
    assert shown.marked(1) == ["Paragraph 317 "]


def test_places_are_found_again_while_an_answer_streams(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "Which fox?"), answer(2, "A fox", 1, TurnState.PARTIAL))
    shown.find("fox")
    assert shown.said() == "1 of 2"
    shown.apply(TurnDelta(HERE, MessageId(2), TextDelta(" and a red fo")))
    shown.apply(TurnDelta(HERE, MessageId(2), TextDelta("x.\n\nNo fox")))
    shown.view.flush()
    shown.rest()
    assert shown.said() == "1 of 4"
    assert shown.marked(1) == ["fox", "fox", "fox"]
    shown.apply(TurnFinished(HERE, answer(2, "A fox and a red fox.\n\nNo fox", 1)))
    shown.rest()
    assert shown.said() == "1 of 4"


def test_places_of_an_answer_that_streams_out_of_sight_are_counted(show: Callable[..., Shown]) -> None:
    shown = show(*talk(40), question(101, "Go on", 80), answer(102, "A fox", 101, TurnState.PARTIAL))
    shown.view.verticalScrollBar().setValue(0)
    shown.view.view_of(0)
    shown.find("fox")
    assert shown.said() == "1 of 1"
    shown.view.verticalScrollBar().setValue(0)
    shown.view.view_of(0)
    assert 81 not in shown.view._live
    shown.apply(TurnDelta(HERE, MessageId(102), TextDelta(" meets a fox")))
    shown.view.flush()
    shown.rest()
    assert shown.said() == "1 of 2"


def test_reader_is_not_taken_away_when_another_question_is_asked(show: Callable[..., Shown]) -> None:
    shown = show(*talk(40))
    shown.find("Question 79")
    shown.apply(TurnStarted(HERE, question(79, "New"), answer(102, "", 79, TurnState.PARTIAL)))
    shown.rest()
    assert shown.view.at_end
    assert shown.said() == "Nothing found"


def test_another_conversation_is_looked_through_and_shown_at_its_end(show: Callable[..., Shown]) -> None:
    shown = show(*talk(3))
    shown.find("question 1")
    shown.apply(opened(*talk(60), conversation=2))
    shown.rest()
    assert shown.said() == "16 found"
    assert shown.view.at_end
    shown.key(Qt.Key.Key_Return)
    assert shown.said() == "15 of 16"


def test_escape_closes_the_bar_takes_the_marks_away_and_gives_the_keyboard_back(
    show: Callable[..., Shown], qtbot: QtBot
) -> None:
    shown = show(*talk(3))
    shown.beside.show()
    shown.beside.setFocus()
    qtbot.waitUntil(shown.beside.hasFocus)
    place = shown.view.verticalScrollBar().value()
    shown.find("question")
    assert shown.marked(4) == ["Question"]
    assert not shown.view.finding.bar.isHidden()
    shown.key(Qt.Key.Key_Escape)
    assert shown.view.finding.bar.isHidden()
    assert shown.marked(4) == []
    assert shown.view.viewport().height() == shown.view.height()
    assert shown.view.verticalScrollBar().value() == place
    assert shown.beside.hasFocus()


def test_what_is_selected_is_looked_for(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "The lease, and the lease"))
    view = shown.view.view_of(0)
    assert view is not None
    view.text.select(4, 9)
    shown.view.finding.open(shown.view.selected_text())
    shown.rest()
    assert shown.view.finding.bar.field.text() == "lease"
    assert shown.said() == "1 of 2"


def test_ground_of_a_mark_is_drawn_under_its_words(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "The lease"), answer(2, "| a | b |\n|---|---|\n| x | the lease |\n", 1))
    shown.find("lease")
    row = shown.row(1)
    picture = row.grab().toImage()
    ratio = picture.width() / row.width()
    cursor = QTextCursor(row.text.document())
    cursor.setPosition(shown.marks(1)[0][0])
    corner = row.text.pos() + row.text.cursorRect(cursor).topLeft()
    color = picture.pixelColor(int((corner.x() + 1) * ratio), int((corner.y() + 1) * ratio))
    assert color == QColor(light().mark)


def test_marks_follow_the_theme(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "The lease, and the lease"))
    shown.find("lease")
    shown.view.apply_theme(dark())
    shown.rest()
    assert len(shown.strong(0)) == 1


def test_very_many_places_are_marked_around_what_is_in_sight(show: Callable[..., Shown]) -> None:
    shown = show(question(1, "Hello"), answer(2, LONG, 1))
    shown.view.view_of(1)
    shown.find("e")
    assert len(shown.marked(1)) == 200
    view = shown.view.view_of(1)
    assert view is not None
    bar = shown.view.verticalScrollBar()
    for value in (bar.maximum(), bar.maximum() // 2, 0):
        bar.setValue(value)
        shown.rest()
        heights = sorted(view.y() + height_of(view.text, start) for start, _ in shown.marks(1))
        assert heights[0] <= max(30, view.y() + view.text.y() + 30)
        assert heights[-1] >= min(
            shown.view.viewport().height() - 60, view.y() + view.text.y() + view.text.height() - 60
        )


def test_two_thousand_messages_are_looked_through_in_short_turns(show: Callable[..., Shown]) -> None:
    shown = show(*talk(1000))
    finder = shown.view.finding.finder
    finder.look_for(Query("sentence"))
    spent = []
    while not finder.is_done:
        start = time.thread_time()
        finder._search()
        spent.append(time.thread_time() - start)
    assert finder.total == 1000 * 12
    assert sorted(spent)[len(spent) // 2] < 0.008


def _after(turns: int) -> tuple[StoredMessage, ...]:
    return tuple(question(1000 + number, f"More {number}") for number in range(turns))


def test_bar_grows_with_the_text_and_leaves_room_for_itself(show: Callable[..., Shown]) -> None:
    shown = show(*talk(6))
    shown.find("word")
    before = shown.view.finding.bar.height()
    shown.view.apply_theme(replace(light(), scale=2.0))
    shown.rest()
    assert shown.view.finding.bar.height() == 2 * before
    assert shown.view.viewport().y() >= 2 * before
