"""Thoughts are told from the answer, however the text is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.stream import Delta, TextDelta, ThoughtDelta
from desktop.engine.worker.thinking import ThoughtSplitter, opens_thought


def split(pieces: list[str], closing: str = "") -> tuple[str, str]:
    """Thought and text of an answer that arrives in these pieces."""
    splitter = ThoughtSplitter(closing)
    deltas: list[Delta] = [delta for piece in pieces for delta in splitter.feed(piece)] + splitter.finish()
    assert all(delta.text for delta in deltas)
    return tuple(  # type: ignore[return-value]
        "".join(delta.text for delta in deltas if isinstance(delta, kind)) for kind in (ThoughtDelta, TextDelta)
    )


ANSWERS = [
    ("plain text", "", "plain text"),
    ("<think>\nhm\n</think>\n\nyes", "hm\n", "yes"),
    ("\n<think>hm</think>yes", "hm", "yes"),
    ("The tag <think> opens, </think> closes.", "", "The tag <think> opens, </think> closes."),
    ("<|channel>thought\nhm\n<channel|>yes", "hm\n", "yes"),
    ("<|channel>thought\n<channel|>yes", "", "yes"),
    ("one<|channel>thought\nhm<channel|>two", "hm", "onetwo"),
    ("a < b and <thin air>", "", "a < b and <thin air>"),
    ("<think>never closed", "never closed", ""),
    ("<|channel>other", "", "<|channel>other"),
    ("ends with <", "", "ends with <"),
]


@pytest.mark.parametrize(("answer", "thought", "text"), ANSWERS)
def test_thought_and_text_are_told_apart(answer: str, thought: str, text: str) -> None:
    assert split([answer]) == (thought, text)
    assert split(list(answer)) == (thought, text)


@given(
    st.data(), st.sampled_from([answer for answer, _, _ in ANSWERS]) | st.text("<|>/think channeltoug\n", max_size=60)
)
def test_pieces_do_not_matter(data: st.DataObject, answer: str) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(answer)), max_size=8)))
    pieces = [answer[start:end] for start, end in zip([0, *cuts], [*cuts, len(answer)], strict=True)]
    assert split(pieces) == split([answer])


def test_prompt_that_ends_in_a_thought_begins_in_one() -> None:
    assert opens_thought("<|im_start|>assistant\n<think>\n") == "</think>"
    assert opens_thought("<|turn>model\n<|channel>thought\n") == "<channel|>"
    assert opens_thought("<|turn>model\n<|channel>thought\n<channel|>") == ""
    assert split(["hm</think>", "\n\nyes"], "</think>") == ("hm", "yes")


def test_text_is_given_as_soon_as_it_is_certain() -> None:
    assert ThoughtSplitter().feed("Paris") == [TextDelta("Paris")]
