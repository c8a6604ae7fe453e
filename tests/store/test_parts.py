"""The parts of messages as the store keeps them."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.messages import Message, PastedPart, Role, TextPart, ThoughtPart
from desktop.store.parts import dump_parts, load_parts, sound_message

PARTS = st.lists(
    st.builds(TextPart, st.text()) | st.builds(ThoughtPart, st.text()) | st.builds(PastedPart, st.text(), st.text())
)


@given(PARTS.map(tuple))
def test_parts_are_the_same_again(parts: tuple[TextPart | ThoughtPart | PastedPart, ...]) -> None:
    message = Message(Role.USER, parts)
    assert load_parts(dump_parts(parts), message.text) == parts or not parts


def test_half_characters_of_a_pasted_text_do_not_lose_it() -> None:
    message = sound_message(Message(Role.USER, (PastedPart("a\ud800", "b\ud800c"),)))
    assert message.parts == (PastedPart("a\ufffd", "b\ufffdc"),)
