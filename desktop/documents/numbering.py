"""The numbers that a word processor puts before paragraphs and that stand nowhere in its file: 1., 1.1, (a), •.

Why they are counted here: “section 4.2” is how people name what they look for.
"""

import re
from dataclasses import dataclass, field

from desktop.documents import trees

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is numbered."""

    style: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document, in its order."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    """Id of a list to its levels."""
    shared: dict[str, str] = field(default_factory=dict)
    """Id of a list to what it counts together with."""
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def mark(self, number: str, level: int) -> str:
        """Return what stands before the next paragraph of a list."""
        levels = self.lists.get(number)
        if not levels or not 0 <= level < _LEVELS:
            return ""
        counts = self.counts.setdefault(self.shared.get(number, number), [None] * _LEVELS)
        own = levels.get(level, Level())
        before = counts[level]
        counts[level] = own.start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if own.style == "bullet":
            return "•"
        if own.style == "none":
            return ""
        return _PLACE.sub(lambda found: self._one(levels, counts, int(found[1]) - 1), own.text)

    def _one(self, levels: dict[int, Level], counts: list[int | None], level: int) -> str:
        own = levels.get(level, Level())
        count = counts[level]
        return _written(own.start if count is None else count, own.style)


def of(root: trees.Node) -> Numbering:
    """Read the part of a DOCX that says how lists are numbered."""
    abstract = {trees.attribute(node, "abstractNumId"): _levels(node) for node in trees.children(root, "abstractNum")}
    numbering = Numbering()
    for node in trees.children(root, "num"):
        number = trees.attribute(node, "numId")
        base = _value(trees.first(node, "abstractNumId"))
        levels = dict(abstract.get(base, {}))
        own = False
        for change in trees.children(node, "lvlOverride"):
            levels |= _levels(change)
            own = own or trees.first(change, "startOverride") is not None
        numbering.lists[number] = levels
        numbering.shared[number] = number if own else f"abstract {base}"
    return numbering


def _levels(parent: trees.Node) -> dict[int, Level]:
    found = {}
    for node in trees.children(parent, "lvl"):
        place, start = trees.attribute(node, "ilvl"), _value(trees.first(node, "start"))
        if place.isdecimal():
            style = _value(trees.first(node, "numFmt")) or "decimal"
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            found[int(place[:3])] = Level(style, _value(trees.first(node, "lvlText"))[:40], first)
    return found


def _value(node: trees.Node | None) -> str:
    return "" if node is None else trees.attribute(node, "val")


def _written(count: int, style: str) -> str:
    match style:
        case "lowerLetter" | "upperLetter" if count > 0:
            text = chr(97 + (count - 1) % 26) * min(9, (count - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman" if 0 < count < 4000:
            text = ""
            for value, letters in _ROMAN:
                times, count = divmod(count, value)
                text += letters * times
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)
    return text.upper() if style.startswith("upper") else text
