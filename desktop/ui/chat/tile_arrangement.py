"""Where the files of a question lie above its words: pictures in a grid, one alone larger, sounds as bars below. Pure.

Sizes follow from what is known of the files, so that nothing jumps when a small picture comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.media import Facts, Kind

ALONE, SQUARE, BAR, BAR_WIDTH, GAP = 256, 112, 44, 300, 6
SHORTEST = 64
"""No side of a picture alone is shorter, however thin it is."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one tile lies."""

    left: int
    top: int
    width: int
    height: int


def arranged(files: Sequence[Facts], room: int, scale: float = 1.0) -> tuple[Place, ...]:
    """Return a place for each file, in their order.

    Args:
        files: what they are.
        room: the width there is.
        scale: how large the text is.
    """
    gap, bar = round(GAP * scale), round(BAR * scale)
    seen = [at for at, one in enumerate(files) if one.kind is not Kind.SOUND]
    places: dict[int, Place] = {}
    top = 0
    if len(seen) == 1:
        width, height = _alone(files[seen[0]], min(room, round(ALONE * scale)), round(SHORTEST * scale))
        places[seen[0]] = Place(0, 0, width, height)
        top = height + gap
    elif seen:
        side = min(room, round(SQUARE * scale))
        columns = max(1, (room + gap) // (side + gap))
        for number, at in enumerate(seen):
            row, column = divmod(number, columns)
            places[at] = Place(column * (side + gap), row * (side + gap), side, side)
        top = -(-len(seen) // columns) * (side + gap)
    for at, one in enumerate(files):
        if one.kind is Kind.SOUND:
            places[at] = Place(0, top, min(room, round(BAR_WIDTH * scale)), bar)
            top += bar + gap
    return tuple(places[at] for at in range(len(files)))


def extent(places: Sequence[Place]) -> tuple[int, int]:
    """Return how wide and high all of them are together."""
    return max((one.left + one.width for one in places), default=0), max(
        (one.top + one.height for one in places), default=0
    )


def _alone(facts: Facts, side: int, shortest: int) -> tuple[int, int]:
    width, height = facts.width or 4, facts.height or 3
    factor = side / max(width, height)
    return max(shortest, round(width * factor)), max(shortest, round(height * factor))
