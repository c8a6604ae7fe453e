"""What a prompt is made of: tokens, and pictures and sounds that stand for many."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or sound in a prompt, or a tile of one. Equal ids mean equal content."""

    id: str
    tokens: int
    """Cells of the KV cache it takes."""
    positions: int
    """How far it moves what follows; fewer than tokens in models that place a picture in two dimensions."""


Entry = int | Medium
"""A token, or what takes the place of several."""


def size(entries: Iterable[Entry]) -> int:
    """Return how many tokens these take."""
    return sum(entry.tokens if isinstance(entry, Medium) else 1 for entry in entries)


def length(entries: Iterable[Entry]) -> int:
    """Return how many positions these span."""
    return sum(entry.positions if isinstance(entry, Medium) else 1 for entry in entries)
