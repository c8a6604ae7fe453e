"""How an answer stands on documents: what was asked of which, what was found, what of the answer is borne out.

All of it is part of the messages, so that an answer of last year still opens its sources, and so that the prompt of
a follow-up question begins with the same words as before.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop.core.coverage import NOTHING, CollectionId, Coverage, SourceId
from desktop.core.documents import Box, Cell, PageUnit


class AnswerMode(StrEnum):
    """How documents reach the model."""

    AUTO = "auto"  # the app decides
    WHOLE = "whole"  # all of their text stands in the prompt
    PASSAGES = "passages"  # what fits the question
    EXHAUSTIVE = "exhaustive"  # every passage is read, in order
    TABLE = "table"  # a SELECT over their tables


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A document beside the question, for this conversation alone."""

    source: SourceId
    name: str
    unit: PageUnit = PageUnit.PAGE
    pages: int = 0


NO_COLLECTION = CollectionId(-1)
"""In a ScopePart: nothing of the library, only the documents beside the questions of the conversation."""


@dataclass(frozen=True, slots=True)
class ScopePart:
    """Which collections a question is asked of; without any: the whole library of the matter."""

    collections: tuple[CollectionId, ...] = ()
    names: tuple[str, ...] = ()
    """What they were called when it was asked, in the same order."""
    mode: AnswerMode = AnswerMode.AUTO


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that the model was given. Its number is what the answer cites it by: [1]."""

    number: int
    source: SourceId
    name: str
    page: int
    start: int
    end: int
    """Characters of the page's text."""
    text: str
    label: str = ""
    unit: PageUnit = PageUnit.PAGE
    heading: str = ""
    header: str = ""
    scanned: bool = False
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class FoundPart:
    """What the model was given of the documents for one answer; stands before its text."""

    mode: AnswerMode
    passages: tuple[FoundPassage, ...] = ()
    coverage: Coverage = NOTHING
    shortened: bool = False
    """More was found than could be read in reasonable time."""


class Verdict(StrEnum):
    """What a comparison of a sentence with the passages it cites has shown."""

    VERIFIED = "verified"
    COMPARE = "compare"  # it agrees, but with characters read from a scan
    NOT_FOUND = "not_found"  # something in it does not stand there
    UNCITED = "uncited"  # it names no passage, and none bears it out


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, cut from it by the app: characters `start` to `end` of the page."""

    number: int
    """Of the passage that it was cut from."""
    start: int
    end: int
    text: str
    boxes: tuple[Box, ...] = ()
    """Where they stand on the page, a box a line; none where the file has no places."""


@dataclass(frozen=True, slots=True)
class Check:
    """One sentence of the answer; start and end are characters of its visible text."""

    start: int
    end: int
    verdict: Verdict
    numbers: tuple[int, ...] = ()
    """The passages that it cites."""
    missing: tuple[str, ...] = ()
    """Numbers, dates, names and words of it that do not stand in them."""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecksPart:
    """What was compared, sentence by sentence; stands behind the text."""

    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table that was asked."""

    source: SourceId
    name: str
    sheet: str
    rows: int


@dataclass(frozen=True, slots=True)
class TablePart:
    """A SELECT that the model wrote, and what it gave: computed by SQLite, not by the model."""

    sql: str
    sources: tuple[TableSource, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    """The first of them."""
    total: int = 0
    """How many there are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one passage says about an exhaustive question."""

    number: int
    """Of the passage, in FoundPart."""
    text: str


@dataclass(frozen=True, slots=True)
class FindingsPart:
    """What an exhaustive reading found, in the order of the documents."""

    read: int
    """Passages that were read."""
    total: int
    findings: tuple[Finding, ...] = ()
    summed: int = 0
    """So many of them the model was given to sum up; 0 = all."""


GroundPart = DocumentPart | ScopePart | FoundPart | ChecksPart | TablePart | FindingsPart
"""Everything about documents that a message can hold."""
