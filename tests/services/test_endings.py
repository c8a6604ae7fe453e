"""How answers end when something else happens at that moment: what is shown and what is kept."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from desktop import app
from desktop.core.conversations import ConversationId, StoredMessage, Thread, TurnState
from desktop.core.errors import StoreFull
from desktop.core.events import (
    ConversationChanged,
    ConversationDeleted,
    ConversationsListed,
    Event,
    ModelReady,
    ThreadOpened,
    TurnDelta,
    TurnFinished,
    TurnLoading,
    TurnStarted,
)
from desktop.core.ports import Conversations
from desktop.services.lanes import Lane
from tests.fakes import FakeClock, FakeEngine
from tests.houses import PATIENCE, Recorder, ask, fill_the_disk, opened, thread_of


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """The machine's clock: half-written answers are committed when it says that a second has passed."""
    clock = FakeClock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


class SlowStore:
    """A store in which something happens between the reading of a thread and its hand-out, or before an end is kept."""

    def __init__(self, store: Conversations) -> None:
        self._store = store
        self.was_read = threading.Event()
        self.after_reading: Callable[[], object] | None = None
        self.before_finishing: Callable[[], object] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def thread(self, conversation: ConversationId) -> Thread:
        found = self._store.thread(conversation)
        meanwhile, self.after_reading = self.after_reading, None
        if meanwhile is not None:
            self.was_read.set()
            meanwhile()
        return found

    def finish(self, *fields: Any) -> StoredMessage:
        if self.before_finishing is not None:
            self.before_finishing()
        return self._store.finish(*fields)


def slow(house: app.House) -> SlowStore:
    """Put a slow store where the quick one was."""
    store = SlowStore(house.shelf.conversations)
    house.shelf.put(store, house.shelf._close)
    return store


@pytest.mark.parametrize("opens", ["open", "show_branch"])
def test_a_conversation_opened_as_its_answer_ends_shows_the_ended_answer(tmp_path: Path, opens: str) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        store, beside = slow(house), Recorder(house)

        def open_it() -> None:
            started = beside.wait(TurnStarted)
            store.after_reading = lambda: beside.wait(TurnFinished)
            if opens == "open":
                house.history.open(started.conversation)
            else:
                house.history.show_branch(started.conversation, started.answer.id)
            assert store.was_read.wait(PATIENCE)

        engine.answers("The whole ", open_it, "answer")
        ask(house, recorder, "question")
        shown = recorder.wait(ThreadOpened).thread.messages[-1]
    assert shown.state is TurnState.COMPLETE
    assert shown.message.text == "The whole answer"


def test_a_conversation_opened_while_the_end_of_its_answer_is_being_stored_shows_every_word(tmp_path: Path) -> None:
    engine = FakeEngine().answers("The whole ", "answer")
    with opened(tmp_path / "p", engine) as (house, recorder):
        store, beside, seen = slow(house), Recorder(house), []

        def open_it() -> None:
            conversation = beside.wait(TurnStarted).conversation
            seen.append(thread_of(house, beside, conversation).thread.messages[-1])

        store.before_finishing = open_it
        finished = ask(house, recorder, "question")
    assert [(one.state, one.message.text) for one in seen] == [(TurnState.PARTIAL, "The whole answer")]
    assert finished.answer.state is TurnState.COMPLETE


def test_an_end_that_a_full_disk_could_not_keep_reopens_as_failed(tmp_path: Path, clock: FakeClock) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        engine.answers("Kept ", clock.second, "in time. ", lambda: fill_the_disk(house), "lost " * 20_000)
        finished = ask(house, recorder, "question")
        shown = thread_of(house, recorder, finished.conversation).thread
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        later = thread_of(house, recorder, finished.conversation).thread
    assert isinstance(finished.error, StoreFull)
    assert finished.answer.state is TurnState.FAILED
    for thread in (shown, later):
        assert thread.messages[-1].state is TurnState.FAILED
        assert [one.message.text for one in thread.messages] == ["question", "Kept in time. "]


def test_a_disk_that_fills_while_an_answer_streams_ends_it_and_stops_the_engine(
    tmp_path: Path, clock: FakeClock
) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        engine.answers(lambda: fill_the_disk(house), "long " * 20_000, clock.second, "last", "never read")
        finished = ask(house, recorder, "question")
        assert isinstance(finished.error, StoreFull)
        assert finished.answer.message.text.endswith("long last")
        assert engine.stopped.is_set()


