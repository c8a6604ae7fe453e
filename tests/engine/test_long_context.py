"""Long conversations with pictures and sounds among the words: progress, stop, what is kept, and the far end."""

import time

import psutil
import pytest

from desktop.core.generation import FinishReason, LoadOptions, Reading
from desktop.engine import fit
from desktop.engine.client import LocalChatEngine
from desktop.engine.encoders import find_encoder
from desktop.engine.header import read_header
from tests.engine.conftest import end_of, readings, text_of
from tests.engine.shown import COLOUR, SHAPE, TONE, TRAINED, Shown, square, tone
from tests.models.train.words import FILLER

GREEN = (0, 200, 0)
SENTENCE_TOKENS = 10.7
LONG, SHORT = 100_000, 2_000
LONGEST_STOP = 10.0
"""Seconds; a batch is made to take about two."""


def talk(tokens: int) -> Shown:
    """A green square, a sound and many words, then a question about the square."""
    count = int(tokens / SENTENCE_TOKENS / 2)
    half = " ".join(FILLER[number % len(FILLER)] for number in range(count))
    shown = Shown(context=tokens + 8_000).user(COLOUR, square(GREEN)).model("green").user(half).model("Thank you")
    return shown.user(TONE, tone(2500)).model("high").user(half).model("Thank you").user(SHAPE)


@pytest.mark.parametrize("tokens", [SHORT, pytest.param(LONG, marks=pytest.mark.slow)])
def test_a_long_conversation_is_read_once_and_can_be_stopped(engine: LocalChatEngine, tokens: int) -> None:
    shown = talk(tokens)
    stopped: float | None = None
    events = []
    for event in engine.generate(shown.request()):
        events.append(event)
        if isinstance(event, Reading) and event.done > tokens / 3 and stopped is None:
            engine.stop()
            stopped = time.monotonic()
    assert stopped is not None
    assert time.monotonic() - stopped < LONGEST_STOP
    assert end_of(events).reason is FinishReason.STOPPED
    resumed = list(engine.generate(shown.request()))
    assert readings(events)[-1] - 100 < end_of(resumed).reused_tokens < end_of(resumed).prompt_tokens
    steps = readings(resumed)
    assert steps == sorted(steps)
    assert steps[-1] == end_of(resumed).prompt_tokens > 0.9 * tokens
    assert end_of(resumed).omitted == ()
    shown.messages.pop()
    asked = list(engine.generate(shown.user(COLOUR).request()))
    assert end_of(asked).prompt_tokens - end_of(asked).reused_tokens < 100
    print(f"{tokens} tokens: of the shape {text_of(resumed)!r}, of the colour {text_of(asked)!r}; {end_of(resumed)}")
    assert engine.pid is not None
    header = read_header(TRAINED)
    options = LoadOptions(context=tokens + 8_000)
    needed = fit.need(header, options, psutil.virtual_memory().total, find_encoder(header)).memory
    assert psutil.Process(engine.pid).memory_info().rss < needed
    if tokens == SHORT:
        assert (text_of(resumed), text_of(asked)) == ("square", "green")
