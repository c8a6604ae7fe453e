"""Long conversations with pictures and sounds among the words: progress, stop, what is kept, and the far end.

By hand, with figures: `pytest tests/engine/test_long_context.py -m slow -s -o faulthandler_timeout=0`.
"""

import time
from dataclasses import dataclass

import numpy as np
import psutil
import pytest

from desktop.core.generation import EngineEvent, Finished, FinishReason, GenerateRequest, LoadOptions, Reading
from desktop.engine import fit
from desktop.engine.client import LocalChatEngine
from desktop.engine.encoders import find_encoder
from desktop.engine.header import read_header
from tests.engine.conftest import end_of, readings, text_of
from tests.engine.shown import COLOUR, SHAPE, TONE, TRAINED, Shown, picture, sound
from tests.models.train import data
from tests.models.train.words import ASK_SECRET, FILLER, WORDS

SENTENCE_TOKENS = 10.1
LONG, SHORT = 100_000, 3_000
ROOM = 6_000
DRAWS = 3
LONGEST_GAP = 10.0
LONGEST_STOP = 1.0
"""Seconds, asserted by hand only; batches are made to take about one."""


@dataclass(slots=True)
class Told:
    """A long conversation, and what must be answered about its beginning."""

    shown: Shown
    wanted: dict[str, str]


def talk(tokens: int, draw: int) -> Told:
    """A picture, a word and a sound at the far end, then nothing but words; only the colour was asked at once."""
    random = np.random.default_rng(900 + draw)
    seen, heard = data.shaped(random, (240, 240)), data.high_or_low(random, 1.5)
    word = WORDS[random.integers(len(WORDS))]
    rest = " ".join(FILLER[number] for number in random.integers(len(FILLER), size=int(tokens / SENTENCE_TOKENS)))
    shown = Shown(context=tokens + ROOM).user(COLOUR, picture(seen.pixels)).model(seen.colour)
    shown.user(f"The secret word is {word}.\n{' '.join(FILLER[:9])}").model("Thank you.")
    shown.user(rest[: len(rest) // 2], sound(heard.samples)).model("Thank you.")
    shown.user(rest[len(rest) // 2 :]).model("Thank you.")
    return Told(shown, {SHAPE: seen.shape, TONE: heard.kind, ASK_SECRET: word, COLOUR: seen.colour})


@dataclass(slots=True)
class Reported:
    """The events of a turn, and the longest time without one."""

    events: list[EngineEvent]
    gap: float = 0.0
    stop_took: float = 0.0

    @property
    def end(self) -> Finished:
        """How it went."""
        return end_of(self.events)


def ask(engine: LocalChatEngine, request: GenerateRequest, *, stop_at: float = float("inf")) -> Reported:
    """Read all events; stop when that much has been read."""
    reported, last, stopped = Reported([]), 0.0, 0.0
    for event in engine.generate(request):
        now = time.monotonic()
        reported.gap = max(reported.gap, now - last if last else 0.0)
        last = now
        reported.events.append(event)
        if isinstance(event, Reading) and event.done > stop_at and not stopped:
            stopped = time.monotonic()
            engine.stop()
    reported.stop_took = time.monotonic() - stopped if stopped else 0.0
    return reported


@pytest.mark.parametrize(
    ("tokens", "draw"), [(SHORT, 0), *(pytest.param(LONG, draw, marks=pytest.mark.slow) for draw in range(DRAWS))]
)
def test_a_long_conversation_is_read_once_and_answered_from_its_far_end(
    engine: LocalChatEngine, tokens: int, draw: int
) -> None:
    told = talk(tokens, draw)
    question, *others = told.wanted
    told.shown.user(question)
    first = ask(engine, told.shown.request(), stop_at=tokens / 3)
    assert first.end.reason is FinishReason.STOPPED
    resumed = ask(engine, told.shown.request())
    assert tokens / 3 < readings(first.events)[-1] <= resumed.end.reused_tokens < resumed.end.prompt_tokens
    steps = readings(resumed.events)
    assert steps == sorted(steps)
    assert steps[-1] == resumed.end.prompt_tokens > tokens
    assert resumed.end.omitted == ()

    said = {question: text_of(resumed.events)}
    for other in others:
        told.shown.messages.pop()
        answered = ask(engine, told.shown.user(other).request())
        assert answered.end.prompt_tokens - answered.end.reused_tokens < 100
        said[other] = text_of(answered.events)

    assert engine.pid is not None
    used = psutil.Process(engine.pid).memory_info().rss
    header = read_header(TRAINED)
    options = LoadOptions(context=tokens + ROOM)
    needed = fit.need(header, options, psutil.virtual_memory().total, find_encoder(header)).memory
    gap = max(first.gap, resumed.gap)
    right = sum(said[one] == told.wanted[one] for one in said)
    seconds = first.end.read_seconds + resumed.end.read_seconds
    print(
        f"\n{steps[-1]} tokens, read in {seconds:.0f} s; longest time without progress {gap:.1f} s, stopped after "
        f"{first.stop_took:.2f} s, {resumed.end.reused_tokens} tokens not read again; {used / 1e6:.0f} MB of "
        f"{needed / 1e6:.0f} predicted; {right} of {len(said)} right: {said}"
    )
    assert used <= needed
    assert said == told.wanted
    if tokens == LONG:
        assert gap < LONGEST_GAP
        assert first.stop_took < LONGEST_STOP
