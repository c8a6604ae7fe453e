"""What a person gets from send, edit, regenerate and stop."""

from pathlib import Path

import pytest

from desktop.core.again import Again, Manner
from desktop.core.conversations import TurnState
from desktop.core.errors import EngineCrashed, NoModel
from desktop.core.events import ConversationDeleted, ThreadOpened, TurnDelta, TurnFinished, TurnStarted
from desktop.core.messages import Role
from desktop.core.stream import ThoughtDelta
from tests.fakes import FakeEngine
from tests.houses import Recorder, ask, opened, thread_of


def test_question_and_answer_are_stored_and_announced(tmp_path: Path) -> None:
    engine = FakeEngine().answers("The capital ", "is Paris.")
    with opened(tmp_path / "p", engine) as (house, recorder):
        finished = ask(house, recorder, "What is the capital of France?")
        shown = thread_of(house, recorder, finished.conversation)
    assert [one.message.text for one in shown.thread.messages] == [
        "What is the capital of France?",
        "The capital is Paris.",
    ]
    assert finished.answer.state is TurnState.COMPLETE
    assert finished.answer.stats is not None
    assert finished.answer.stats.answer_tokens == 2
    assert shown.thread.summary.title == "What is the capital of France?"


def test_the_question_is_stored_before_the_model_is_asked(tmp_path: Path) -> None:
    seen: list[str] = []
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        engine.answers(lambda: seen.extend(hit.snippet for hit in house.shelf.conversations.search("zebra")), "ok")
        ask(house, recorder, "zebra crossing")
    assert seen
    assert "zebra" in seen[0]


def test_follow_up_sends_the_whole_conversation_without_thoughts(tmp_path: Path) -> None:
    engine = FakeEngine().answers(ThoughtDelta("hm"), "One.").answers("Two.")
    with opened(tmp_path / "p", engine) as (house, recorder):
        first = ask(house, recorder, "first")
        ask(house, recorder, "second", first.conversation)
    assert [(one.role, one.text) for one in engine.asked[1].messages[1:]] == [
        (Role.USER, "first"),
        (Role.ASSISTANT, "One."),
        (Role.USER, "second"),
    ]
    assert first.answer.message.thoughts == "hm"


