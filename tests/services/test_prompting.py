"""Prompts and titles."""

from dataclasses import replace

from desktop.core.attachments import Attachment
from desktop.core.conversations import ConversationId, MessageId, StoredMessage, TurnState
from desktop.core.coverage import SourceId
from desktop.core.grounding import AnswerMode, FoundPart, FoundPassage, TablePart
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import Message, Part, PastedPart, Role, TextPart
from desktop.core.taking import AttachmentPart
from desktop.services import prompting, source_choice, source_text


def stored(number: int, role: Role, text: str) -> StoredMessage:
    return StoredMessage(MessageId(number), ConversationId(1), None, Message.of(role, text), TurnState.COMPLETE, 0.0)


def test_an_empty_answer_is_left_out_and_its_questions_are_joined() -> None:
    path = (stored(1, Role.USER, "one"), stored(2, Role.ASSISTANT, ""), stored(3, Role.USER, "two"))
    prompt = prompting.build(path)
    assert [one.text for one in prompt.messages] == [prompting.SYSTEM, "one\n\ntwo"]
    assert prompt.ids((1,)) == (1, 3)


def test_indexes_lead_back_to_the_stored_messages() -> None:
    path = (stored(7, Role.USER, "a"), stored(8, Role.ASSISTANT, "b"), stored(9, Role.USER, "c"))
    assert prompting.build(path).ids((1, 2)) == (7, 8)


def test_title_is_the_first_words_cut_between_words() -> None:
    assert prompting.title("Short\nquestion?") == "Short question?"
    long = prompting.title("Please summarise the lease contract between the parties, and list all the risks")
    assert long == "Please summarise the lease contract between the…"
    assert len(prompting.title("x" * 500)) <= prompting.TITLE_LENGTH + 1


def test_a_pasted_text_stands_fenced_above_its_question() -> None:
    asked = Message(Role.USER, (PastedPart("Pasted text, 2 words", "a ``` b"), TextPart("Why?")))
    path = (StoredMessage(MessageId(1), ConversationId(1), None, asked, TurnState.COMPLETE, 0.0),)
    assert prompting.build(path).messages[-1].text == "Pasted text, 2 words:\n````\na ``` b\n````\n\nWhy?"


PHOTO = AttachmentPart(Attachment("aa", "photo.png", 9, Facts(Kind.PICTURE, Format.PNG)))
SONG = AttachmentPart(Attachment("bb", "song.wav", 9, Facts(Kind.SOUND, Format.WAV)))


def asked(number: int, *parts: Part) -> StoredMessage:
    message = Message(Role.USER, parts)
    return StoredMessage(MessageId(number), ConversationId(1), None, message, TurnState.COMPLETE, 0.0)


def test_attachments_stand_above_all_that_is_said_of_them() -> None:
    (_, question) = prompting.build((asked(1, PastedPart("Note", "n"), PHOTO, TextPart("Why?")),)).messages
    assert question.parts == (PHOTO, TextPart("Note:\n```\nn\n```\n\nWhy?"))


def test_a_question_without_words_is_asked() -> None:
    (_, question) = prompting.build((asked(1, PHOTO),)).messages
    assert question.parts == (PHOTO,)


def test_joined_questions_keep_their_attachments_above_their_own_words() -> None:
    path = (asked(1, PHOTO, TextPart("one")), stored(2, Role.ASSISTANT, ""), asked(3, SONG, TextPart("two")))
    (_, question) = prompting.build(path).messages
    assert question.parts == (PHOTO, TextPart("one\n\n"), SONG, TextPart("two"))
    (_, silent) = prompting.build((asked(1, PHOTO), asked(2, TextPart("two")))).messages
    assert silent.parts == (PHOTO, TextPart("two"))


def test_sources_of_an_answer_that_has_no_words_are_forgotten_so_that_no_number_is_given_twice() -> None:
    lost = FoundPassage(1, SourceId(1), "old.pdf", 1, 0, 4, "lost")
    answer = asked(2, FoundPart(AnswerMode.WHOLE, (lost,)))
    answer = replace(answer, message=replace(answer.message, role=Role.ASSISTANT))
    prompt = prompting.build((asked(1, TextPart("one")), answer, asked(3, TextPart("two"))))
    assert prompt.messages[-1].text == "one\n\ntwo"
    assert not any(one.found for one in prompt.messages)


def test_what_is_looked_for_are_the_words_of_questions_and_never_the_sources_above_them() -> None:
    passage = FoundPassage(1, SourceId(1), "old.pdf", 1, 0, 9, "An elephant.\n\nA whale.")
    parts = (FoundPart(AnswerMode.WHOLE, (passage,)), TextPart("Grey [1]."))
    answer = asked(2, *parts)
    answer = replace(answer, message=replace(answer.message, role=Role.ASSISTANT))
    path = (asked(1, TextPart("What colour is it?")), answer, asked(3, TextPart("And why?")))
    messages = prompting.build(path).messages
    assert "elephant" in messages[1].text
    assert source_choice.query_of(messages) == "What colour is it?\nAnd why?"
    table = TablePart("select", (), ("sum",), ((5,),), 1)
    assert source_text.bare(source_text.grounded("How much?\n\nIn all?", (table,), set())) == "How much?\n\nIn all?"
