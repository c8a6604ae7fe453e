"""Documents as values: what a reader found in a file, page by page.

A page is what a person calls one in this kind of file: a printed page, a slide, some rows of a sheet, a section of
a text that has no pages, a message. Offsets are characters of `Page.text`; boxes are shares of the page's sides, from
the left and from the top, so that they fit a page drawn at any size.
"""

from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | float | bool | None
"""What stands in a cell of a table; dates are ISO 8601 text."""


class DocumentKind(StrEnum):
    """How a file is laid out, told by its content and, where that says nothing, by its name."""

    PDF = "PDF"
    DOCX = "DOCX"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    PPTX = "PPTX"
    ODT = "ODT"
    ODP = "ODP"
    RTF = "RTF"
    HTML = "HTML"
    EPUB = "EPUB"
    EML = "EML"
    MSG = "MSG"
    CSV = "CSV"
    TSV = "TSV"
    MARKDOWN = "Markdown"
    TEXT = "text"
    PICTURE = "picture"
    """PNG, JPEG, TIFF and the like: its words are read from the picture."""


class PageUnit(StrEnum):
    """What a person calls a page of this kind of file."""

    PAGE = "page"
    SLIDE = "slide"
    SHEET = "sheet"
    SECTION = "section"
    MESSAGE = "message"


UNITS = {
    DocumentKind.PDF: PageUnit.PAGE,
    DocumentKind.PICTURE: PageUnit.PAGE,
    DocumentKind.PPTX: PageUnit.SLIDE,
    DocumentKind.ODP: PageUnit.SLIDE,
    DocumentKind.XLSX: PageUnit.SHEET,
    DocumentKind.XLS: PageUnit.SHEET,
    DocumentKind.ODS: PageUnit.SHEET,
    DocumentKind.CSV: PageUnit.SHEET,
    DocumentKind.TSV: PageUnit.SHEET,
    DocumentKind.EML: PageUnit.MESSAGE,
    DocumentKind.MSG: PageUnit.MESSAGE,
}
"""Every other kind has sections."""

DRAWN = frozenset({DocumentKind.PDF, DocumentKind.PICTURE})
"""Kinds whose pages have a look of their own and are shown as pictures; the others are shown as text."""


class Trouble(StrEnum):
    """Why a page could not be read as well as it should be."""

    NO_RECOGNISER = "no_recogniser"  # a scan, and this build or computer has nothing to read it with
    NO_LANGUAGE = "no_language"  # a scan, read without the data of its language
    NO_WORDS = "no_words"  # a picture without any writing that could be made out
    UNSURE = "unsure"  # a scan that was read with many doubts
    CUT = "cut"  # more text or rows than are taken in
    DAMAGED = "damaged"
    TOO_LONG = "too_long"  # reading it was given up


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in shares of its sides: 0 is left or top, 1 is right or bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of a page and where they stand: a line of a PDF, a word of a scan."""

    start: int
    end: int
    box: Box
    confidence: float = 1.0
    """How sure the reading of a scan is, 0 to 1; 1 where the file itself holds the characters."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the text of a page; level 1 is the highest."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the text of a page. A table that goes on over several pages has the same name and columns on each."""

    start: int
    end: int
    name: str
    """Of the sheet; empty for a table in running text."""
    columns: tuple[str, ...]
    """The header, as text; its own columns are named where it has none: A, B, C."""
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int = 2
    """Number of the first of these rows in the sheet, counted from 1."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `number` counts from 1; `label` is what stands on it or names it, where that is something else."""

    number: int
    text: str
    label: str = ""
    runs: tuple[Run, ...] = ()
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    scanned: bool = False
    """Its characters were read from a picture."""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document is; comes before its pages. `pages` 0 means: not known before they are read."""

    kind: DocumentKind
    pages: int = 0
    title: str = ""
    author: str = ""
    date: str = ""
    """ISO 8601, of the document or the message itself; empty where it does not say."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A piece of a file that lies in another, such as one sent with a message; the last piece says so."""

    name: str
    data: bytes
    last: bool


@dataclass(frozen=True, slots=True)
class DocumentWish:
    """All pages from one on."""

    first: int = 1
    password: str = ""
    languages: tuple[str, ...] = ()
    """Which languages scans are in, as two-letter codes, likeliest first; empty: those there is data for."""


@dataclass(frozen=True, slots=True)
class PageWish:
    """The look of one page, so many pixels wide; only for kinds that are DRAWN."""

    page: int
    width: int = 1000
    password: str = ""


LARGEST_PAGE_WIDTH = 2048
LONGEST_PAGE = 400_000
"""Characters of a page; what is longer is cut there, or goes on on a next page."""
LONGEST_NAME = 1_000
"""Characters of a title, an author, a label, the name of a sheet."""
ROWS_A_PAGE = 500
"""Of a sheet."""
ENCLOSED_PIECE = 8 * 1024 * 1024
