"""Plain text in any encoding to pages."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page
from desktop.core.media import Step
from desktop.documents import charset, pages
from desktop.documents.blocks import Words

_LINE = 4_000
_PARAGRAPH = 2_000
"""Characters: a text without empty lines is parted here, at the end of a line."""


def read(
    file: BinaryIO,
    name: str,  # noqa: ARG001 - what all formats take
    wish: DocumentWish,
    step: Step,
) -> Iterator[DocumentFacts | Page]:
    """Read a text. See extract.read."""
    yield DocumentFacts(DocumentKind.TEXT)
    lines = charset.lines(file, charset.encoding_of(file, wish.languages), _LINE)
    yield from pages.bounded(pages.sections(paragraphs(lines)), wish, step)


def paragraphs(lines: Iterable[str]) -> Iterator[Words]:
    """Join lines to paragraphs: they end at an empty line, or where they are long enough."""
    held: list[str] = []
    length, tight = 0, False
    for line in lines:
        if line.strip():
            held.append(line)
            length += len(line)
        if held and (not line.strip() or length > _PARAGRAPH):
            yield Words("".join(held).strip("\n").rstrip(), tight=tight)
            tight = bool(line.strip())
            held, length = [], 0
        elif not line.strip():
            tight = False
    if held:
        yield Words("".join(held).strip("\n").rstrip(), tight=tight)