def test_stop_keeps_partial_answer(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        engine.answers("Half an ", lambda: house.chat.stop(), "answer")
        finished = ask(house, recorder, "Tell me")
        shown = thread_of(house, recorder, finished.conversation)
    assert finished.answer.state is TurnState.STOPPED
    assert shown.thread.messages[-1].message.text == "Half an "


def test_a_crash_keeps_partial_answer_and_the_next_question_works(tmp_path: Path) -> None:
    engine = FakeEngine().answers("Half", EngineCrashed()).answers("Whole")
    with opened(tmp_path / "p", engine) as (house, recorder):
        failed = ask(house, recorder, "one")
        good = ask(house, recorder, "two", failed.conversation)
    assert failed.answer.state is TurnState.FAILED
    assert failed.answer.message.text == "Half"
    assert isinstance(failed.error, EngineCrashed)
    assert good.answer.message.text == "Whole"


@pytest.mark.expected_log
def test_a_bug_in_the_engine_ends_the_turn_and_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def bug() -> None:
        raise ZeroDivisionError("secret words")

    engine = FakeEngine().answers("Half", bug).answers("fine")
    with opened(tmp_path / "p", engine) as (house, recorder):
        failed = ask(house, recorder, "one")
        assert ask(house, recorder, "two", failed.conversation).answer.message.text == "fine"
    assert failed.answer.state is TurnState.FAILED
    assert "ZeroDivisionError" in caplog.text
    assert "secret words" not in caplog.text


def test_edit_makes_a_branch_and_keeps_the_old_one(tmp_path: Path) -> None:
    engine = FakeEngine().answers("A").answers("B")
    with opened(tmp_path / "p", engine) as (house, recorder):
        ask(house, recorder, "old words")
        started = next(one for one in recorder.events if isinstance(one, TurnStarted))
        house.chat.edit(started.question.id, "new words")
        second = recorder.wait(TurnFinished)
        shown = thread_of(house, recorder, second.conversation).thread
        assert [one.message.text for one in shown.messages] == ["new words", "B"]
        assert len(shown.messages[0].siblings) == 2
        house.history.show_branch(second.conversation, started.question.id)
        back = recorder.wait(ThreadOpened).thread
    assert [one.message.text for one in back.messages] == ["old words", "A"]


def test_regenerate_makes_a_second_answer_to_the_same_question(tmp_path: Path) -> None:
    engine = FakeEngine().answers("A").answers("B")
    with opened(tmp_path / "p", engine) as (house, recorder):
        first = ask(house, recorder, "question")
        house.chat.regenerate(first.answer.id)
        second = recorder.wait(TurnFinished)
        shown = thread_of(house, recorder, second.conversation).thread
    assert [one.message.text for one in shown.messages] == ["question", "B"]
    assert shown.messages[1].siblings == (first.answer.id, second.answer.id)


def test_a_shorter_answer_is_asked_for_this_once(tmp_path: Path) -> None:
    engine = FakeEngine().answers("A").answers("B").answers("C")
    with opened(tmp_path / "p", engine) as (house, recorder):
        first = ask(house, recorder, "question")
        house.chat.regenerate(first.answer.id, "", Again(manner=Manner.SHORTER))
        second = recorder.wait(TurnFinished)
        ask(house, recorder, "more", second.conversation)
    assert "in a few sentences" in engine.asked[1].messages[-1].text
    assert all("in a few sentences" not in one.text for one in engine.asked[2].messages)


def test_a_more_creative_answer_is_written_hotter_this_once(tmp_path: Path) -> None:
    engine = FakeEngine().answers("A").answers("B")
    with opened(tmp_path / "p", engine) as (house, recorder):
        first = ask(house, recorder, "question")
        house.chat.regenerate(first.answer.id, "", Again(manner=Manner.CREATIVE))
        recorder.wait(TurnFinished)
    assert engine.asked[1].sampling.temperature > engine.asked[0].sampling.temperature


def test_messages_that_no_longer_fit_are_named(tmp_path: Path) -> None:
    engine = FakeEngine().answers("A").answers("B")
    with opened(tmp_path / "p", engine) as (house, recorder):
        first = ask(house, recorder, "one")
        engine.omitted = (1, 2)
        second = ask(house, recorder, "two", first.conversation)
        shown = thread_of(house, recorder, first.conversation).thread
    assert second.answer.stats is not None
    assert second.answer.stats.omitted == (shown.messages[0].id, shown.messages[1].id)


def test_without_a_model_the_question_is_kept_and_the_answer_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path / "empty"), raising=False)
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        finished = ask(house, recorder, "Are you there?")
        hits = house.shelf.conversations.search("there")
    assert isinstance(finished.error, NoModel)
    assert len(hits) == 1


def test_a_conversation_deleted_while_it_is_answered_leaves_nothing(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def delete() -> None:
            house.history.delete(beside.wait(TurnStarted).answer.conversation)
            beside.wait(ConversationDeleted)

        engine.answers("a", delete, "b")
        finished = ask(house, recorder, "walrus")
        assert finished.error is None
        assert house.shelf.conversations.search("walrus") == ()


def test_an_opened_thread_and_later_deltas_make_the_whole_answer(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def look() -> None:
            house.history.open(beside.wait(TurnStarted).answer.conversation)
            beside.wait(ThreadOpened, lambda one: bool(one.thread.messages))

        engine.answers("One ", "two ", look, "three")
        ask(house, recorder, "count")
    at = max(i for i, one in enumerate(recorder.events) if isinstance(one, ThreadOpened))
    opening = recorder.events[at]
    assert isinstance(opening, ThreadOpened)
    later = "".join(one.delta.text for one in recorder.events[at:] if isinstance(one, TurnDelta))
    assert opening.thread.messages[-1].message.text == "One two "
    assert later == "three"
