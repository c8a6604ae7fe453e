"""Messages are values; an answer is assembled by one fold."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import errors
from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.stream import Delta, TextDelta, ThoughtDelta, ToolCallDelta, fold
from desktop.core.tools import BrokenCallPart, ToolCallPart, ToolResultPart, canonical

CALL = ToolCallPart("get_weather", '{"city":"Paris","days":3}')
texts = st.text(min_size=1)
deltas = st.lists(st.builds(TextDelta, texts) | st.builds(ThoughtDelta, texts))


def folded(pieces: list[Delta]) -> Message:
    message = Message(Role.ASSISTANT)
    for piece in pieces:
        message = fold(message, piece)
    return message


@given(deltas)
def test_fold_keeps_every_character_in_order(pieces: list[Delta]) -> None:
    message = folded(pieces)
    assert message.text == "".join(one.text for one in pieces if isinstance(one, TextDelta))
    assert message.thoughts == "".join(one.text for one in pieces if isinstance(one, ThoughtDelta))


@given(deltas)
def test_fold_never_leaves_two_parts_of_one_kind_side_by_side(pieces: list[Delta]) -> None:
    kinds = [type(part) for part in folded(pieces).parts]
    assert all(one is not other for one, other in pairwise(kinds))


def test_a_call_is_a_part_of_its_own_and_the_words_around_it_are_paragraphs() -> None:
    pieces: list[Delta] = [TextDelta("Let me "), TextDelta("see."), ToolCallDelta(CALL), ToolCallDelta(CALL)]
    message = folded([*pieces, TextDelta("Sunny.")])
    assert message.parts == (TextPart("Let me see."), CALL, CALL, TextPart("Sunny."))
    assert message.text == "Let me see.\n\nSunny."
    assert message.calls == (CALL, CALL)


def test_a_copy_holds_calls_as_plain_lines_where_they_were() -> None:
    broken, result = BrokenCallPart("call:{\n"), ToolResultPart("get_weather", "sunny\n and warm")
    message = Message(Role.ASSISTANT, (TextPart("Let me see."), CALL, result, broken, TextPart("Sunny.")))
    assert message.copied.split("\n\n") == [
        "Let me see.",
        "[Wants to use: get_weather, city: Paris, days: 3]",
        "[Result of get_weather: sunny and warm]",
        "[Wanted to use a tool, in words that cannot be read: call:{]",
        "Sunny.",
    ]


@given(st.dictionaries(texts, st.integers() | texts | st.lists(st.booleans() | st.none())))
def test_equal_arguments_have_equal_texts(values: dict[str, object]) -> None:
    turned = dict(reversed(values.items()))
    assert canonical(values) == canonical(turned)
    assert ToolCallPart("f", canonical(values)).values == values


def test_no_call_looks_like_another_one() -> None:
    call = ToolCallPart("read_file", canonical({"path": "a\u202efdp.exe\u2066\nb"}))
    assert call.told == "read_file, path: afdp.exe b"


@pytest.mark.parametrize("text", ["", "[1]", "{", "[" * 5000, "1" * 5000])
def test_arguments_that_are_none_name_nothing(text: str) -> None:
    assert ToolCallPart("f", text).told == "f"


def test_fold_does_not_change_the_message_it_was_given() -> None:
    before = Message.of(Role.ASSISTANT, "Hello")
    assert fold(before, TextDelta(" there")).text == "Hello there"
    assert before.parts == (TextPart("Hello"),)


def test_thoughts_are_not_text() -> None:
    message = Message(Role.ASSISTANT, (ThoughtPart("hm"), TextPart("Yes.")))
    assert (message.text, message.thoughts) == ("Yes.", "hm")


def test_an_error_survives_the_pipe_with_its_sentence() -> None:
    error = errors.ModelDamaged(name="a.gguf", reason="it is cut short")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is errors.ModelDamaged
    assert str(back) == str(error)
    assert "a.gguf" in str(back)


def test_every_error_says_what_was_kept_or_what_to_do() -> None:
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.AppError)]
    assert len(kinds) > 15
    for kind in kinds:
        assert kind.sentence.endswith("."), kind
        assert kind is errors.AppError or kind.__doc__, kind
