"""A word beside the conversation: the next question still finds the conversation read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.core.generation import FinishReason, GenerateRequest, LoadOptions, SamplingOptions
from desktop.engine.client import LocalChatEngine
from tests.engine.conftest import GREEDY, asked, end_of, text_of

Ask = Callable[..., GenerateRequest]

QUESTION = "Tell me about the weather in Bergen, in one sentence."
INSTRUCTION = "Write a title of at most six words for this conversation."
NEXT = "And in winter?"
SHORT = SamplingOptions(temperature=0.0, max_tokens=12)
SENTENCE = SamplingOptions(temperature=0.0, max_tokens=400)


def aside(request: GenerateRequest) -> GenerateRequest:
    return replace(request, aside=True)


def test_a_follow_up_reuses_the_conversation_after_an_aside(engine: LocalChatEngine, ask: Ask) -> None:
    answer = text_of(list(engine.generate(ask(asked(QUESTION), SENTENCE))))
    beside = list(engine.generate(aside(ask(asked(QUESTION, answer, INSTRUCTION), SHORT))))
    follow_up = end_of(list(engine.generate(ask(asked(QUESTION, answer, NEXT), GREEDY))))
    assert text_of(beside)
    assert end_of(beside).reused_tokens > 0.9 * (follow_up.prompt_tokens - 20)
    assert follow_up.prompt_tokens - follow_up.reused_tokens < 20, "only the new question is read"


def test_an_answer_after_an_aside_is_the_answer_without_it(engine: LocalChatEngine, ask: Ask) -> None:
    plain = LocalChatEngine()
    try:
        answer = text_of(list(plain.generate(ask(asked(QUESTION), SENTENCE))))
        expected = text_of(list(plain.generate(ask(asked(QUESTION, answer, NEXT), GREEDY))))
    finally:
        plain.close()
    list(engine.generate(ask(asked(QUESTION), SENTENCE)))
    list(engine.generate(aside(ask(asked(QUESTION, answer, INSTRUCTION), SHORT))))
    assert text_of(list(engine.generate(ask(asked(QUESTION, answer, NEXT), GREEDY)))) == expected


def test_an_aside_never_loads_a_model(engine: LocalChatEngine, ask: Ask) -> None:
    events = list(engine.generate(aside(ask(asked(QUESTION), SHORT))))
    assert [one.reason for one in events] == [FinishReason.CONTEXT]  # type: ignore[union-attr]
    assert engine.pid is None


def test_an_aside_that_does_not_fit_is_declined_and_costs_nothing(engine: LocalChatEngine, ask: Ask) -> None:
    small = {"context": 512}
    answer = text_of(list(engine.generate(ask(asked(QUESTION), SHORT, **small))))
    long = end_of(list(engine.generate(aside(ask(asked(QUESTION, answer, "word " * 600), SHORT, **small)))))
    follow_up = end_of(list(engine.generate(ask(asked(QUESTION, answer, NEXT), SHORT, **small))))
    assert (long.reason, long.prompt_tokens, long.answer_tokens) == (FinishReason.CONTEXT, 0, 0)
    assert follow_up.prompt_tokens - follow_up.reused_tokens < 30


def test_an_aside_in_a_sliding_window_keeps_the_conversation(engine: LocalChatEngine, tiny_windowed: Path) -> None:
    load = LoadOptions(context=2048, threads=1)
    long = SamplingOptions(temperature=0.0, max_tokens=16)

    def request(*texts: str) -> GenerateRequest:
        return GenerateRequest(tiny_windowed, asked(*texts), load, long)

    question = "a long story about cells " * 30
    list(engine.generate(request(question)))
    list(engine.generate(aside(request(question, "an answer", INSTRUCTION))))
    follow_up = end_of(list(engine.generate(request(question, "an answer", NEXT))))
    assert follow_up.prompt_tokens - follow_up.reused_tokens < 60
