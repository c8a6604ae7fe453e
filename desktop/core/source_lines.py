"""The sources of an answer as plain lines, for copies and exports. Pure."""

import re

from desktop.core.grounding import FoundPart

_CITED = re.compile(r"\[\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\]", re.ASCII)
_PIECE = re.compile(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?", re.ASCII)
MOST_IN_RANGE = 20


def cited(text: str) -> frozenset[int]:
    """Return the numbers that a text cites: [1], [1, 2], [1–3]."""
    numbers: set[int] = set()
    for found in _CITED.finditer(text):
        for piece in _PIECE.finditer(found.group()):
            first, last = int(piece[1]), int(piece[2] or piece[1])
            numbers |= {first, last} if last - first >= MOST_IN_RANGE else {*range(first, last + 1), last}
    return frozenset(numbers)


def sources(found: FoundPart | None, text: str) -> str:
    """Return a line for each passage that an answer cites, all of them where it cites none; empty without any."""
    if found is None or not found.passages:
        return ""
    numbers = cited(text)
    named = [one for one in found.passages if one.number in numbers] or list(found.passages)
    lines = [f"[{one.number}] {_line(one.name)}, {one.unit} {_line(one.label) or one.page}" for one in named]
    return "\n".join(["Sources:", "", *(f"- {line}" for line in lines)])


def _line(words: str) -> str:
    return " ".join(words.split())
