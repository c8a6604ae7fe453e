"""What came of a film or a sound and was not yet shown or heard."""

import math
from collections import deque

from desktop.core.media import PLAY_BYTES, PLAY_RATE, Frame, HeardBlock, Moment

LAG = 0.7
"""Sound or pictures that are so far behind the other have nothing to come here: they are not waited for."""
MOST_SILENCE = 2 * PLAY_RATE


class Reel:
    """Pictures and sound from one moment on, each in order of time; places in the sound are counted in samples."""

    def __init__(self, start: float, *, seen: bool, heard: bool) -> None:
        self.ended = False
        """Nothing more comes."""
        self.began = False
        """Something came."""
        self.pictured = not seen
        """The first picture came, or is not waited for."""
        self._seen = seen
        self._heard = heard
        self._seen_to = self._heard_to = start
        self._frames: deque[Frame] = deque()
        self._sound = bytearray()
        self._sound_from = round(start * PLAY_RATE)

    @property
    def end(self) -> float:
        """The last moment that came."""
        return max(self._seen_to, self._heard_to)

    @property
    def reaches(self) -> float:
        """Until when there is all that is needed."""
        if self.ended:
            return math.inf
        if not self.pictured:
            return self._seen_to
        if not self._seen or not self._heard:
            return self._seen_to if self._seen else self._heard_to
        first = min(self._seen_to, self._heard_to)
        return self.end if self.end - first >= LAG else first

    @property
    def is_silent(self) -> bool:
        """Whether no sound comes for what is shown next."""
        return self.ended or self._seen_to - self._heard_to >= LAG

    def take(self, moment: Moment) -> None:
        """Keep what came."""
        self.began = True
        if isinstance(moment, Frame):
            self.pictured = True
            self._frames.append(moment)
            self._seen_to = max(self._seen_to, moment.seconds)
        else:
            self._take_sound(moment)

    def frame(self, now: float) -> Frame | None:
        """Return the picture whose time has come, if it is another; those that came too late are passed over."""
        found = None
        while self._frames and self._frames[0].seconds <= now + 0.001:
            found = self._frames.popleft()
        return found

    def sound(self, at: int, count: int, *, fill: bool) -> bytes:
        """Return up to so many samples from that place on; silence for what is missing, if it shall be filled."""
        if (late := at - self._sound_from) > 0:
            del self._sound[: late * PLAY_BYTES]
            self._sound_from = at
        if not self._sound:
            return bytes(count * PLAY_BYTES) if fill else b""
        if self._sound_from > at:
            return bytes(min(self._sound_from - at, count) * PLAY_BYTES)
        found = bytes(self._sound[: count * PLAY_BYTES])
        del self._sound[: len(found)]
        self._sound_from += len(found) // PLAY_BYTES
        return found

    def _take_sound(self, block: HeardBlock) -> None:
        samples, at = block.samples, round(block.seconds * PLAY_RATE)
        if not self._sound:
            self._sound_from = max(at, self._sound_from)
        gap = at - self._sound_from - len(self._sound) // PLAY_BYTES
        if gap > 0:
            self._sound += bytes(min(gap, MOST_SILENCE) * PLAY_BYTES)
        self._sound += samples[max(0, -gap) * PLAY_BYTES :]
        self._heard_to = max(self._heard_to, block.seconds + len(samples) / PLAY_BYTES / PLAY_RATE)
