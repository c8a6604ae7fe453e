"""A message to pages, however it was packed: who wrote to whom and when, then its words, then its enclosures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.core.documents import (
    ENCLOSED_PIECE,
    LONGEST_PAGE,
    DocumentFacts,
    DocumentKind,
    DocumentWish,
    Enclosed,
    Page,
)
from desktop.core.media import Step
from desktop.documents import pages
from desktop.documents.blocks import Block, Chapter, Words
from desktop.documents.plain import paragraphs
from desktop.documents.wording import clean, one_line

DEEPEST = 5
"""Messages within messages: what lies deeper is left out, and said to be."""
MOST_ENCLOSED = 1_000
_PAGE = LONGEST_PAGE - 50_000
_LONGEST_NAME = 150
_LONGEST_HEAD = 20_000
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|\n\t', "_"))


@dataclass(frozen=True, slots=True)
class Letter:
    """A message."""

    sender: str
    to: str
    copies: str
    date: str
    """As a person reads it."""
    subject: str
    when: str = ""
    """ISO 8601; empty where it does not say."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that was sent with a message."""

    name: str
    data: bytes


def read(
    kind: DocumentKind, letter: Letter, body: Iterable[Block], enclosed: tuple[Enclosure, ...], wish: DocumentWish,
    step: Step,
) -> Iterator[DocumentFacts | Page | Enclosed]:  # fmt: skip
    """Lay a message out: a page, rarely more, and its enclosures in pieces."""
    yield DocumentFacts(kind, 0, letter.subject, letter.sender, letter.when)
    found = pages.sections(_blocks(letter, body, enclosed), _PAGE, _PAGE)
    yield from pages.bounded(found, wish, step)
    for one in enclosed[:MOST_ENCLOSED]:
        for at in range(0, len(one.data), ENCLOSED_PIECE):
            step(at, len(one.data))
            piece = one.data[at : at + ENCLOSED_PIECE]
            yield Enclosed(one.name, piece, at + ENCLOSED_PIECE >= len(one.data))


def _blocks(letter: Letter, body: Iterable[Block], enclosed: tuple[Enclosure, ...]) -> Iterator[Block]:
    yield Chapter(letter.subject)
    names = ", ".join(one.name for one in enclosed[:MOST_ENCLOSED])
    head = (
        ("From", letter.sender), ("To", letter.to), ("Cc", letter.copies), ("Date", letter.date),
        ("Subject", letter.subject), ("Attachments", names),
    )  # fmt: skip
    if text := "\n".join(f"{field}: {said[:_LONGEST_HEAD]}" for field, said in head if said):
        yield Words(text)
    yield from body


def plain_blocks(text: str) -> Iterator[Block]:
    """Return the paragraphs of a message that was written as plain text."""
    yield from paragraphs(clean(text).splitlines(keepends=True))


def file_name(said: str, number: int, ending: str = "") -> str:
    """Return a name for an enclosure that is fit for a list and for a disk."""
    base = one_line(said).replace("\\", "/").rpartition("/")[2].translate(_FORBIDDEN).strip(". ")
    if not base:
        return f"attachment {number}{ending}"
    if len(base) > _LONGEST_NAME:
        stem, dot, last = base.rpartition(".")
        base = f"{stem[:_LONGEST_NAME]}{dot}{last[:10]}" if stem else base[:_LONGEST_NAME]
    return base
