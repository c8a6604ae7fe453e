"""A passage that was found, with all that a program needs to point at it."""

from dataclasses import dataclass

from desktop.core.documents import Box
from desktop.core.library import Hit


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A hit, the name of its collection, and where it stands on its page: a box a line, none where it has no places."""

    hit: Hit
    collection: str
    boxes: tuple[Box, ...] = ()
