"""What a text is made of before it is laid out in pages: headings, paragraphs, tables, beginnings of chapters."""

from dataclasses import dataclass

from desktop.core.documents import Cell


@dataclass(frozen=True, slots=True)
class Words:
    """A heading or a paragraph, as text that is cleaned already."""

    text: str
    level: int = 0
    """Of a heading, from 1; 0 is running text."""
    tight: bool = False
    """It follows the one before without a gap, as the items of a list do."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of running text, as it was found; the first row may or may not be a header."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A new page begins here, and is called so until the next heading or chapter."""

    label: str = ""


Block = Words | Grid | Chapter


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose header is known: its columns have names, each another one."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int
