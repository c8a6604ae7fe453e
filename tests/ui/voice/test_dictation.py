"""A dictation as a person speaks it into the composer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.drafts import Draft
from desktop.core.speech_errors import TranscriberCrashed
from desktop.core.voice_events import Dictated, DictationEnded, SpeechKnown
from desktop.ui.voice.microphone import Trouble
from tests.ui.voice.test_recorder import LEFT, SECOND, Table


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    table = Table(qtbot)
    table.controls.apply(SpeechKnown("whisper-base"))
    return table


def begins(table: Table) -> str:
    QTest.mouseClick(table.controls.dictate, LEFT)
    table.ears.heard.emit(SECOND)
    return str(table.voice.asked[0][1])


def pending(table: Table) -> str:
    return table.composer.text.textCursor().block().layout().preeditAreaText()


def test_words_appear_at_the_cursor_while_speaking(table: Table) -> None:
    table.composer.set_draft(Draft("Please note:"))
    token = begins(table)
    table.controls.apply(Dictated(token, "", "The lease"))
    assert table.composer.draft.text == "Please note:"
    assert pending(table) == " the lease"
    table.controls.apply(Dictated(token, "The lease ends", "in"))
    table.controls.apply(Dictated(token, "in May."))
    assert table.composer.draft.text == "Please note: the lease ends in May."
    assert pending(table) == ""
    assert table.voice.asked[:2] == [("dictate", token), ("take", token, SECOND)]


def test_one_undo_takes_the_whole_dictation_back(table: Table) -> None:
    token = begins(table)
    for words in ("The lease", "ends", "in May."):
        table.controls.apply(Dictated(token, words, "more"))
    table.controls.apply(DictationEnded(token))
    assert table.composer.draft.text == "The lease ends in May."
    table.composer.text.undo()
    assert table.composer.draft.text == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys_end_it_and_send_nothing(table: Table, key: Qt.Key) -> None:
    sent: list[object] = []
    table.composer.ready = True
    table.composer.submitted.connect(sent.append)
    token = begins(table)
    table.controls.apply(Dictated(token, "Yes"))
    QTest.keyClick(table.composer.text, key)
    assert table.commands() == ["dictate", "finish_dictation"]
    table.controls.apply(Dictated(token, "indeed."))
    table.controls.apply(DictationEnded(token))
    assert table.composer.draft.text == "Yes indeed."
    assert sent == []
    QTest.keyClick(table.composer.text, Qt.Key.Key_Return)
    assert len(sent) == 1


def test_without_a_model_the_button_says_why(table: Table) -> None:
    table.controls.apply(SpeechKnown(""))
    assert "no speech model" in table.controls.dictate.toolTip()
    QTest.mouseClick(table.controls.dictate, LEFT)
    assert table.voice.asked == []
    assert "no speech model" in table.notices.cards[0].notice.text


def test_a_failure_is_told_and_the_words_stay(table: Table) -> None:
    token = begins(table)
    table.controls.apply(Dictated(token, "Yes", "and"))
    table.controls.apply(DictationEnded(token, TranscriberCrashed()))
    assert table.composer.draft.text == "Yes"
    assert pending(table) == ""
    assert len(table.notices.cards) == 1
    assert not table.controls.dictation.is_on


def test_a_microphone_that_is_pulled_out_ends_it(table: Table) -> None:
    begins(table)
    table.ears.broke.emit(Trouble.UNPLUGGED)
    assert table.commands() == ["dictate", "finish_dictation"]
    assert "disconnected" in table.notices.cards[0].notice.text


def test_an_enter_after_the_end_waits_for_the_last_words_and_then_sends_them(table: Table, qtbot: QtBot) -> None:
    sent: list[Draft] = []
    table.composer.ready = True
    table.composer.submitted.connect(sent.append)
    token = begins(table)
    table.controls.apply(Dictated(token, "Yes", "in"))
    QTest.keyClick(table.composer.text, Qt.Key.Key_Return)
    QTest.keyClick(table.composer.text, Qt.Key.Key_Return)
    assert sent == []
    table.controls.apply(Dictated(token, "indeed."))
    table.controls.apply(DictationEnded(token))
    qtbot.waitUntil(lambda: sent == [Draft("Yes indeed.")])


def test_what_is_sent_by_the_button_holds_the_uncertain_words_and_none_come_after(table: Table) -> None:
    sent: list[Draft] = []
    table.composer.ready = True
    table.composer.submitted.connect(sent.append)
    token = begins(table)
    table.controls.apply(Dictated(token, "Yes", "indeed"))
    QTest.mouseClick(table.composer.button, LEFT)
    table.controls.apply(Dictated(token, "indeed and more"))
    assert sent == [Draft("Yes indeed")]
    assert table.composer.draft == Draft()
    assert pending(table) == ""
    assert not table.controls.dictation.is_on


def test_a_selection_made_meanwhile_is_not_replaced(table: Table) -> None:
    token = begins(table)
    table.controls.apply(Dictated(token, "The lease", ""))
    table.composer.text.selectAll()
    table.controls.apply(Dictated(token, "", "ends"))
    assert table.composer.draft.text == "The lease"
    table.controls.apply(Dictated(token, "ends", ""))
    assert table.composer.draft.text == "The lease ends"
