"""How full the context window is, as a person is told."""

from dataclasses import replace
from pathlib import Path

from desktop.core.attachments import Attachment
from desktop.core.context_use import ContextUse
from desktop.core.conversations import ConversationId, MessageId, StoredMessage, TurnState, TurnStats
from desktop.core.events import ContextMeasured
from desktop.core.generation import LoadOptions
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import Message, Role
from desktop.core.taking import AttachmentPart, Senses, tokens
from desktop.services.context_use import counted, estimated
from tests.fakes import FakeEngine
from tests.houses import ask, opened, thread_of

HERE = ConversationId(1)


def path(*texts: str) -> tuple[StoredMessage, ...]:
    roles = (Role.USER, Role.ASSISTANT)
    return tuple(
        StoredMessage(MessageId(number), HERE, None, Message.of(roles[number % 2], text), TurnState.COMPLETE, 0.0)
        for number, text in enumerate(texts)
    )


def test_after_an_answer_the_counted_tokens_are_told(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine().answers("The capital ", "is Paris.")) as (house, recorder):
        finished = ask(house, recorder, "What is the capital of France?")
        use = recorder.wait(ContextMeasured).use
    assert use.conversation == finished.conversation
    assert (use.window, use.used, use.newest, use.about) == (4096, 12, 2, False)
    assert use.free == 4084


def test_messages_that_no_longer_fit_are_counted(tmp_path: Path) -> None:
    engine = FakeEngine().answers("A").answers("B")
    with opened(tmp_path / "p", engine) as (house, recorder):
        first = ask(house, recorder, "one")
        recorder.wait(ContextMeasured)
        engine.omitted = (1, 2)
        ask(house, recorder, "two", first.conversation)
        assert recorder.wait(ContextMeasured).use.left_out == 2


def test_a_conversation_that_was_just_opened_is_an_estimate(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine().answers("Paris.")) as (house, recorder):
        house.settings.change(load=LoadOptions(context=2048))
        conversation = ask(house, recorder, "What is the capital of France?").conversation
        recorder.wait(ContextMeasured)
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        house.history.open(conversation)
        use = recorder.wait(ContextMeasured).use
    assert use.about
    assert (use.window, use.used) == (2048, 11)


def test_automatic_context_is_known_once_the_models_were_weighed(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine().answers("Paris.")) as (house, recorder):
        conversation = ask(house, recorder, "What is the capital of France?").conversation
        recorder.wait(ContextMeasured)
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        house.models.list()
        house.history.open(conversation)
        thread_of(house, recorder, conversation)
        assert not [one for one in recorder.events if isinstance(one, ContextMeasured)]
        house.models.weigh()
        use = recorder.wait(ContextMeasured).use
    assert use.about
    assert use.window >= 2048


def test_another_context_length_makes_it_an_estimate_again(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine().answers("Paris.")) as (house, recorder):
        conversation = ask(house, recorder, "What is the capital of France?").conversation
        assert recorder.wait(ContextMeasured).use.window == 4096
        house.history.open(conversation)
        assert not recorder.wait(ContextMeasured).use.about
        house.settings.change(load=LoadOptions(context=2048))
        use = recorder.wait(ContextMeasured).use
    assert (use.window, use.about) == (2048, True)


def test_a_new_chat_is_not_measured(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        house.history.new()
        ask(house, recorder, "one")
        recorder.wait(ContextMeasured)
    assert all(one.use.conversation != 0 for one in recorder.events if isinstance(one, ContextMeasured))


def test_parts_add_up_to_what_was_counted() -> None:
    stats = TurnStats(prompt_tokens=900, answer_tokens=100)
    use = counted(path("a question " * 50, "an answer"), stats, 1024)
    assert use.system + use.earlier == 900
    assert 0 < use.system < use.earlier
    assert (use.newest, use.free, round(use.share, 2)) == (100, 24, 0.98)


def test_an_estimate_leaves_out_the_oldest_messages_that_do_not_fit() -> None:
    use = estimated(path("x" * 4000, "y" * 4000, "z" * 400, "w" * 400), 512)
    assert use.left_out == 2
    assert use.about
    assert use.used <= 512


def test_more_than_the_window_is_shown_as_full() -> None:
    use = ContextUse(HERE, 100, 10, 80, 40)
    assert (use.used, use.free, use.share) == (100, 0, 1.0)


def test_a_picture_takes_room_in_a_model_that_sees() -> None:
    photo = AttachmentPart(Attachment("d", "photo.png", 9, Facts(Kind.PICTURE, Format.PNG, 640, 480, 1)))
    question, answer = path("What is this?", "A ship.")
    shown = replace(question, message=Message(Role.USER, (photo, *question.message.parts)))
    seeing = Senses(sees=True)
    blind = estimated((shown, answer), 4096)
    assert estimated((shown, answer), 4096, seeing).earlier == blind.earlier + tokens(photo, seeing)
