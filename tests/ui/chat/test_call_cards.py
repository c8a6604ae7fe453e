"""The tools that an answer wants to use, as a person sees and hears them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from desktop.core.conversations import MessageId, StoredMessage, TurnState
from desktop.core.events import TurnDelta, TurnFinished
from desktop.core.messages import Message, Part, Role, TextPart, ThoughtPart
from desktop.core.stream import TextDelta, ThoughtDelta, ToolCallDelta
from desktop.core.tools import BrokenCallPart, ToolCallPart, canonical
from desktop.ui.chat.call_cards import LONGEST, CallCards
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.message_view import MessageView
from tests.ui.chat.conftest import HERE, Opened, answer, opened, question

PARIS = ToolCallPart("get_weather", '{"city":"Paris"}')


def called(*parts: Part, state: TurnState = TurnState.COMPLETE) -> StoredMessage:
    return replace(answer(2, "x", 1, state), message=Message(Role.ASSISTANT, parts))


def shown(page: ChatPage, *parts: Part, state: TurnState = TurnState.COMPLETE) -> MessageView:
    page.apply(opened(question(1, "What is the weather in Paris?"), called(*parts, state=state)))
    return row(page)


def row(page: ChatPage) -> MessageView:
    found = page.transcript.view_of(1)
    assert found is not None
    return found


def cards(view: MessageView) -> list[str]:
    found = view.findChild(CallCards)
    return [card.label.text() for card in found.cards if card.label.isVisible()] if found else []


def test_a_call_is_one_quiet_line_with_nothing_to_press(opened_page: Opened) -> None:
    view = shown(opened_page.page, PARIS)
    assert cards(view) == ["Wants to use: get_weather, city: Paris"]
    (card,) = view.findChild(CallCards).cards  # type: ignore[union-attr]
    assert card.accessibleName() == "Wants to use: get_weather, city: Paris"
    assert card.findChildren(QAbstractButton) == []
    assert card.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert "Wants to use: get_weather, city: Paris" in view.accessibleName()
    assert card.label.height() <= 2 * card.label.fontMetrics().height()


def test_a_call_that_could_not_be_read_is_told(opened_page: Opened) -> None:
    view = shown(opened_page.page, BrokenCallPart("call:get_weather{city:"))
    assert cards(view) == ["Wanted to use a tool, but what it wrote cannot be read: call:get_weather{city:"]


def test_a_call_appears_while_the_answer_is_written_and_stays(opened_page: Opened) -> None:
    page = opened_page.page
    shown(page, state=TurnState.PARTIAL)
    for delta in (ThoughtDelta("I need a tool."), TextDelta("Let me see."), ToolCallDelta(PARIS)):
        page.apply(TurnDelta(HERE, MessageId(2), delta))
    page.transcript.flush()
    assert cards(row(page)) == ["Wants to use: get_weather, city: Paris"]
    page.apply(TurnFinished(HERE, called(ThoughtPart("I need a tool."), TextPart("Let me see."), PARIS)))
    assert cards(row(page)) == ["Wants to use: get_weather, city: Paris"]
    assert row(page).text.toPlainText() == "Let me see."


@pytest.mark.parametrize("width", [480, 900])
@pytest.mark.parametrize(
    ("parts", "is_above"), [((TextPart("Let me see."), PARIS), True), ((PARIS, TextPart("Sunny.")), False)]
)
def test_words_stand_above_or_below_the_call_as_they_were_said(
    opened_page: Opened, width: int, parts: tuple[Part, ...], is_above: bool
) -> None:
    opened_page.page.resize(width, 700)
    view = shown(opened_page.page, *parts)
    card, text = view.findChild(CallCards), view.text
    assert card is not None
    assert (text.geometry().top() < card.geometry().top()) is is_above
    assert not text.geometry().intersects(card.geometry())
    assert max(text.geometry().bottom(), card.geometry().bottom()) < view.height()


def test_a_long_call_is_cut_on_the_page_and_whole_in_a_copy(opened_page: Opened) -> None:
    long = "water " * 400
    view = shown(opened_page.page, ToolCallPart("search", canonical({"query": long})))
    (words,) = cards(view)
    assert len(words) < LONGEST + 40
    assert words.endswith("…")
    view.action.emit("copy", 2)
    assert QGuiApplication.clipboard().text() == f"[Wants to use: search, query: {long.strip()}]"


def test_what_a_call_says_is_never_markup(opened_page: Opened) -> None:
    view = shown(opened_page.page, ToolCallPart("<b>f</b>", canonical({"a": "<img src=x>"})))
    assert cards(view) == ["Wants to use: <b>f</b>, a: <img src=x>"]
    (card,) = view.findChild(CallCards).cards  # type: ignore[union-attr]
    assert card.label.textFormat() is Qt.TextFormat.PlainText
