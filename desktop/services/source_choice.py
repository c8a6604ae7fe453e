"""Chooses what of the documents a model is given: all of it where that fits, else the passages that fit the question.

Pure but for what it asks of the store and the finder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from desktop.core.boxes import boxes
from desktop.core.coverage import Coverage
from desktop.core.documents import Page
from desktop.core.grounding import AnswerMode, ChecksPart, FoundPart, FoundPassage, Quote
from desktop.core.library import Hit, LibrarySource, Passage, Scope
from desktop.core.library_ports import Library
from desktop.core.messages import Message, Role
from desktop.core.value import value
from desktop.services import claims
from desktop.services.source_text import bare

CANDIDATES = 24
WHOLE_PASSAGES = 2_000
"""More than that is never handed over whole: counting alone would take too long."""
SCRIPT_TOKENS, LATIN_TOKENS = 1.1, 0.28
"""Tokens a character: of Chinese, Japanese and Korean; of other scripts."""
FRAME = 24
"""Tokens of a passage's number, file and place."""


class Finder(Protocol):
    """Finds passages for a question."""

    def search(self, question: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Return passages, best first."""

    def coverage(self, scope: Scope) -> Coverage:
        """Return how much of a scope can be searched."""


@value
class Room:
    """How much of the documents a model can be given, in tokens."""

    window: int
    """That fit beside what else it reads and writes."""
    prompt: int
    """That it reads within the time a person waits for the first word."""

    @property
    def tokens(self) -> int:
        """The smaller of the two."""
        return min(self.window, self.prompt)


def tokens(text: str) -> int:
    """Return about how many tokens a text has."""
    wide = sum(1 for letter in text if letter >= "\u2e80")
    return round(wide * SCRIPT_TOKENS + (len(text) - wide) * LATIN_TOKENS) + 1


class Numbers:
    """The numbers of passages in one conversation: each keeps the one it was first given."""

    def __init__(self, messages: Iterable[Message], library: Library) -> None:
        self._library = library
        self._pages: dict[tuple[int, int], Page] = {}
        earlier = [part for message in messages if (part := message.found)]
        self._known = {_key(one): one for part in earlier for one in part.passages}
        shown = [part.passages for part in earlier if part.mode is not AnswerMode.EXHAUSTIVE]
        self._shown = {_key(one) for passages in shown for one in passages}
        self._next = 1 + max((one.number for one in self._known.values()), default=0)

    def knows(self, passage: Passage) -> bool:
        """Return whether the model reads it above already; of an exhaustive reading it has only the notes."""
        return (passage.source, passage.page, passage.start, passage.end) in self._shown

    def numbered(self, passage: Passage, source: LibrarySource, score: float = 0.0) -> FoundPassage:
        """Return a passage with its number."""
        place = (passage.source, passage.page, passage.start, passage.end)
        if (known := self._known.get(place)) is not None:
            return known
        page = self._page(passage)
        made = FoundPassage(
            number=self._next,
            source=passage.source,
            name=source.name,
            page=passage.page,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            label=page.label,
            unit=source.unit,
            heading=passage.heading,
            header=passage.header,
            scanned=page.scanned,
            score=score,
        )
        self._next += 1
        self._known[place] = made
        return made

    def placed(self, checks: ChecksPart) -> ChecksPart:
        """Return the checks with the place of each quote on its page."""
        known = {one.number: one for one in self._known.values()}

        def with_boxes(quote: Quote) -> Quote:
            page = self._page(known[quote.number])
            return replace(quote, boxes=boxes(page, quote.start, quote.end))

        return ChecksPart(
            tuple(replace(one, quotes=tuple(with_boxes(each) for each in one.quotes)) for one in checks.checks)
        )

    def _page(self, passage: Passage | FoundPassage) -> Page:
        place = (passage.source, passage.page)
        if place not in self._pages:
            self._pages[place] = self._library.sources.page(passage.source, passage.page)
        return self._pages[place]


def _key(passage: FoundPassage) -> tuple[int, int, int, int]:
    return passage.source, passage.page, passage.start, passage.end


def query_of(messages: Sequence[Message]) -> str:
    """Return what is looked for: the question, and with one that says little the question before it."""
    questions = [bare(one.text) for one in messages if one.role is Role.USER and one.text]
    if len(questions) > 1 and len(claims.words(questions[-1])) < 3:
        return f"{questions[-2]}\n{questions[-1]}"
    return questions[-1] if questions else ""


def whole(library: Library, scope: Scope, coverage: Coverage, numbers: Numbers, room: Room) -> FoundPart | None:
    """Return all passages of a scope in order; None when they do not fit."""
    count, characters = library.passages.count(scope)
    if not 0 < count <= WHOLE_PASSAGES or characters * LATIN_TOKENS > room.window:
        return None
    passages = library.passages.in_order(scope, None, WHOLE_PASSAGES)
    fresh = [one for one in passages if not numbers.knows(one)]
    cost = sum(tokens(one.text) + FRAME for one in fresh)
    if cost > room.tokens:
        return None
    sources = {one.id: one for one in library.sources.within(scope)}
    found = tuple(numbers.numbered(one, sources[one.source]) for one in passages if one.source in sources)
    return FoundPart(AnswerMode.WHOLE, found, coverage)


def passages(hits: Sequence[Hit], coverage: Coverage, numbers: Numbers, room: Room) -> FoundPart:
    """Return the best passages that there is room for, at least one where any was found."""
    kept: list[FoundPassage] = []
    left, shortened = room.tokens, False
    for hit in hits:
        cost = 0 if numbers.knows(hit.passage) else tokens(hit.passage.text) + FRAME
        if kept and cost > left:
            shortened = True
            continue
        left -= cost
        kept.append(numbers.numbered(hit.passage, hit.source, hit.score))
    kept.sort(key=lambda one: one.number)
    return FoundPart(AnswerMode.PASSAGES, tuple(kept), coverage, shortened)
