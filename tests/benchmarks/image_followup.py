"""image_followup: a second question about a picture of 1,089 tokens, asked to first words, against the first question.

Both through the model process, the picture handed over each time as the app does it; the tiny Gemma 4 of the tests,
which has the real number of tokens a picture. The second one finds the picture read.
"""

import statistics
import time

from desktop.core.stream import TextDelta
from desktop.engine.client import LocalChatEngine
from tests.engine.shown import COLOUR, SHAPE, Shown, square

ROUNDS = 7
SIDE = 48 * 33
BOUND = 0.15


def measure() -> dict[str, object]:
    """Show a new picture in every round, so that nothing is known of it."""
    engine = LocalChatEngine()
    first: list[float] = []
    second: list[float] = []
    reused = 0
    for turn in range(ROUNDS + 1):
        shown = Shown().user(COLOUR, square((255, turn, 0), size=(SIDE, SIDE)))
        one, said, _ = _ask(engine, shown)
        two, _, reused = _ask(engine, shown.model(said).user(SHAPE))
        if turn:  # the first round loads the model and its encoder
            first.append(one)
            second.append(two)
    engine.close()
    return {
        "benchmark": "image_followup",
        "rounds": ROUNDS,
        "first_seconds": round(statistics.median(first), 3),
        "second_seconds": round(statistics.median(second), 3),
        "reused_tokens": reused,
        "ratio": round(statistics.median(b / a for a, b in zip(first, second, strict=True)), 3),
        "bound": BOUND,
    }


def _ask(engine: LocalChatEngine, shown: Shown) -> tuple[float, str, int]:
    """Return the seconds to the first words, the answer, and how many tokens needed no reading."""
    request = shown.request()
    begun = time.perf_counter()
    words: list[tuple[float, str]] = []
    for event in engine.generate(request):
        if isinstance(event, TextDelta):
            words.append((time.perf_counter() - begun, event.text))
    return words[0][0], "".join(text for _, text in words), event.reused_tokens  # type: ignore[union-attr]