def test_stop_ends_a_waiting_answer_at_once_and_the_running_one_goes_on(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def ask_another_and_stop_it() -> None:
            house.chat.send(0, "second")  # type: ignore[arg-type]
            second = beside.wait(TurnStarted, lambda one: one.question.message.text == "second")
            house.chat.stop(second.conversation)
            beside.wait(TurnFinished)

        engine.answers("Goes ", ask_another_and_stop_it, "on")
        house.chat.send(0, "first")  # type: ignore[arg-type]
        second, first = recorder.wait(TurnFinished), recorder.wait(TurnFinished)
        stored = thread_of(house, recorder, second.conversation).thread.messages
    assert [one.message.text for one in stored] == ["second", ""]
    assert second.answer.state is stored[-1].state is TurnState.STOPPED
    assert first.answer.state is TurnState.COMPLETE
    assert first.answer.message.text == "Goes on"
    assert len(engine.asked) == 1


def test_a_waiting_answer_that_was_stopped_does_not_stop_the_next_question(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def ask_another_stop_it_and_ask_again() -> None:
            house.chat.send(0, "second")  # type: ignore[arg-type]
            second = beside.wait(TurnStarted, lambda one: one.question.message.text == "second")
            house.chat.stop(second.conversation)
            house.chat.send(second.conversation, "third")
            beside.wait(TurnStarted, lambda one: one.question.message.text == "third")

        engine.answers("one", ask_another_stop_it_and_ask_again).answers("three")
        house.chat.send(0, "first")  # type: ignore[arg-type]
        ended = [recorder.wait(TurnFinished).answer for _ in range(3)]
    assert [(one.state, one.message.text) for one in ended] == [
        (TurnState.STOPPED, ""),
        (TurnState.COMPLETE, "one"),
        (TurnState.COMPLETE, "three"),
    ]


def test_stop_while_the_model_is_about_to_load_ends_the_turn_without_loading_it(tmp_path: Path) -> None:
    engine = FakeEngine().answers("Never written").answers("Fine")
    with opened(tmp_path / "p", engine) as (house, recorder):

        def stop_as_loading_is_shown(event: Event) -> None:
            if isinstance(event, TurnLoading):
                unsubscribe()
                house.chat.stop(event.conversation)

        unsubscribe = house.announcer.subscribe(stop_as_loading_is_shown)
        stopped = ask(house, recorder, "question")
        assert not [one for one in recorder.events if isinstance(one, ModelReady)]
        again = ask(house, recorder, "again", stopped.conversation)
    assert stopped.error is None
    assert stopped.answer.state is TurnState.STOPPED
    assert stopped.answer.message.text == ""
    assert again.answer.state is TurnState.COMPLETE


def test_deleting_a_conversation_stops_the_engine_that_writes_in_it(tmp_path: Path, clock: FakeClock) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as (house, recorder):
        beside = Recorder(house)

        def delete() -> None:
            house.history.delete(beside.wait(TurnStarted).conversation)
            beside.wait(ConversationDeleted)
            clock.second()

        engine.answers("walrus ", delete, "seal ", "never read")
        ask(house, recorder, "question")
        assert engine.stopped.is_set()
        arrived = "".join(one.delta.text for one in recorder.events if isinstance(one, TurnDelta))
        assert "never read" not in arrived
        assert house.shelf.conversations.list_all() == ()


@dataclass
class AsItCloses:
    """Stands where the door stands: does something when the house is already closing."""

    close: Callable[[], None]


def test_a_question_sent_as_the_person_quits_is_kept_with_the_words_that_arrived(tmp_path: Path) -> None:
    engine, quitting, words = FakeEngine(), threading.Event(), threading.Event()

    def busy_desk(event: Event) -> None:
        if isinstance(event, ConversationsListed):
            assert quitting.wait(PATIENCE)
        elif isinstance(event, ConversationChanged):
            words.wait(PATIENCE)
        elif isinstance(event, TurnFinished):
            engine_was_closed.append(engine.closed)

    engine_was_closed: list[bool] = []
    engine.answers("Half a ", words.set, lambda: engine.stopped.wait(PATIENCE), "thought")
    with opened(tmp_path / "p", engine) as (house, _):
        unsubscribe = house.announcer.subscribe(busy_desk)
        house.history.list()
        house.chat.send(0, "Is it kept?")  # type: ignore[arg-type]
        replace(house, doorway=AsItCloses(quitting.set)).close()  # type: ignore[arg-type]
        unsubscribe()
    assert engine_was_closed == [False]
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        (summary,) = house.shelf.conversations.list_all()
        question, answer = thread_of(house, recorder, summary.id).thread.messages
    assert question.message.text == "Is it kept?"
    assert answer.state is TurnState.STOPPED
    assert answer.message.text == "Half a "


class HastyLane:
    """A lane whose work is given up on at once, where ten seconds are the rule."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    def close(self, timeout: float = 0.1) -> bool:
        return self._lane.close(timeout)


def test_words_of_an_engine_that_ends_only_when_it_is_closed_are_kept(tmp_path: Path) -> None:
    class Deaf(FakeEngine):
        def stop(self) -> None:
            pass

    engine, words = Deaf(), threading.Event()
    engine.answers("Half a ", words.set, lambda: engine.stopped.wait(PATIENCE), "thought")
    with opened(tmp_path / "p", engine) as (house, _):
        house.chat.send(0, "Is it kept?")  # type: ignore[arg-type]
        assert words.wait(PATIENCE)
        replace(house, lanes=tuple(HastyLane(lane) for lane in house.lanes)).close()
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        (summary,) = house.shelf.conversations.list_all()
        question, answer = thread_of(house, recorder, summary.id).thread.messages
    assert question.message.text == "Is it kept?"
    assert answer.state is TurnState.STOPPED
    assert answer.message.text == "Half a "
