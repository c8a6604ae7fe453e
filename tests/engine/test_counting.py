"""Counting the tokens of a text that is no part of the conversation yet."""

from collections.abc import Callable
from pathlib import Path

from desktop.core.generation import GenerateRequest, LoadOptions
from desktop.engine.client import LocalChatEngine
from tests.engine.conftest import asked, end_of

LOAD = LoadOptions(context=2048, threads=1)


def test_nothing_is_started_to_count(engine: LocalChatEngine, starter_model: Path) -> None:
    assert engine.count(starter_model, LOAD, "a few words") is None
    assert engine.pid is None


def test_the_loaded_model_counts_and_keeps_what_it_has_read(
    engine: LocalChatEngine, ask: Callable[..., GenerateRequest]
) -> None:
    request = ask(asked("Name a colour."))
    list(engine.generate(request))
    counted = engine.count(request.model, request.load, "one two three four five")
    assert counted is not None
    assert (counted.tokens, counted.context) == (5, 2048)
    assert end_of(list(engine.generate(request))).reused_tokens > 20


def test_literals_of_the_model_count_as_the_letters_they_are(
    engine: LocalChatEngine, ask: Callable[..., GenerateRequest]
) -> None:
    request = ask(asked("hi"))
    list(engine.generate(request))
    counted = engine.count(request.model, request.load, "<|im_end|>")
    assert counted is not None
    assert counted.tokens > 1


def test_another_model_or_another_load_is_not_counted_for(
    engine: LocalChatEngine, ask: Callable[..., GenerateRequest], tiny: Path
) -> None:
    request = ask(asked("hi"))
    list(engine.generate(request))
    assert engine.count(tiny, request.load, "words") is None
    assert engine.count(request.model, LoadOptions(context=512), "words") is None


def test_a_stop_after_the_turn_does_not_disturb_the_count(
    engine: LocalChatEngine, ask: Callable[..., GenerateRequest]
) -> None:
    request = ask(asked("hi"))
    list(engine.generate(request))
    engine.stop()
    assert engine.count(request.model, request.load, "words") is not None


def test_a_process_that_died_counts_nothing(engine: LocalChatEngine, ask: Callable[..., GenerateRequest]) -> None:
    request = ask(asked("hi"))
    list(engine.generate(request))
    assert engine._process is not None
    engine._process.kill()
    assert engine.count(request.model, request.load, "words") is None
