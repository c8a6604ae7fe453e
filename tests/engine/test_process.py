"""A process that crashes, hangs, is killed or speaks nonsense costs one turn."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.core.errors import EngineCrashed, EngineHung, ModelMissing, PromptTooLong
from desktop.core.generation import FinishReason, GenerateRequest, Loaded
from desktop.core.messages import Message, Role
from desktop.core.stream import TextDelta
from desktop.engine.client import LocalChatEngine
from desktop.engine.process import Patience
from tests.engine import echo_worker
from tests.engine.conftest import end_of, text_of

SHORT = Patience(answering=0.6, loading=10.0, after_stop=0.3, quitting=5.0)


@pytest.fixture
def echo() -> Iterator[LocalChatEngine]:
    engine = LocalChatEngine(echo_worker.run, SHORT)
    yield engine
    engine.close()


def question(tiny: Path, text: str) -> GenerateRequest:
    return GenerateRequest(tiny, (Message.of(Role.USER, text),))


def until(engine: LocalChatEngine, request: GenerateRequest, error: type[Exception]) -> str:
    """Read a turn up to the error; return what arrived before it."""
    arrived: list[str] = []
    with pytest.raises(error):
        arrived.extend(event.text for event in engine.generate(request) if isinstance(event, TextDelta))
    return "".join(arrived)


def test_answer_arrives_in_order(echo: LocalChatEngine, tiny: Path) -> None:
    events = list(echo.generate(question(tiny, "hello there")))
    assert isinstance(events[0], Loaded)
    assert text_of(events) == "begun hello there"
    assert end_of(events).reason is FinishReason.END


def test_model_is_loaded_once(echo: LocalChatEngine, tiny: Path) -> None:
    list(echo.generate(question(tiny, "one")))
    assert not any(isinstance(event, Loaded) for event in echo.generate(question(tiny, "two")))


@pytest.mark.parametrize("word", ["crash", "poison", "wants what-it-was-never-told-of"])
def test_crash_keeps_text_and_next_turn_works(echo: LocalChatEngine, tiny: Path, word: str) -> None:
    assert until(echo, question(tiny, word), EngineCrashed) == "begun "
    assert text_of(list(echo.generate(question(tiny, "again")))) == "begun again"


def test_a_child_that_says_it_will_be_busy_for_long_is_waited_for(echo: LocalChatEngine, tiny: Path) -> None:
    assert end_of(list(echo.generate(question(tiny, "patience")))).reason is FinishReason.END


def test_hang_is_ended_and_next_turn_works(echo: LocalChatEngine, tiny: Path) -> None:
    assert until(echo, question(tiny, "hang"), EngineHung) == "begun "
    assert text_of(list(echo.generate(question(tiny, "again")))) == "begun again"


def test_kill_mid_answer_is_a_crash(echo: LocalChatEngine, tiny: Path) -> None:
    turn = echo.generate(question(tiny, "stoppable"))
    assert isinstance(next(turn), Loaded)
    assert next(turn) == TextDelta("begun ")
    assert echo.pid is not None
    os.kill(echo.pid, signal.SIGTERM)
    with pytest.raises(EngineCrashed):
        next(turn)
    assert text_of(list(echo.generate(question(tiny, "again")))) == "begun again"


def test_failure_of_a_turn_keeps_the_process(echo: LocalChatEngine, tiny: Path) -> None:
    until(echo, question(tiny, "long"), PromptTooLong)
    before = echo.pid
    list(echo.generate(question(tiny, "again")))
    assert echo.pid == before is not None


def test_stop_finishes_as_stopped(echo: LocalChatEngine, tiny: Path) -> None:
    turn = echo.generate(question(tiny, "stoppable"))
    next(turn)
    echo.stop()
    assert end_of(list(turn)).reason is FinishReason.STOPPED


def test_stop_before_the_first_event_counts(echo: LocalChatEngine, tiny: Path) -> None:
    turn = echo.generate(question(tiny, "stoppable"))
    echo.stop()
    assert end_of(list(turn)).reason is FinishReason.STOPPED


def test_stop_of_a_hanging_process_ends_it_as_stopped(echo: LocalChatEngine, tiny: Path) -> None:
    turn = echo.generate(question(tiny, "hang"))
    next(turn)
    echo.stop()
    assert end_of(list(turn)).reason is FinishReason.STOPPED
    assert text_of(list(echo.generate(question(tiny, "again")))) == "begun again"


def test_leaving_a_turn_early_stops_it(echo: LocalChatEngine, tiny: Path) -> None:
    for event in echo.generate(question(tiny, "stoppable")):
        if isinstance(event, TextDelta):
            break
    before = echo.pid
    assert text_of(list(echo.generate(question(tiny, "again")))) == "begun again"
    assert echo.pid == before


@pytest.mark.expected_log
def test_bug_in_the_process_is_logged_without_its_text(
    echo: LocalChatEngine, tiny: Path, caplog: pytest.LogCaptureFixture
) -> None:
    until(echo, question(tiny, "bug"), EngineCrashed)
    assert "ValueError in somewhere.py:1" in caplog.text


def test_child_starts_without_qt_and_model_libraries(echo: LocalChatEngine, tiny: Path) -> None:
    assert text_of(list(echo.generate(question(tiny, "modules")))) == "begun none"


def test_close_leaves_no_process(tiny: Path) -> None:
    engine = LocalChatEngine(echo_worker.run, SHORT)
    list(engine.generate(question(tiny, "hello")))
    pid = engine.pid
    assert pid is not None
    engine.close()
    assert engine.pid is None
    assert not psutil.pid_exists(pid)


def test_missing_file_starts_no_process(echo: LocalChatEngine, tmp_path: Path) -> None:
    until(echo, question(tmp_path / "gone.gguf", "hello"), ModelMissing)
    assert echo.pid is None
