"""Sound of any rate and any number of channels, as it comes from a microphone, becomes mono at 16 kHz."""

from array import array
from itertools import accumulate, pairwise
from math import sqrt
from operator import mul
from typing import Literal

from desktop.core.media import SAMPLE_RATE

Kind = Literal["B", "h", "i", "f"]
"""How one sample is written, as `array` calls it: 8, 16, 32 bits, float."""
FULL: dict[Kind, float] = {"B": 128.0, "h": 32768.0, "i": 2147483648.0, "f": 1.0}


class Resampler:
    """Goes on from block to block without a seam.

    Why averages over the width of a new sample: they damp what lies above the new rate, and cost a millisecond for a
    tenth of a second of stereo at 48 kHz without any library.
    """

    def __init__(self, rate: int, channels: int, kind: Kind) -> None:
        self._step = rate / SAMPLE_RATE
        self._channels = channels
        self._kind: Kind = kind
        self._as_wanted = (rate, channels, kind) == (SAMPLE_RATE, 1, "f")
        self._torn = b""
        self._rest: list[float] = []
        self._offset = 0.0

    def feed(self, data: bytes) -> bytes:
        """Return the next samples: float32, mono, 16 kHz."""
        data = self._torn + data
        whole = len(data) - len(data) % (array(self._kind).itemsize * self._channels)
        self._torn, data = data[whole:], data[:whole]
        return data if self._as_wanted else self._resampled(self._mono(data))

    def _mono(self, data: bytes) -> list[float]:
        samples = array(self._kind)
        samples.frombytes(data)
        zero = 128 * self._channels if self._kind == "B" else 0
        scale = 1 / (FULL[self._kind] * self._channels)
        channels = [samples[at :: self._channels] for at in range(self._channels)]
        return [(sum(frame) - zero) * scale for frame in zip(*channels, strict=True)]

    def _resampled(self, samples: list[float]) -> bytes:
        here = self._rest + samples
        total = [0.0, *accumulate(here)]
        count = int((len(here) - self._offset) / self._step)
        edges = [self._offset + at * self._step for at in range(count + 1)]
        after = [*here, 0.0]
        sums = [total[int(edge)] + (edge - int(edge)) * after[int(edge)] for edge in edges]
        last = int(edges[-1])
        self._rest, self._offset = here[last:], edges[-1] - last
        return array("f", [(end - start) / self._step for start, end in pairwise(sums)]).tobytes()


def level(samples: bytes) -> float:
    """Return how loud float32 samples are: the root of their mean square, 0 to 1."""
    values = array("f", samples)
    return min(1.0, sqrt(sum(map(mul, values, values)) / len(values))) if values else 0.0
