"""Speech written down while it is spoken: words settle when a pause follows, or when two looks in a row agree.

The rule that what two successive decodings of a growing sound have in common may stay is LocalAgreement-2:
Macháček, Dabre, Bojar: Turning Whisper into Real-Time Transcription System, 2023.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.core.media import SAMPLE_RATE
from desktop.core.speech import Said, Word

PAUSE_MILLISECONDS = 600
PAD_MILLISECONDS = 200
LEAD = SAMPLE_RATE // 2
"""What is kept of silence: the first sound of a word is quiet."""
LONGEST = 25 * SAMPLE_RATE
"""The library hears thirty seconds at a time; what is said without a pause settles before."""
DRIFT = 3
"""By so many words two looks may differ in what they found before a word that both found."""

Decode = Callable[[Any], Sequence[Word]]


@dataclass(slots=True)
class Live:
    """What is heard and not settled. `decode` returns the words of a sound, each with the space before it."""

    decode: Decode
    sound: Any = None
    settled: list[Word] = field(default_factory=list)
    """Words of the sound that stay."""
    before: Sequence[Word] = field(default_factory=tuple)
    """What the last look found beyond that."""

    def hear(self, samples: bytes) -> Iterator[Said]:
        """Take more sound; yield what it adds."""
        import numpy as np

        new = np.frombuffer(samples, "<f4")
        self.sound = new if self.sound is None else np.concatenate([self.sound, new])
        spoken = self._spoken()
        if not spoken:
            yield from self._forget(self.sound[-LEAD:])
        elif spoken[-1]["end"] < len(self.sound):
            yield from self._settle_all()
        else:
            found = self._look()
            agreed = _agreed(self.before, found)
            if len(self.sound) >= LONGEST:
                agreed = max(agreed, len(found) - 1)
            yield from self._settle(found, agreed)
            if len(self.sound) >= LONGEST:
                self._keep(self.sound[max(self._settled_samples(), len(self.sound) - LONGEST // 2) :])

    def end(self) -> Iterator[Said]:
        """Yield the rest."""
        if self.sound is not None and self._spoken():
            yield from self._settle_all()

    def _spoken(self) -> list[dict[str, int]]:
        from faster_whisper.vad import VadOptions, get_speech_timestamps

        options = VadOptions(min_silence_duration_ms=PAUSE_MILLISECONDS, speech_pad_ms=PAD_MILLISECONDS)
        found: list[dict[str, int]] = get_speech_timestamps(self.sound, options)
        return found

    def _look(self) -> Sequence[Word]:
        """Return what is heard beyond the words that stay."""
        found = self.decode(self.sound)
        return found[_place(self.settled, found) :]

    def _settle_all(self) -> Iterator[Said]:
        found = self._look()
        yield from self._settle(found, len(found))
        self._keep(self.sound[-LEAD:])

    def _settle(self, found: Sequence[Word], count: int) -> Iterator[Said]:
        shown = bool(self.before)
        stay, self.before = found[:count], found[count:]
        self.settled += stay
        if found or shown:
            yield Said("".join(one.text for one in stay), "".join(one.text for one in self.before))

    def _forget(self, rest: Any) -> Iterator[Said]:
        """Only silence is left: what was tentative was no speech."""
        if self.before:
            yield Said("")
        self._keep(rest)

    def _keep(self, sound: Any) -> None:
        self.sound, self.settled, self.before = sound, [], ()

    def _settled_samples(self) -> int:
        return round(self.settled[-1].end * SAMPLE_RATE) if self.settled else 0


def _place(settled: Sequence[Word], found: Sequence[Word]) -> int:
    """Return how many of the found words are those that are settled.

    Why not by their times alone: from one look to the next they move by more than a short word takes.
    """
    if not settled:
        return 0
    last, count = settled[-1], len(settled)
    same = [at for at, one in enumerate(found, 1) if abs(at - count) <= DRIFT and _bare(one.text) == _bare(last.text)]
    if same:
        return min(same, key=lambda at: abs(at - count))
    return sum((one.start + one.end) / 2 <= last.end for one in found)


def _agreed(before: Sequence[Word], now: Sequence[Word]) -> int:
    """Return how many words both begin with; signs and capitals may still change."""
    count = 0
    for one, other in zip(before, now, strict=False):
        if _bare(one.text) != _bare(other.text):
            break
        count += 1
    return count


def _bare(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())
