"""Titles by the model: when they come, when they do not, and what is made of the model's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.app import House
from desktop.core.conversations import ConversationId
from desktop.core.errors import EngineCrashed
from desktop.core.events import ConversationChanged, TurnFinished, TurnStarted
from desktop.core.generation import EngineEvent, Finished, GenerateRequest
from desktop.core.ports import ChatEngine
from desktop.core.settings import AnswerOptions
from desktop.engine.client import LocalChatEngine
from desktop.services.title_words import cleaned
from desktop.services.titles import GOOD_ENOUGH, TitleService
from tests.fakes import FakeEngine
from tests.houses import Recorder, ask, opened, thread_of

QUESTION = "What notice period applies to a lease that was signed in 2019 and renewed twice since then?"


class NotingEngine(LocalChatEngine):
    """The real engine; it notes how each word beside the conversation ended."""

    def __init__(self) -> None:
        super().__init__()
        self.asides: list[Finished] = []

    def generate(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        for event in super().generate(request):
            if request.aside and isinstance(event, Finished):
                self.asides.append(event)
            yield event


@contextmanager
def titled(root: Path, engine: ChatEngine, good_enough: int = 0) -> Iterator[tuple[House, Recorder]]:
    """A house where every model is good enough to give titles."""
    with opened(root, engine) as (house, recorder):
        lane = house.lanes[1]
        parts = (house.engine, house.models, house.settings, house.shelf, lane, house.announcer.publish)
        titles = TitleService(*parts, good_enough=good_enough)
        unsubscribe = house.announcer.subscribe(titles.follow)
        try:
            yield house, recorder
        finally:
            titles.close()
            unsubscribe()


def title_of(house: House, conversation: ConversationId) -> str:
    return house.shelf.conversations.summary(conversation).title


def quiet(house: House, recorder: Recorder, conversation: ConversationId) -> None:
    """Wait until the lane of the answers has done all that it was given."""
    done: list[None] = []
    house.lanes[1].submit(lambda: done.append(None))
    house.lanes[1].submit(lambda: house.history.open(conversation))
    thread_of(house, recorder, conversation)
    while not done:
        thread_of(house, recorder, conversation)


def test_first_answer_gives_the_conversation_a_title(tmp_path: Path) -> None:
    engine = FakeEngine().answers("Three months.").answers('"Notice period', ' of a lease"')
    with titled(tmp_path / "p", engine) as (house, recorder):
        finished = ask(house, recorder, QUESTION)
        changed = recorder.wait(ConversationChanged, lambda one: "Notice" in one.summary.title)
    assert finished.answer.message.text == "Three months."
    assert changed.summary.title == "Notice period of a lease"
    assert engine.asked[1].aside
    assert [one.text for one in engine.asked[1].messages[1:3]] == [QUESTION, "Three months."]


def test_until_the_answer_is_complete_the_title_is_its_first_words(tmp_path: Path) -> None:
    engine = FakeEngine()
    seen: list[str] = []
    with titled(tmp_path / "p", engine) as (house, recorder):
        engine.answers("Three ", lambda: seen.append(house.shelf.conversations.list_all()[0].title), "months.")
        ask(house, recorder, QUESTION)
    assert seen == ["What notice period applies to a lease that was…"]


def test_a_small_model_gives_no_titles(tmp_path: Path) -> None:
    engine = FakeEngine().answers("Three months.")
    with titled(tmp_path / "p", engine, GOOD_ENOUGH) as (house, recorder):
        conversation = ask(house, recorder, QUESTION).conversation
        quiet(house, recorder, conversation)
        assert title_of(house, conversation).startswith("What notice period")
    assert len(engine.asked) == 1


def test_a_title_that_a_person_gave_stays(tmp_path: Path) -> None:
    engine = FakeEngine()
    with titled(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def rename() -> None:
            house.history.rename(beside.wait(TurnStarted).answer.conversation, "Mine")
            beside.wait(ConversationChanged, lambda one: one.summary.title == "Mine")

        engine.answers("Three ", rename, "months.").answers("Lease")
        conversation = ask(house, recorder, QUESTION).conversation
        quiet(house, recorder, conversation)
        assert title_of(house, conversation) == "Mine"
    assert len(engine.asked) == 1


def test_a_rename_while_the_model_thinks_of_a_title_wins(tmp_path: Path) -> None:
    engine = FakeEngine()
    with titled(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def rename() -> None:
            house.history.rename(beside.wait(TurnFinished).conversation, "Mine")
            beside.wait(ConversationChanged, lambda one: one.summary.title == "Mine")

        engine.answers("Three months.").answers("Lease ", rename, "matters")
        conversation = ask(house, recorder, QUESTION).conversation
        recorder.wait(ConversationChanged, lambda one: one.summary.title == "Mine")
        quiet(house, recorder, conversation)
        assert title_of(house, conversation) == "Mine"


def test_a_question_ends_the_title_at_once_and_the_next_answer_brings_it(tmp_path: Path) -> None:
    engine = FakeEngine()
    with titled(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def ask_on() -> None:
            conversation = beside.wait(TurnFinished).conversation
            house.chat.send(conversation, "And in winter?")
            beside.wait(TurnStarted, lambda one: one.question.message.text == "And in winter?")

        engine.answers("Three months.").answers("Half a ", ask_on, "title").answers("The same.").answers("Lease")
        conversation = ask(house, recorder, QUESTION).conversation
        second = recorder.wait(TurnFinished)
        changed = recorder.wait(ConversationChanged, lambda one: one.summary.title == "Lease")
    assert second.answer.message.text == "The same."
    assert changed.summary.id == conversation


def test_a_title_comes_once(tmp_path: Path) -> None:
    engine = FakeEngine().answers("One.").answers("Lease").answers("Two.")
    with titled(tmp_path / "p", engine) as (house, recorder):
        conversation = ask(house, recorder, QUESTION).conversation
        recorder.wait(ConversationChanged, lambda one: one.summary.title == "Lease")
        ask(house, recorder, "And then?", conversation)
        quiet(house, recorder, conversation)
    assert [one.aside for one in engine.asked] == [False, True, False]


def test_a_crash_while_a_title_is_made_is_not_told(tmp_path: Path) -> None:
    engine = FakeEngine().answers("One.").answers("Le", EngineCrashed()).answers("Two.").answers("Lease")
    with titled(tmp_path / "p", engine) as (house, recorder):
        conversation = ask(house, recorder, QUESTION).conversation
        quiet(house, recorder, conversation)
        assert title_of(house, conversation).startswith("What notice period")
        assert ask(house, recorder, "And then?", conversation).error is None
    assert not [one for one in recorder.events if type(one).__name__ in ("Failed", "Broke")]


def test_a_stopped_answer_gets_no_title(tmp_path: Path) -> None:
    engine = FakeEngine()
    with titled(tmp_path / "p", engine) as (house, recorder):
        engine.answers("Half an ", lambda: house.chat.stop(), "answer")
        conversation = ask(house, recorder, QUESTION).conversation
        quiet(house, recorder, conversation)
    assert len(engine.asked) == 1


def test_real_model_makes_a_title_and_the_follow_up_reads_only_the_new_question(
    tmp_path: Path, starter_model: Path
) -> None:
    engine = NotingEngine()
    with titled(tmp_path / "p", engine) as (house, recorder):
        house.settings.change(sampling=AnswerOptions(temperature=0.0, max_tokens=60))
        first = ask(house, recorder, "Why is the sky blue? Answer in one sentence.")
        before = title_of(house, first.conversation)
        quiet(house, recorder, first.conversation)
        title = title_of(house, first.conversation)
        follow_up = ask(house, recorder, "And red?", first.conversation).answer.stats
    assert first.answer.stats is not None
    assert follow_up is not None
    (aside,) = engine.asides
    assert aside.answer_tokens > 0
    assert title == before or len(title.split()) <= 6, "a model this small may repeat what it was told"
    assert follow_up.reused_tokens >= first.answer.stats.prompt_tokens + first.answer.stats.answer_tokens
    assert follow_up.prompt_tokens - follow_up.reused_tokens < 20


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Notice Period"', "Notice Period"),
        ("Title: **Notice Period**\nMore words", "Notice Period"),
        ("\n\n# Kündigungsfrist im Mietrecht.", "Kündigungsfrist im Mietrecht"),
        ("one two three four five six seven eight", "one two three four five six"),
        ("C# or F#?", "C# or F#?"),
        ("「契約」", ""),
        ("At most six words, in the language", ""),
        ("***", ""),
        ("", ""),
    ],
)
def test_what_the_model_wrote_becomes_a_plain_line(written: str, title: str) -> None:
    assert cleaned(written, "A question in Latin letters") == title


def test_title_is_in_the_script_of_the_question() -> None:
    assert cleaned("Срок аренды", "Какой срок?") == "Срок аренды"
    assert cleaned("Lease term", "Какой срок?") == ""
    assert cleaned("Sum of two numbers", "2 + 2 = ?") == "Sum of two numbers"
