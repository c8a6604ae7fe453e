"""Puts what was found by words and what was found by meaning into one order: pure functions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.core.coverage import PassageId
from desktop.core.library import Passage
from desktop.core.words import Asked

Found = Sequence[tuple[PassageId, float]]
"""Passages with their scores, best first."""

DEPTH = 20
"""How slowly a place in a list loses worth: the second is worth DEPTH / (DEPTH + 1) of the first."""
LONGEST = 1_900
"""Characters of neighbours that are put together."""
BREAK = 4
"""Characters between neighbours: a blank line."""
SAME_SOURCE = 3
"""So many passages of one source come before others get their turn."""
LATER = 0.85
"""What a further one of the same source is worth."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a place in each list counts."""

    words: float
    meaning: float


LITERAL = Weights(words=0.7, meaning=0.3)
"""For numbers, names, quoted words: what an embedding blurs."""
GENERAL = Weights(words=0.35, meaning=0.65)
FOREIGN = Weights(words=0.8, meaning=0.2)
"""For a language that the embedding model has not learnt: what it takes for near is mostly chance."""


def weights(wanted: Asked, *, foreign: bool = False) -> Weights:
    """Return what counts for a question of this kind, and in this language."""
    if foreign:
        return FOREIGN
    return LITERAL if wanted.literal else GENERAL


def fuse(words: Found, meaning: Found, counting: Weights) -> dict[PassageId, float]:
    """Return a score for every passage of both lists, at most 1, best first.

    Why places and not scores: those of an index have no scale, and a cosine says little of whether it answers.
    """
    scores: dict[PassageId, float] = {}
    for found, weight in ((words, counting.words), (meaning, counting.meaning)):
        for place, (passage, _) in enumerate(found):
            scores[passage] = scores.get(passage, 0.0) + weight * DEPTH / (DEPTH + place)
    scale = 1.0 if words and meaning else 1.0 / (counting.words if words else counting.meaning)
    return {passage: scores[passage] * scale for passage in sorted(scores, key=lambda one: -scores[one])}


def chosen(
    passages: Iterable[Passage], scores: Mapping[PassageId, float], limit: int
) -> tuple[tuple[Passage, float], ...]:
    """Return the best passages, at most `limit`, best first.

    What says the same as a better one is left out, neighbours are put together, and after a few of one source those
    of others come first. The text of what was put together is to be cut from its page by the caller.
    """
    ordered = sorted(passages, key=lambda one: -scores[one.id])
    whole = _neighbours(_distinct(ordered), scores)
    return tuple(_varied(whole)[:limit])


def _distinct(ordered: Iterable[Passage]) -> list[Passage]:
    seen: set[str] = set()
    kept = []
    for one in ordered:
        told = f"{one.header}\n{' '.join(one.text.split()).casefold()}"
        if told not in seen:
            seen.add(told)
            kept.append(one)
    return kept


def _neighbours(ordered: Sequence[Passage], scores: Mapping[PassageId, float]) -> list[tuple[Passage, float]]:
    """Put together what overlaps or follows on the same page; it keeps the name and score of the best of them."""
    joined: list[tuple[Passage, float]] = []
    by_place = sorted(ordered, key=lambda one: (one.source, one.page, one.start))
    for one in by_place:
        score = scores[one.id]
        last = joined[-1] if joined else None
        if last and _follows(last[0], one):
            before, best = last
            lead = before if best >= score else one
            joined[-1] = (
                replace(before, id=lead.id, end=max(before.end, one.end), heading=lead.heading),
                max(best, score),
            )
        else:
            joined.append((one, score))
    return sorted(joined, key=lambda one: -one[1])


def _follows(before: Passage, one: Passage) -> bool:
    same = (before.source, before.page) == (one.source, one.page)
    near = one.start - before.end <= BREAK
    return same and near and one.end - before.start <= LONGEST and one.header in ("", before.header)


def _varied(ordered: Sequence[tuple[Passage, float]]) -> list[tuple[Passage, float]]:
    seen: Counter[int] = Counter()
    out = []
    for passage, score in ordered:
        further = max(0, seen[passage.source] - SAME_SOURCE + 1)
        seen[passage.source] += 1
        out.append((passage, score * LATER**further))
    return sorted(out, key=lambda one: -one[1])
