"""The parts of messages as the store keeps them."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.attachments import Attachment
from desktop.core.media import Detail, Facts, Format, Kind
from desktop.core.messages import Message, Part, PastedPart, Role, TextPart, ThoughtPart
from desktop.core.taking import AttachmentPart
from desktop.core.tools import BrokenCallPart, ToolCallPart, ToolResultPart, canonical
from desktop.store.parts import dump_parts, load_parts, searched, sound_message

FACTS = st.builds(
    Facts,
    st.sampled_from(Kind),
    st.sampled_from(Format),
    st.integers(0, 9_000),
    st.integers(0, 9_000),
    st.integers(0, 9),
    st.floats(0, 1e6),
    st.booleans(),
)
ATTACHMENTS = st.builds(Attachment, st.text("0123456789abcdef"), st.text(), st.integers(0, 1 << 40), FACTS)
PARTS = st.lists(
    st.builds(TextPart, st.text())
    | st.builds(ThoughtPart, st.text())
    | st.builds(PastedPart, st.text(), st.text())
    | st.builds(AttachmentPart, ATTACHMENTS, st.sampled_from(Detail))
    | st.builds(ToolCallPart, st.text(), st.dictionaries(st.text(), st.text()).map(canonical))
    | st.builds(BrokenCallPart, st.text())
    | st.builds(ToolResultPart, st.text(), st.text())
)


@given(PARTS.map(tuple))
def test_parts_are_the_same_again(parts: tuple[Part, ...]) -> None:
    message = Message(Role.USER, parts)
    assert load_parts(dump_parts(parts), message.text) == parts or not parts


def test_half_characters_of_a_pasted_text_do_not_lose_it() -> None:
    message = sound_message(Message(Role.USER, (PastedPart("a\ud800", "b\ud800c"),)))
    assert message.parts == (PastedPart("a\ufffd", "b\ufffdc"),)


def test_half_characters_of_a_call_do_not_lose_the_answer() -> None:
    parts = (ToolCallPart("a\ud800", '{"b":"\ud800"}'), BrokenCallPart("\ud800"), ToolResultPart("a", "\ud800"))
    assert sound_message(Message(Role.ASSISTANT, parts)).parts == (
        ToolCallPart("a\ufffd", '{"b":"\ufffd"}'),
        BrokenCallPart("\ufffd"),
        ToolResultPart("a", "\ufffd"),
    )


def test_an_answer_is_searched_by_its_words_and_not_by_the_tools_it_wants() -> None:
    message = Message(Role.ASSISTANT, (TextPart("Let me see."), ToolCallPart("get_weather", '{"city":"Paris"}')))
    assert searched(message) == "Let me see."


def test_a_message_is_searched_by_its_words_and_by_the_names_of_its_files() -> None:
    scan = AttachmentPart(Attachment("ab", "lease.png", 3, Facts(Kind.PICTURE, Format.PNG)))
    message = Message(Role.USER, (scan, PastedPart("mail", "Dear Sir"), TextPart("What is this?")))
    assert searched(message) == "mail:\n```\nDear Sir\n```\n\nWhat is this?\n\nlease.png"


def test_half_characters_in_the_name_of_a_file_do_not_lose_the_question() -> None:
    scan = AttachmentPart(Attachment("ab", "a\ud800.png", 3, Facts(Kind.PICTURE, Format.PNG)))
    (sound,) = sound_message(Message(Role.USER, (scan,))).attached
    assert sound.attachment.name == "a\ufffd.png"
