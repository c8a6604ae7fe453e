"""How a file beside a question is taken: which part of it, how densely, and as sound or as words. Pure."""

import math
from collections.abc import Iterable
from enum import StrEnum

from desktop.core.attachments import Attachment
from desktop.core.media import Detail, Facts, FramesWish, Kind, grid
from desktop.core.value import value

HEARD_SECONDS = 30.0
"""The longest sound that models were trained to hear in one piece."""
SOUND_TOKENS_A_SECOND = 25
WORD_TOKENS_A_SECOND = 4
"""Somebody who speaks fast: three words a second."""
FRAMES = 60
FRAME_TOKENS = 16_800
"""All frames of one video together take no more."""
SOUND_SECONDS = 3600
"""More of a sound is not handed to a model."""
PAGES = 16
MARK_TOKENS = 2
"""Beginning and end of a picture or sound."""
CLOCK_TOKENS = 7
"""The time before a frame: [01:23]."""

FRAME_DETAIL = {
    Detail.QUICK: Detail.QUICK,
    Detail.NORMAL: Detail.QUICK,
    Detail.FINE: Detail.NORMAL,
    Detail.DOCUMENT: Detail.FINE,
}
"""How closely each frame is looked at: there are many of them, so less closely than one picture would be."""


class Hearing(StrEnum):
    """How sound reaches the model."""

    AUTO = "auto"  # short sound as sound where the model hears, else written down
    SOUND = "sound"
    WORDS = "words"  # written down by the speech model


@value
class Sampling:
    """Which part of a video or sound is taken, in seconds, and how many frames of each second."""

    start: float = 0.0
    end: float = math.inf
    per_second: float = 1.0

    def within(self, facts: Facts) -> float:
        """Return how many seconds of a file that is."""
        return max(0.0, min(self.end, facts.seconds) - max(0.0, self.start))


WHOLE = Sampling()


@value
class AttachmentPart:
    """A picture, a video or a sound beside the question, and how it is taken."""

    attachment: Attachment
    detail: Detail = Detail.NORMAL
    sampling: Sampling = WHOLE
    hearing: Hearing = Hearing.AUTO


@value
class Senses:
    """What can be done with files now: the chosen model sees and hears, and speech can be written down."""

    sees: bool = False
    hears: bool = False
    writes: bool = False


class Sounding(StrEnum):
    """What becomes of the sound of a file."""

    NONE = "none"  # it has none
    HEARD = "heard"
    WRITTEN = "written"
    LEFT_OUT = "left_out"  # nobody hears it, and nobody writes it down


@value
class Taking:
    """What becomes of a file."""

    seen: bool
    sound: Sounding

    @property
    def refused(self) -> bool:
        """Whether nothing of it would reach the model."""
        return not self.seen and self.sound in (Sounding.NONE, Sounding.LEFT_OUT)


def taking(part: AttachmentPart, senses: Senses) -> Taking:
    """Return what becomes of a file with a model of these senses."""
    facts = part.attachment.facts
    return Taking(senses.sees and facts.kind is not Kind.SOUND, _sounding(part, senses))


def _sounding(part: AttachmentPart, senses: Senses) -> Sounding:
    facts = part.attachment.facts
    if facts.kind is Kind.PICTURE or (facts.kind is Kind.VIDEO and not facts.has_sound):
        return Sounding.NONE
    short = part.sampling.within(facts) <= HEARD_SECONDS
    wants_sound = part.hearing is Hearing.SOUND or (part.hearing is Hearing.AUTO and short)
    if senses.hears and (wants_sound or not senses.writes):
        return Sounding.HEARD
    return Sounding.WRITTEN if senses.writes else Sounding.LEFT_OUT


def frames(part: AttachmentPart) -> int:
    """Return how many frames of a video are taken at most."""
    detail = FRAME_DETAIL[part.detail]
    most = min(FRAMES, FRAME_TOKENS // detail)
    wanted = math.ceil(round(part.sampling.within(part.attachment.facts) * part.sampling.per_second, 3))
    return min(max(1, wanted), most)


def frames_wish(part: AttachmentPart) -> FramesWish:
    """Return what a reader is asked for: the frames of a video as they are taken."""
    sampling = part.sampling
    return FramesWish(sampling.start, sampling.end, sampling.per_second, frames(part), FRAME_DETAIL[part.detail])


def tokens(part: AttachmentPart, senses: Senses) -> int:
    """Return about how many tokens a file takes of what the model can hold."""
    facts, taken = part.attachment.facts, taking(part, senses)
    total = 0
    if taken.seen and facts.width and facts.height:
        film = facts.kind is Kind.VIDEO
        one = grid(facts.width, facts.height, FRAME_DETAIL[part.detail] if film else part.detail).tokens + MARK_TOKENS
        count = frames(part) if film else min(max(1, facts.pages), PAGES)
        total = count * (one + (CLOCK_TOKENS if count > 1 or film else 0))
    seconds = part.sampling.within(facts)
    if taken.sound is Sounding.HEARD:
        total += round(min(seconds, SOUND_SECONDS) * SOUND_TOKENS_A_SECOND) + MARK_TOKENS
    elif taken.sound is Sounding.WRITTEN:
        total += round(seconds * WORD_TOKENS_A_SECOND)
    return total


def files_tokens(attached: Iterable[AttachmentPart], senses: Senses) -> int:
    """Return about how many tokens the files of a message take."""
    return sum(tokens(part, senses) for part in attached)


def detail_for(facts: Facts) -> Detail:
    """Return how closely a file is looked at unless the person says otherwise: a page of writing most closely."""
    if facts.kind is Kind.PICTURE and facts.paper:
        return Detail.DOCUMENT
    return Detail.NORMAL


def clock(seconds: float) -> str:
    """Return a moment as models were trained to read it: 00:03, from an hour on 1:00:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
