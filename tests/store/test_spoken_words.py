"""What is said in a file is found through the messages that name it, and goes with the last of them."""

import io

from desktop.core.attachments import Attachment
from desktop.core.conversations import GENERAL, ConversationId
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import Message, Role, TextPart
from desktop.core.taking import AttachmentPart
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database


def kept(attachments: AttachmentStore, content: bytes = b"sound") -> AttachmentPart:
    digest, size = attachments.put(io.BytesIO(content), "talk.wav")
    return AttachmentPart(Attachment(digest, "talk.wav", size, Facts(Kind.SOUND, Format.WAV, seconds=1.0)))


def asked(talks: ConversationStore, part: AttachmentPart, text: str = "Sum it up.") -> ConversationId:
    conversation = talks.create("A talk", GENERAL).id
    talks.ask(conversation, None, Message(Role.USER, (part, TextPart(text))), "")
    return conversation


def found(talks: ConversationStore, query: str) -> set[ConversationId]:
    return {one.conversation for one in talks.search(query)}


def test_every_message_that_names_a_file_is_found_by_what_is_said_in_it(
    talks: ConversationStore, attachments: AttachmentStore
) -> None:
    part = kept(attachments)
    first = asked(talks, part)
    attachments.make_findable(part.attachment.digest, "the lease ends in Überlingen\n")
    second = asked(talks, part)
    assert found(talks, "lease uberl") == {first, second}
    (hit, _) = talks.search("lease")
    assert hit.snippet.split() == ["the", "lease", "ends", "in", "Überlingen"]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["lease"]


def test_words_that_nobody_says_are_not_found(talks: ConversationStore, attachments: AttachmentStore) -> None:
    part = kept(attachments)
    attachments.make_findable(part.attachment.digest, "the lease ends")
    assert found(talks, "lease") == set()
    asked(talks, kept(attachments, b"another"))
    assert found(talks, "lease") == set()


def test_a_message_that_is_found_twice_is_shown_once(talks: ConversationStore, attachments: AttachmentStore) -> None:
    part = kept(attachments)
    conversation = asked(talks, part, "When does the lease end?")
    attachments.make_findable(part.attachment.digest, "the lease ends in May")
    assert [one.conversation for one in talks.search("lease")] == [conversation]


def test_another_model_s_words_take_the_place_of_the_first(
    talks: ConversationStore, attachments: AttachmentStore
) -> None:
    part = kept(attachments)
    conversation = asked(talks, part)
    attachments.make_findable(part.attachment.digest, "the leash ends")
    attachments.make_findable(part.attachment.digest, "the lease ends")
    assert found(talks, "lease") == {conversation}
    assert found(talks, "leash") == set()


def test_the_words_go_with_the_last_message(
    talks: ConversationStore, attachments: AttachmentStore, database: Database
) -> None:
    part = kept(attachments)
    first, second = asked(talks, part), asked(talks, part)
    attachments.make_findable(part.attachment.digest, "the lease ends")
    talks.delete(first)
    assert found(talks, "lease") == {second}
    talks.delete(second)
    with database.snapshot() as db:
        assert db.execute("select count(*) from spoken").fetchone() == (0,)
        assert db.execute("select count(*) from spoken_search where spoken_search match 'lease'").fetchone() == (0,)
