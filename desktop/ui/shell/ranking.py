"""Which titles answer to what was typed, best first. Pure: knows no Qt.

Why one long text and not a loop over titles: ten thousand titles must be gone through between two key presses,
and only the search inside strings is fast enough for that.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

PIECE = 2_000
"""So many titles are made ready in a few milliseconds."""
LONGEST_SCATTERED = 16
"""More letters than that are not looked for one by one."""
MOST_WORDS = 6
"""More words than that are looked for only as they stand."""
NEAR = 3
"""How many letters may be left out between two that were typed."""

_ACCENTS = re.compile("[\u0300-\u036f]+")
_SIGN = re.compile(r"[^\w ]")
_SIGNS = re.compile(r"[^\w\n ]+")


class Tier(IntEnum):
    """How well a title answers, best first."""

    TITLE = 0  # it begins with what was typed
    WORD = 1  # a word of it does
    WORDS = 2  # every typed word begins one of its words, in any order
    INITIALS = 3  # the letters begin words that follow one another
    INSIDE = 4  # it holds what was typed
    NEAR = 5  # it holds the letters in that order, few others between them
    SCATTERED = 6  # it holds the letters in that order; like those above, the first one begins a word


@dataclass(frozen=True, slots=True)
class Hit:
    """The place of a title in its index, and how well it answers."""

    place: int
    tier: Tier


class Index:
    """Titles to search; among equals the one that was handed in first comes first.

    They are made ready in pieces, so that nobody waits for ten thousand of them at once.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = titles
        self._ready = 0
        self._text = "\n"

    def prepare(self, most: int = PIECE) -> bool:
        """Make some more titles ready; returns whether there are others."""
        piece = self._titles[self._ready : self._ready + most]
        text = "\n".join(piece)
        if text.count("\n") != max(0, len(piece) - 1):
            text = "\n".join(" ".join(one.split()) for one in piece)
        if piece:
            self._text += f"\n{_fold(text)}\n".replace("\n", "\n ").replace("\n  ", "\n ")[1:-1]
        self._ready += len(piece)
        return self._ready < len(self._titles)

    def find(self, query: str, most: int) -> tuple[Hit, ...]:
        """Return the best answers, at most so many; without a query the first ones."""
        words = _fold(query).split()
        if not words:
            return tuple(Hit(place, Tier.TITLE) for place in range(min(most, len(self._titles))))
        while self.prepare():
            pass
        found: dict[int, Hit] = {}
        for tier, places in self._tiers(words):
            for place in places:
                if place not in found:
                    found[place] = Hit(place, tier)
                    if len(found) == most:
                        return tuple(found.values())
        return tuple(found.values())

    def _tiers(self, words: list[str]) -> Iterator[tuple[Tier, Iterator[int]]]:
        """Yield the places of each tier; what nobody asks for is not looked for."""
        whole, letters = " ".join(words), "".join(words)
        yield Tier.TITLE, self._holding("\n " + whole)
        yield Tier.WORD, self._holding(" " + whole)
        if 1 < len(words) <= MOST_WORDS:
            yield Tier.WORDS, self._matching("\n" + "".join(f"(?=[^\n]* {re.escape(one)})" for one in words))
        if 1 < len(letters) <= LONGEST_SCATTERED:
            yield Tier.INITIALS, self._matching(r"[^ \n]*+".join(" " + re.escape(one) for one in letters))
        yield Tier.INSIDE, self._holding(whole)
        if 1 < len(letters) <= LONGEST_SCATTERED:
            yield Tier.NEAR, self._matching(_spread(letters, f"{{0,{NEAR}}}+"))
            yield Tier.SCATTERED, self._matching(_spread(letters, "*+"))

    def _holding(self, part: str) -> Iterator[int]:
        text, at, seen, place = self._text, 0, 0, -1
        while (at := text.find(part, at)) >= 0:
            place += text.count("\n", seen, at + 1)
            yield place
            seen = at + 1
            at = text.find("\n", seen)

    def _matching(self, pattern: str) -> Iterator[int]:
        text, seen, place = self._text, 0, -1
        for match in re.finditer(pattern, text):
            at = match.start() + 1
            place += text.count("\n", seen, at)
            seen = at
            yield place


def marks(title: str, query: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of characters in a title that answer to a query."""
    words = _fold(query).split()
    folded, origin = _traced(title)
    if not words:
        return ()
    for tries in ([" ".join(words)], words):
        if (ranges := _words_at(folded, tries)) is not None:
            return _joined(sorted((origin[start], origin[end - 1] + 1) for start, end in ranges))
    letters = "".join(words)
    beginnings = r"[^ ]*+".join(f" ({re.escape(one)})" for one in letters)
    for pattern in (beginnings, _spread(letters, f"{{0,{NEAR}}}+"), _spread(letters, "*+")):
        if len(letters) <= LONGEST_SCATTERED and (match := re.search(pattern, folded)):
            starts = [match.start(number + 1) for number in range(len(letters))]
            return _joined([(origin[one], origin[one] + 1) for one in starts])
    return ()


def _fold(text: str) -> str:
    """Return the text without capitals, accents and signs; lines stay lines."""
    plain = text.casefold()
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    plain = _SIGNS.sub(" ", plain)
    while "  " in plain:
        plain = plain.replace("  ", " ")
    return plain


def _traced(title: str) -> tuple[str, list[int]]:
    """Return a folded title with a blank before it, and where each of its characters comes from."""
    if title.isascii():
        return " " + _SIGN.sub(" ", title.lower()), [0, *range(len(title))]
    folded, origin = [" "], [0]
    for at, one in enumerate(title):
        plain = " " if one.isspace() else _fold(one)
        folded.append(plain)
        origin += [at] * len(plain)
    return "".join(folded), origin


def _words_at(folded: str, words: list[str]) -> list[tuple[int, int]] | None:
    """Return where each word is, at the beginning of a word if possible; None when one of them is nowhere."""
    found = []
    for word in words:
        at = folded.find(" " + word) + 1 or folded.find(word)
        if at < 0:
            return None
        found.append((at, at + len(word)))
    return found


def _spread(letters: str, gap: str) -> str:
    """Return a pattern of the letters in their order, the first at the beginning of a word.

    Nothing in it is tried twice, so it cannot run away.
    """
    rest = "".join(f"[^{re.escape(one)}\n]{gap}({re.escape(one)})" for one in letters[1:])
    return f" ({re.escape(letters[0])}){rest}"


def _joined(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
