"""The column of messages: what stays in place, what is drawn, what is selected."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.core.again import Again
from desktop.core.conversations import MessageId, TurnState
from desktop.core.drafts import Draft
from desktop.core.events import SendFailed, TurnDelta, TurnFinished, TurnStarted
from desktop.core.stream import TextDelta, ThoughtDelta
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.message_view import MessageView
from desktop.ui.theme import dark
from tests.ui.chat.conftest import HERE, Opened, answer, opened, question, talk

PARTIAL = TurnState.PARTIAL
LONG = "\n\n".join(f"Paragraph {number} of a very long answer, with some words in it." for number in range(300))


def view(page: ChatPage, row: int) -> MessageView:
    found = page.transcript.view_of(row)
    assert found is not None
    return found


def browser(page: ChatPage, row: int) -> QTextBrowser:
    (found,) = view(page, row).findChildren(QTextBrowser)
    return found


def words(page: ChatPage, row: int) -> str:
    return browser(page, row).toPlainText()


def begin(page: ChatPage, text: str = "") -> None:
    page.apply(opened(question(1, "Hello"), answer(2, text, 1, PARTIAL)))


def more(page: ChatPage, text: str) -> None:
    page.apply(TurnDelta(HERE, MessageId(2), TextDelta(text)))


def test_row_that_comes_alive_while_words_wait_shows_them_once(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(*talk(40), question(101, "Hello", 80), answer(2, "One", 101, PARTIAL)))
    page.transcript.verticalScrollBar().setValue(0)
    assert page.transcript.view_of(0) is not None
    assert 81 not in page.transcript._live
    more(page, " two")
    page.transcript.jump_to_end()
    assert words(page, 81) == "One two"
    page.transcript.flush()
    assert words(page, 81) == "One two"


def test_theme_changed_while_words_stream_loses_none(opened_page: Opened) -> None:
    page = opened_page.page
    begin(page)
    more(page, "One")
    more(page, " two")
    page.apply_theme(dark())
    more(page, " three")
    page.transcript.flush()
    assert words(page, 1) == "One two three"


def test_theme_change_keeps_the_place(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(*talk(40)))
    bar = page.transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    place = bar.value()
    page.apply_theme(dark())
    assert bar.value() == place


def test_long_answer_is_written_in_slices_and_ends_whole_and_in_sight(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    longest = 0.0
    page.apply(opened(question(1, "Hello"), answer(2, 4 * LONG, 1)))
    while not page.transcript._rows.is_settled:
        start = time.thread_time()
        page.transcript._rows.place()
        longest = max(longest, time.thread_time() - start)
    assert longest < 0.05
    qtbot.waitUntil(lambda: view(page, 1).isVisible())
    assert words(page, 1).endswith("Paragraph 299 of a very long answer, with some words in it.")
    assert page.transcript.at_end


def test_scrolling_up_through_guessed_heights_leaves_no_gap(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    page.apply(opened(*talk(60)))
    bar = page.transcript.verticalScrollBar()
    while bar.value() > 0:
        bar.setValue(bar.value() - 300)
        page.transcript._rows.settle()
        live = sorted(page.transcript._live)
        for row in live:
            if row + 1 in live:
                assert view(page, row).geometry().bottom() + 1 == view(page, row + 1).geometry().top()
    assert words(page, 0) == "Question 1"
    assert len(page.transcript._live) < 20


def test_reader_at_the_end_follows_and_other_readers_are_left_alone(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(*talk(20)))
    page.apply(TurnStarted(HERE, question(101, "More", 40), answer(2, "", 101, PARTIAL)))
    more(page, LONG[:3000])
    page.transcript.flush()
    bar = page.transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(bar.maximum() - 400)
    place = bar.value()
    more(page, LONG[3000:5000])
    page.transcript.flush()
    assert bar.value() == place
    assert not page.transcript._jump.isHidden()
    page.transcript._jump.click()
    assert bar.value() == bar.maximum()


def test_other_branch_is_shown_where_the_reader_is(opened_page: Opened) -> None:
    page = opened_page.page
    rows = talk(30)
    page.apply(opened(*rows))
    bar = page.transcript.verticalScrollBar()
    bar.setValue(page.transcript._column.top(21) - 200)
    place = bar.value()
    page.apply(opened(*rows[:21], answer(900, "Another answer", 21), focus=900))
    assert words(page, 21) == "Another answer"
    assert bar.value() == min(place, bar.maximum())


def test_drag_selects_across_messages_and_copy_takes_it(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    page.apply(opened(question(1, "First words"), answer(2, "Second **words**", 1), question(3, "Third words", 2)))
    start, end = browser(page, 0), browser(page, 2)
    QTest.mousePress(start.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(0, 5))
    target = start.viewport().mapFromGlobal(end.viewport().mapToGlobal(QPoint(end.width(), end.height() // 2)))
    QTest.mouseMove(start.viewport(), target)
    QTest.mouseRelease(start.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert page.transcript.selected_text() == "First words\n\nSecond words\n\nThird words"
    qtbot.keyClick(start, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "First words\n\nSecond words\n\nThird words"
    QTest.mouseClick(end.viewport(), Qt.MouseButton.LeftButton)
    assert page.transcript.selected_text() == ""


def test_keyboard_walks_from_message_to_message_and_back(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    page.apply(opened(*talk(3)))
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view(page, 5).holds_focus
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view(page, 4).holds_focus
    assert view(page, 4).accessibleName() == "You: Question 5"
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.composer.text.hasFocus()


def test_right_to_left_question_shows_all_its_words(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(question(1, "لخّص العقد من فضلك")))
    page.resize(480, 700)
    text = browser(page, 0)
    assert text.horizontalScrollBar().maximum() == 0
    assert text.cursorRect(text.textCursor()).right() <= text.width()


def test_thoughts_are_folded_until_asked_for(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    begin(page)
    page.apply(TurnDelta(HERE, MessageId(2), ThoughtDelta("Let me see")))
    fold = view(page, 1).asides.thoughts
    assert fold is not None
    assert fold._button.text() == "Thinking …"
    assert not fold._body.isVisible()
    more(page, "Yes")
    assert fold._button.text().startswith("Thought for ")
    height = view(page, 1).height()
    qtbot.mouseClick(fold._button, Qt.MouseButton.LeftButton)
    assert fold._body.text() == "Let me see"
    qtbot.waitUntil(lambda: fold._share == 1.0)
    assert view(page, 1).height() > height + fold._body.height()
    qtbot.mouseClick(fold._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view(page, 1).height() == height)


def test_question_that_could_not_be_stored_comes_back(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    page.apply(opened())
    qtbot.keyClicks(page.composer.text, "Precious words")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert page.composer.text.toPlainText() == ""
    page.apply(SendFailed(opened_page.chat.token))
    assert page.composer.text.toPlainText() == "Precious words"


def test_words_typed_while_a_new_chat_is_made_stay(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    page.apply(opened(conversation=0))
    qtbot.keyClicks(page.composer.text, "First")
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)
    assert opened_page.chat.asked == [("send", 0, "First")]
    qtbot.keyClicks(page.composer.text, "Second")
    page.apply(replace(opened(), token=opened_page.chat.token))
    page.apply(TurnStarted(HERE, question(1, "First"), answer(2, "", 1, PARTIAL), token=opened_page.chat.token))
    assert page.composer.text.toPlainText() == "Second"


def test_answering_again_stops_the_answer_under_way(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(*talk(1), question(3, "More", 2), answer(4, "Half", 3, PARTIAL)))
    page.transcript.action.emit("regenerate", 2)
    assert opened_page.chat.asked == [("stop", 1), ("regenerate", 2, "", Again())]


def test_escape_leaves_an_edit_and_brings_the_draft_back(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    page.apply(opened(*talk(1), draft="my draft"))
    page.transcript.action.emit("edit", 1)
    assert page.composer.text.toPlainText() == "Question 1"
    qtbot.keyClick(page.composer.text, Qt.Key.Key_Escape)
    assert page.composer.text.toPlainText() == "my draft"
    assert not page.composer.is_editing


def test_composer_grows_with_its_text_up_to_a_share_of_the_window(opened_page: Opened) -> None:
    page = opened_page.page
    one = page.composer.text.height()
    page.composer.set_draft(Draft("\n".join("four")))
    assert one < page.composer.text.height() < 0.4 * page.height()
    assert page.composer.text.verticalScrollBar().maximum() == 0
    page.composer.set_draft(Draft("line\n" * 200))
    assert page.composer.text.height() <= 0.4 * page.height()


@pytest.mark.parametrize("state", [TurnState.STOPPED, TurnState.COMPLETE])
def test_branches_are_counted_and_chosen(make_page: Callable[[], Opened], qtbot: QtBot, state: TurnState) -> None:
    made = make_page()
    siblings = (MessageId(2), MessageId(9), MessageId(12))
    made.page.apply(opened(question(1, "Hello"), replace(answer(9, "Yes", 1, state), siblings=siblings)))
    row = view(made.page, 1)._footer.actions
    assert row is not None
    assert row._count is not None
    assert row._count.text() == "2/3"
    qtbot.mouseClick(row._after, Qt.MouseButton.LeftButton)
    assert made.history.asked == [("show_branch", 1, 12)]


def test_page_stays_as_it_was_until_another_conversation_can_be_shown(opened_page: Opened, qtbot: QtBot) -> None:
    page = opened_page.page
    page.apply(opened(*talk(3)))
    before = [view(page, row) for row in (4, 5)]
    page.apply(opened(question(101, "Hello"), answer(102, 4 * LONG, 101), conversation=2))
    assert not page.transcript._rows.is_settled
    assert all(one.isVisible() for one in before)
    assert not any(one.isVisible() for one in page.transcript._live.values())
    assert view(page, 1).isVisible()
    assert not any(one.isVisible() for one in before)


def test_theme_change_shows_no_half_written_answer(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(question(1, "Hello"), answer(2, 4 * LONG, 1)))
    before = view(page, 1)
    page.apply_theme(dark())
    assert not page.transcript._rows.is_settled
    assert before.isVisible()
    assert view(page, 1) is not before
    assert view(page, 1).isVisible()
    assert words(page, 1).count("Paragraph") == 1200
    assert page.transcript.at_end


def test_nothing_of_a_conversation_stays_that_was_left_while_its_colours_changed(
    opened_page: Opened, qtbot: QtBot
) -> None:
    page = opened_page.page
    page.apply(opened(question(1, "Hello"), answer(2, 4 * LONG, 1)))
    view(page, 1)
    page.apply_theme(dark())
    page.apply(opened(question(101, "Short", conversation=2), conversation=2))
    shown = view(page, 0)
    there = page.transcript.viewport().findChildren(MessageView)
    assert [one for one in there if one.isVisible()] == [shown]
    qtbot.waitUntil(lambda: page.transcript.viewport().findChildren(MessageView) == [shown])


def test_larger_text_keeps_the_message_at_the_top(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(*talk(40)))
    bar = page.transcript.verticalScrollBar()
    bar.setValue(page.transcript._column.top(30))
    view(page, 30)
    page.apply_theme(replace(dark(), scale=1.5))
    assert abs(view(page, 30).y()) < 60


def test_finished_answer_replaces_the_stream_without_a_change(opened_page: Opened) -> None:
    page = opened_page.page
    begin(page)
    more(page, "- one\n- tw")
    page.apply(TurnFinished(HERE, answer(2, "- one\n- two", 1)))
    assert words(page, 1) == "one\ntwo"


def test_another_conversation_opens_while_the_keyboard_is_on_a_message(opened_page: Opened) -> None:
    page = opened_page.page
    page.apply(opened(*talk(200)))
    page.transcript.step(down=False)
    page.apply(opened(question(1001, "Short", conversation=2), conversation=2))
    assert words(page, 0) == "Short"
    page.apply(opened(*talk(30)))
    assert view(page, len(page.model.rows) - 1).isVisible()
