"""Conversations as files."""

from pathlib import Path

from desktop.core.errors import StoreUnwritable
from desktop.core.events import ConversationExported, Failed
from desktop.services.export import markdown
from tests.fakes import FakeEngine
from tests.houses import ask, opened


def test_conversation_is_written_where_the_person_says(tmp_path: Path) -> None:
    with opened(tmp_path / "profile", FakeEngine().answers("A fox is **red**.")) as (house, recorder):
        finished = ask(house, recorder, "What is a fox?")
        place = tmp_path / "fox.md"
        house.exports.save(finished.conversation, str(place))
        assert recorder.wait(ConversationExported).name == "fox.md"
    assert place.read_text("utf-8") == (
        f"# What is a fox?\n\n## You\n\nWhat is a fox?\n\n## {finished.answer.model}\n\nA fox is **red**.\n"
    )


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with opened(tmp_path / "profile", FakeEngine().answers("Yes")) as (house, recorder):
        finished = ask(house, recorder, "Hello")
        house.exports.save(finished.conversation, str(tmp_path / "no" / "fox.md"))
        failed = recorder.wait(Failed)
    assert isinstance(failed.error, StoreUnwritable)
    assert str(tmp_path / "no") in str(failed.error)


def test_pasted_text_is_exported_with_its_question() -> None:
    from desktop.core.conversations import (
        ConversationId,
        ConversationSummary,
        MessageId,
        StoredMessage,
        Thread,
        TurnState,
    )
    from desktop.core.messages import Message, PastedPart, Role, TextPart

    message = Message(Role.USER, (PastedPart("Annex", "Two words"), TextPart("Sum this up")))
    stored = StoredMessage(MessageId(1), ConversationId(1), None, message, TurnState.COMPLETE, 0.0)
    text = markdown(Thread(ConversationSummary(ConversationId(1), "A chat", 0.0), (stored,)))
    assert text.startswith("# A chat\n\n## You\n\nAnnex:\n```\nTwo words\n```")
    assert text.endswith("Sum this up")


def test_files_are_exported_by_their_names() -> None:
    from desktop.core.attachments import Attachment
    from desktop.core.media import Facts, Format, Kind
    from desktop.core.messages import Message, Role, TextPart
    from desktop.core.taking import AttachmentPart

    photo = Attachment("a", "photo.png", 9, Facts(Kind.PICTURE, Format.PNG, 4, 4, 1))
    call = Attachment("b", "call.wav", 9, Facts(Kind.SOUND, Format.WAV, seconds=2.0))
    message = Message(Role.USER, (AttachmentPart(photo), AttachmentPart(call), TextPart("What is this?")))
    assert message.copied == "[picture: photo.png]\n[sound: call.wav]\n\nWhat is this?"
    assert message.whole == "What is this?"
