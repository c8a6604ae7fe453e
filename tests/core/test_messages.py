"""Messages are values; an answer is assembled by one fold."""

import pickle
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.core import errors
from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.stream import Delta, TextDelta, ThoughtDelta, fold

deltas = st.lists(st.one_of(st.builds(TextDelta, st.text(min_size=1)), st.builds(ThoughtDelta, st.text(min_size=1))))


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
