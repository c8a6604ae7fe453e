"""What would make a slow model faster on this computer: pure functions, figures from what was measured.

Writing is bound by memory: every token reads all weights, so its speed goes with the size of the file. Reading is
bound by the processor: it goes with the number of weights, and with how much there is to read.
"""

from collections.abc import Iterable, Iterator, Mapping

from desktop.core.conversations import TurnStats
from desktop.core.drafts import prompt_room
from desktop.core.models import Fit, ModelFile
from desktop.core.pace import FasterSetting, Remedy
from desktop.core.value import value

SLOW_SPEED = 3.0
"""Tokens a second, about two words; slower than people read aloud."""
LONG_WAIT = 30.0
"""Seconds."""
ENOUGH_TOKENS = 8
"""Fewer say nothing about speed."""
GAIN = 1.25
"""What is hardly faster is not worth a word."""
WORTH_OFFERING = 500_000_000
"""Weights of a model that can be relied on at all."""
CONTEXTS = (32768, 16384, 8192, 4096, 2048)


@value
class Situation:
    """A turn that is over, and what else is at hand."""

    used: ModelFile
    context: int
    """Tokens the model was given."""
    question: int
    """About how many tokens the question has."""
    models: tuple[ModelFile, ...]
    fits: Mapping[str, Fit]


def wrote_slowly(stats: TurnStats) -> bool:
    """Return whether the words came slower than anybody wants to read them."""
    return stats.answer_tokens >= ENOUGH_TOKENS and stats.tokens_per_second < SLOW_SPEED


def read_long(stats: TurnStats) -> bool:
    """Return whether the first word came too late."""
    return stats.read_seconds > LONG_WAIT and stats.prompt_tokens > stats.reused_tokens


def faster(stats: TurnStats, now: Situation) -> FasterSetting | None:
    """Return the nearest setting that is fast enough, else the fastest; None when all is well or nothing helps."""
    if wrote_slowly(stats):
        found = list(_writing(stats, now))
        good = (one for one in found if one.expected >= SLOW_SPEED)
        return next(good, max(found, key=lambda one: one.expected, default=None))
    if read_long(stats):
        found = list(_reading(stats, now))
        good = (one for one in found if one.expected <= LONG_WAIT)
        return next(good, min(found, key=lambda one: one.expected, default=None))
    return None


def _writing(stats: TurnStats, now: Situation) -> Iterator[FasterSetting]:
    """Yield what writes faster, the smallest change first."""
    speed, used = stats.tokens_per_second, now.used
    lighter = [one for one in now.models if one.size * GAIN <= used.size]
    same = [one for one in lighter if one.name == used.name]
    for one in (*_largest_first(same, now), *_largest_first(_other_models(lighter, now), now)):
        remedy = Remedy.PRECISION if one.name == used.name else Remedy.MODEL
        yield _with_model(one, used, remedy, speed=speed, expected=speed * used.size / one.size)


def _reading(stats: TurnStats, now: Situation) -> Iterator[FasterSetting]:
    """Yield what reads faster: first a shorter context, where the question itself still fits well."""
    wait, used = stats.read_seconds, now.used
    rate = (stats.prompt_tokens - stats.reused_tokens) / wait
    for context in CONTEXTS:
        expected = prompt_room(context, None) / rate
        if context < now.context and expected * GAIN <= wait and now.question <= context // 2:
            yield FasterSetting(used.name, Remedy.CONTEXT, wait=wait, expected=expected, context=context)
    lighter = [one for one in now.models if used.parameters and one.parameters * GAIN <= used.parameters]
    for one in _largest_first(_other_models(lighter, now), now):
        expected = wait * one.parameters / used.parameters
        yield _with_model(one, used, Remedy.MODEL, wait=wait, expected=expected)


def _other_models(models: Iterable[ModelFile], now: Situation) -> list[ModelFile]:
    return [one for one in models if one.name != now.used.name and one.parameters >= WORTH_OFFERING]


def _largest_first(models: Iterable[ModelFile], now: Situation) -> list[ModelFile]:
    fitting = (one for one in models if now.fits.get(one.key, Fit.TOO_LARGE) is not Fit.TOO_LARGE)
    return sorted(fitting, key=lambda one: -one.size)


def _with_model(
    other: ModelFile, used: ModelFile, remedy: Remedy, *, speed: float = 0.0, wait: float = 0.0, expected: float
) -> FasterSetting:
    return FasterSetting(
        model=used.name,
        remedy=remedy,
        speed=speed,
        wait=wait,
        expected=expected,
        key=other.key,
        name=other.name,
        precision=other.precision,
        size=other.size,
    )
