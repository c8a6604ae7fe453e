"""Sound of any microphone becomes mono at 16 kHz."""

import itertools
import math
from array import array

import pytest

from desktop.core.resampling import Kind, Resampler, level


def tone(rate: int, channels: int, kind: Kind, full: float, frequency: float = 300.0) -> bytes:
    waves = (math.sin(2 * math.pi * frequency * at / rate) for at in range(rate))
    whole = kind != "f"
    return array(kind, [round(one * full) if whole else one * full for one in waves for _ in range(channels)]).tobytes()


@pytest.mark.parametrize("block", [1001, 9600, 10**9])
@pytest.mark.parametrize(
    ("rate", "channels", "kind", "full"),
    [
        (48_000, 2, "h", 16384),
        (44_100, 1, "f", 0.5),
        (8_000, 1, "h", 16384),
        (16_000, 1, "f", 0.5),
        (48_000, 1, "i", 2**30),
    ],
)
def test_a_tone_keeps_its_length_its_loudness_and_its_shape(
    rate: int, channels: int, kind: Kind, full: float, block: int
) -> None:
    sound, resampler = tone(rate, channels, kind, full), Resampler(rate, channels, kind)
    made = b"".join(resampler.feed(sound[at : at + block]) for at in range(0, len(sound), block))
    samples = array("f", made)
    assert len(samples) == pytest.approx(16_000, abs=1)
    assert level(made) == pytest.approx(0.5 / math.sqrt(2), rel=0.02)
    turns = sum(before < 0 <= after for before, after in itertools.pairwise(samples))
    assert turns == pytest.approx(300, abs=2)


def test_what_lies_above_the_new_rate_is_damped() -> None:
    high = Resampler(48_000, 1, "h").feed(tone(48_000, 1, "h", 16384, 15_000))
    assert level(high) < 0.1


def test_silence_has_no_loudness() -> None:
    assert level(b"") == level(bytes(400)) == 0.0
