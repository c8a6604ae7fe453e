"""Which part of a video or sound is taken, in words: how many frames, how long, at what cost. Needs no widgets."""

import math
from dataclasses import replace

from desktop.core.media import Kind
from desktop.core.taking import AttachmentPart, Senses, clock, frames, tokens
from desktop.ui.i18n import translate

DENSITIES = (0.25, 0.5, 1.0, 2.0)
"""Frames of each second."""
SHORTEST = 1.0
"""Seconds that a range has at least, where the file is that long."""


def density_name(per_second: float) -> str:
    """Return what a person calls so many frames of each second."""
    if per_second == 1:
        return translate("chat", "A frame every second")
    if per_second < 1:
        return translate("chat", "A frame every {count} seconds", count=f"{1 / per_second:g}")
    return translate("chat", "{count} frames a second", count=f"{per_second:g}")


def ranged(part: AttachmentPart, start: float, end: float) -> AttachmentPart:
    """Return a file of which this range is taken; the ends of the file are left open."""
    seconds = part.attachment.facts.seconds
    end = math.inf if end >= seconds else end
    return replace(part, sampling=replace(part.sampling, start=max(0.0, start), end=end))


def range_of(part: AttachmentPart) -> tuple[float, float]:
    """Return from which second to which a file is taken."""
    seconds = part.attachment.facts.seconds
    return max(0.0, min(part.sampling.start, seconds)), min(part.sampling.end, seconds)


def range_words(part: AttachmentPart) -> str:
    """Return which range of a file is taken."""
    start, end = range_of(part)
    return translate(
        "chat", "{start} to {end}, {length} in all", start=clock(start), end=clock(end), length=clock(end - start)
    )


def cost_words(part: AttachmentPart, senses: Senses, found: int | None = None) -> str:
    """Return how many frames are sent and what a file costs.

    Args:
        part: the file.
        senses: what the model and this computer can do.
        found: how many frames there are, where that is known.
    """
    film = part.attachment.facts.kind is Kind.VIDEO
    count = frames(part) if found is None else found
    total = tokens(part, replace(senses, sees=True))  # the cost is told though the chosen model does not see
    cost = translate("chat", "about {count} tokens", count=f"{total:,}") if total else ""
    if not film:
        return cost
    if frames(part) < math.floor(part.sampling.within(part.attachment.facts) * part.sampling.per_second):
        return translate("chat", "{frames} frames, as many as fit · {cost}", frames=count, cost=cost)
    if count == 1:
        return translate("chat", "1 frame · {cost}", cost=cost)
    return translate("chat", "{frames} frames · {cost}", frames=count, cost=cost)
