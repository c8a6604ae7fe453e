"""Which turns stay when the window is full."""

from collections.abc import Sequence

import pytest

from desktop.core.errors import PromptTooLong
from desktop.core.messages import Message
from desktop.engine.worker.selection import Selection
from tests.engine.conftest import asked


def render(messages: Sequence[Message]) -> tuple[str, list[int]]:
    text = "|".join(message.text for message in messages)
    return text, [ord(letter) for letter in text]


def count(message: Message) -> int:
    return len(message.text)


def chosen(selection: Selection, messages: Sequence[Message], window: int = 400) -> tuple[int, ...]:
    return selection.fit(messages, window, None).omitted


def turns(count: int) -> list[str]:
    return [text for number in range(count) for text in (f"{number:<40}", "a" * 20)]


def test_all_stays_when_it_fits() -> None:
    assert chosen(Selection(render, count), asked(*turns(2), "and now?")) == ()


def test_cut_is_deep_and_stays_for_the_next_turns() -> None:
    selection = Selection(render, count)
    first = chosen(selection, asked(*turns(5), "and now?"))
    assert first
    assert len(first) % 2 == 0
    assert chosen(selection, asked(*turns(5), "and now?", "this", "then?")) == first


def test_cut_of_another_conversation_is_not_used() -> None:
    selection = Selection(render, count)
    assert chosen(selection, asked(*turns(5), "and now?"))
    assert chosen(selection, asked("short", "yes", "and now?")) == ()


def test_cut_moves_on_when_the_rest_no_longer_fits() -> None:
    selection = Selection(render, count)
    first = chosen(selection, asked(*turns(5), "and now?"))
    later = chosen(selection, asked(*turns(9), "and now?"))
    assert set(first) < set(later)
    assert later[0] == 1


def test_only_the_newest_may_be_left() -> None:
    omitted = chosen(Selection(render, count), asked(*turns(3), "n" * 220))
    assert omitted == tuple(range(1, 7))


def test_newest_alone_too_long_is_told() -> None:
    with pytest.raises(PromptTooLong, match="tokens"):
        chosen(Selection(render, count), asked("n" * 500))
