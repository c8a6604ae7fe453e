"""The context meter: when it is there, what it says, what it opens."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.context_use import ContextUse
from desktop.core.conversations import ConversationId, MessageId, StoredMessage, Thread, TurnState
from desktop.core.events import ContextMeasured, ThreadOpened
from desktop.core.messages import Message, Role
from desktop.ui.models import wording
from desktop.ui.models.context_meter import ContextMeter
from desktop.ui.theme import dark, light
from tests.ui.conftest import conversation

HERE, ELSEWHERE = ConversationId(1), ConversationId(2)


def opened(number: int = 1, messages: int = 1) -> ThreadOpened:
    stored = StoredMessage(
        MessageId(1), ConversationId(number), None, Message.of(Role.USER, "hi"), TurnState.COMPLETE, 0.0
    )
    return ThreadOpened(Thread(conversation(number), (stored,) * messages))


def use(number: int = 1, **fields: int | bool) -> ContextUse:
    parts = {"window": 8192, "system": 40, "earlier": 1000, "newest": 200} | fields
    return ContextUse(ConversationId(number), **parts)  # type: ignore[arg-type]


@pytest.fixture
def meter(qtbot: QtBot) -> ContextMeter:
    made = ContextMeter(light())
    qtbot.addWidget(made)
    made.apply(opened())
    return made


def test_it_says_how_much_is_taken(meter: ContextMeter) -> None:
    assert meter.isHidden()
    meter.apply(ContextMeasured(use()))
    assert meter.isVisible()
    assert wording.fill(use()) == "1.2k / 8k"
    assert meter.accessibleName() == "Context: 1240 of 8192 tokens in use (15 %)"
    assert meter.toolTip() == "1240 of 8192 tokens in use (15 %)"


def test_an_estimate_says_so(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use(about=True)))
    assert wording.fill(use(about=True)) == "about 1.2k / 8k"
    assert meter.toolTip().startswith("About 1240 of 8192")


def test_what_is_no_longer_read_is_said(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use(left_out=4)))
    assert meter.toolTip().endswith("The first 4 messages are no longer read.")
    meter.apply(ContextMeasured(use(left_out=1)))
    assert meter.toolTip().endswith("The first message is no longer read.")


def test_a_new_chat_has_no_meter(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use()))
    meter.apply(opened(0, messages=0))
    assert meter.isHidden()


def test_another_conversation_is_not_shown_here(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use(2)))
    assert meter.isHidden()
    meter.apply(ContextMeasured(use()))
    meter.apply(opened(2))
    assert meter.isHidden()


def test_opening_the_same_conversation_again_does_not_blink(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use()))
    meter.apply(opened())
    assert meter.isVisible()


def test_without_room_it_is_away(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use()))
    meter.make_room(False, False)
    assert meter.isHidden()
    meter.apply(ContextMeasured(use()))
    assert meter.isHidden()
    meter.make_room(True, False)
    named = meter.sizeHint().width()
    meter.make_room(True, True)
    assert meter.isVisible()
    assert meter.sizeHint().width() > named


def test_it_opens_what_takes_the_room(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use()))
    meter.click()
    popup = meter.popup()
    assert [label.text() for label in popup.counts] == ["40", "1000", "200", "6952"]
    assert popup.fill.text() == "1240 of 8192 tokens in use (15 %)"
    assert popup.left_out.isHidden()
    assert popup.note.isHidden()


def test_the_open_pop_up_follows_the_answers(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use()))
    meter.click()
    meter.apply(ContextMeasured(use(newest=1200, left_out=4)))
    assert meter.popup().counts[2].text() == "1200"
    assert meter.popup().left_out.text() == "The first 4 messages are no longer read."
    assert "longer context" in meter.popup().note.text()


def test_an_estimate_is_called_one_in_the_pop_up(meter: ContextMeter) -> None:
    meter.apply(ContextMeasured(use(about=True, left_out=4)))
    meter.click()
    assert meter.popup().note.text().startswith("An estimate")
    assert meter.popup().left_out.text() == "Messages that will not be read, the oldest first: 4."


def test_it_is_drawn_full_and_empty_in_both_themes(meter: ContextMeter) -> None:
    for theme in (light(), dark()):
        meter.apply_theme(theme)
        for one in (use(earlier=0, newest=0, system=0), use(earlier=8000)):
            meter.apply(ContextMeasured(one))
            meter.click()
            assert not meter.grab().isNull()
            assert not meter.popup().grab().isNull()
            meter.popup().hide()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0"),
        (312, "312"),
        (999, "999"),
        (1000, "1k"),
        (1240, "1.2k"),
        (8192, "8k"),
        (12700, "12.4k"),
        (131072, "128k"),
    ],
)
def test_tokens_are_short(count: int, words: str) -> None:
    assert wording.short(count) == words
