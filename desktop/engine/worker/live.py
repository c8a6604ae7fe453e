"""Speech written down while it is spoken: words settle when a pause follows, or when two looks in a row agree.

The rule that what two successive decodings of a growing sound have in common may stay is LocalAgreement-2:
Macháček, Dabre, Bojar: Turning Whisper into Real-Time Transcription System, 2023.

A look costs time. How soon the next one follows goes by what the last one cost, so that a slow machine shows words
in fewer steps and never falls behind.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from desktop.core.media import SAMPLE_RATE
from desktop.core.speech import Said
from desktop.engine.worker.ear import Spoken

PAUSE = SAMPLE_RATE * 6 // 10
"""So much silence ends what was said."""
BREATH = SAMPLE_RATE // 4
"""After so much of it a look finds the last word whole."""
BREATH_MILLISECONDS = 200
PAD_MILLISECONDS = 100
LEAD = SAMPLE_RATE // 2
"""What is kept of silence: the first sound of a word is quiet."""
FIRST = SAMPLE_RATE // 2
"""So much speech is worth the first look."""
NEXT = SAMPLE_RATE * 6 // 10
"""So much new sound is worth another one."""
SHARE = 0.5
"""Of the time that is spoken, looks take this part of a processor core at most."""
TAIL = 4 * SAMPLE_RATE
"""Where a pause is looked for; what lies before was looked through."""
COMFORTABLE = 6 * SAMPLE_RATE
"""A longer sound is cut behind a sentence that stays."""
LONG = 12 * SAMPLE_RATE
"""A longer one is cut behind any word that stays."""
LONGEST = 25 * SAMPLE_RATE
"""The library hears thirty seconds at a time; what is said without a pause settles before."""
AROUND = SAMPLE_RATE // 4
"""So far from the end of a word the quietest place may lie."""
GRAIN = SAMPLE_RATE // 50
DRIFT = 3
"""By so many words two looks may differ in what they found before a word that both found."""
ENDS = (".", "?", "!", "。", "？", "！")


class Hearing(Protocol):
    """Finds words in a sound."""

    @property
    def language(self) -> str:
        """Which language is spoken; empty until that is sure."""

    def decode(self, sound: Any, /) -> Sequence[Spoken] | None:
        """Return the words of a sound; None: nothing that can be trusted."""

    def ends(self, words: Sequence[Spoken], /) -> Sequence[float]:
        """Return the second at which each of all words of the last sound ends."""


@dataclass(slots=True)
class Live:
    """What is heard and not settled."""

    ear: Hearing
    spent: Callable[[], float] = time.process_time
    """Seconds of work so far."""
    sound: Any = None
    settled: list[Spoken] = field(default_factory=list)
    """Words of the sound that stay."""
    before: Sequence[Spoken] = field(default_factory=tuple)
    """What the last look found beyond that."""
    looked: int = 0
    """Samples that the last look heard."""
    due: int = 0
    """Samples from which on the next one is worth its cost."""
    spoken: int = 0
    """Samples until the end of what was spoken; 0: nothing was."""

    def hear(self, samples: bytes) -> Iterator[Said]:
        """Take more sound; yield what it adds."""
        import numpy as np

        new = np.frombuffer(samples, "<f4")
        self.sound = new if self.sound is None else np.concatenate([self.sound, new])
        self._find_speech(len(self.sound) - len(new))
        silence = len(self.sound) - self.spoken
        if not self.spoken:
            self._keep(self.sound[-LEAD:])
        elif silence >= PAUSE:
            yield from self._settle_all()
        elif len(self.sound) >= self.due or (silence >= BREATH and self.looked < self.spoken):
            yield from self._look_again()

    def end(self) -> Iterator[Said]:
        """Yield the rest."""
        if self.spoken:
            yield from self._settle_all()

    def _find_speech(self, known: int) -> None:
        """Notice how far speech reaches, and when a first look is due."""
        from faster_whisper.vad import VadOptions, get_speech_timestamps

        start = max(0, min(known - SAMPLE_RATE, len(self.sound) - TAIL))
        options = VadOptions(min_silence_duration_ms=BREATH_MILLISECONDS, speech_pad_ms=PAD_MILLISECONDS)
        found: list[dict[str, int]] = get_speech_timestamps(self.sound[start:], options)
        if found:
            if not self.spoken:
                self.due = start + found[0]["start"] + FIRST
            self.spoken = start + found[-1]["end"]

    def _look(self) -> Sequence[Spoken]:
        """Return what is heard beyond the words that stay."""
        began = self.spent()
        found = self.ear.decode(self.sound)
        self.due = len(self.sound) + max(NEXT, round((self.spent() - began) / SHARE * SAMPLE_RATE))
        if found is None:
            return self.before
        self.looked = len(self.sound)
        return found[_place(self.settled, found) :]

    def _look_again(self) -> Iterator[Said]:
        found = self._look()
        agreed = min(_agreed(self.before, found), len(found) - 1) if self.ear.language else 0
        if len(self.sound) >= LONGEST:
            agreed = len(found) - 1
        yield from self._settle(found, max(0, agreed))
        self._trim()
        if len(self.sound) >= LONGEST:
            self._start_anew()

    def _settle_all(self) -> Iterator[Said]:
        found = self.before if self.looked >= self.spoken else self._look()
        yield from self._settle(found, len(found))
        self._keep(self.sound[-LEAD:])

    def _settle(self, found: Sequence[Spoken], count: int) -> Iterator[Said]:
        shown = bool(self.before)
        stay, self.before = found[:count], found[count:]
        self.settled += stay
        if found or shown:
            yield Said("".join(one.text for one in stay), "".join(one.text for one in self.before))

    def _keep(self, sound: Any) -> None:
        self.sound, self.settled, self.before = sound, [], ()
        self.looked = self.due = self.spoken = 0

    def _trim(self) -> None:
        """Leave behind what stays, where that can be cut off: less sound is heard sooner."""
        count = len(self.settled)
        if len(self.sound) < COMFORTABLE or not count:
            return
        sentences = [at for at, one in enumerate(self.settled, 1) if one.text.endswith(ENDS)]
        at = sentences[-1] if sentences else count - 1 if len(self.sound) >= LONG else 0
        if not at:
            return
        cut = self._quiet_place(round(self.ear.ends([*self.settled, *self.before])[at - 1] * SAMPLE_RATE))
        self.sound, self.settled = self.sound[cut:], self.settled[at:]
        self.looked, self.due, self.spoken = self.looked - cut, self.due - cut, max(1, self.spoken - cut)

    def _start_anew(self) -> None:
        """Go on behind what stays, half the longest sound at most: it could not be cut where that hurts least."""
        settled = len(self.settled)
        end = self.ear.ends([*self.settled, *self.before])[settled - 1] if settled else 0.0
        self._keep(self.sound[max(round(end * SAMPLE_RATE), len(self.sound) - LONGEST // 2) :])
        self.spoken = len(self.sound)

    def _quiet_place(self, near: int) -> int:
        import numpy as np

        first = max(0, near - AROUND)
        part = self.sound[first : near + AROUND]
        rows = np.square(part[: len(part) // GRAIN * GRAIN]).reshape(-1, GRAIN).sum(axis=1)
        return first + int(rows.argmin()) * GRAIN + GRAIN // 2 if len(rows) else near


def _place(settled: Sequence[Spoken], found: Sequence[Spoken]) -> int:
    """Return how many of the found words are those that are settled."""
    count = len(settled)
    same = [at for at, one in enumerate(found, 1) if abs(at - count) <= DRIFT and _same(one, settled[-1:])]
    return min(same, key=lambda at: abs(at - count), default=count)


def _same(word: Spoken, others: Sequence[Spoken]) -> bool:
    return any(_bare(word.text) == _bare(one.text) for one in others)


def _agreed(before: Sequence[Spoken], now: Sequence[Spoken]) -> int:
    """Return how many words both begin with; signs and capitals may still change."""
    count = 0
    for one, other in zip(before, now, strict=False):
        if _bare(one.text) != _bare(other.text):
            break
        count += 1
    return count


def _bare(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())
