"""Documents on the pipe from the reader process: plain values there, and on this side built and checked.

Runs travel as one row of numbers, since a scanned page has thousands. What refers to the text of its page is held
against that text: an offset beyond it, or a box beyond the page, is refused.
"""

import math
import struct
from collections.abc import Callable

from desktop.core.documents import (
    ENCLOSED_PIECE,
    LONGEST_PAGE,
    Box,
    Cell,
    DocumentFacts,
    DocumentKind,
    Enclosed,
    Heading,
    Page,
    Run,
    Table,
    Trouble,
)
from desktop.reader.checks import count, many, raw, words, writing, yes_or_no

DocumentResult = DocumentFacts | Page | Enclosed

_RUN = struct.Struct("<2I5d")
_MOST_PAGES = 1 << 21
_MOST_PARTS = LONGEST_PAGE
_MOST_COLUMNS = 16_384
_LARGEST_NUMBER = 1 << 63
_LEVELS = range(1, 10)


def plain(value: DocumentResult) -> tuple[object, ...]:
    """Return plain values for a result."""
    match value:
        case DocumentFacts(kind, pages, title, author, date):
            return ("document", kind.value, pages, title, author, date)
        case Enclosed(name, data, last):
            return ("enclosed", name, data, last)
        case Page():
            runs = b"".join(
                _RUN.pack(one.start, one.end, *_sides(one.box), float(one.confidence)) for one in value.runs
            )
            headings = tuple((one.start, one.end, one.level) for one in value.headings)
            tables = tuple((one.start, one.end, one.name, one.columns, one.rows, one.first_row) for one in value.tables)
            trouble = value.trouble.value if value.trouble else ""
            return ("page", value.number, value.text, value.label, runs, headings, tables, value.scanned, trouble)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return float(box.left), float(box.top), float(box.right), float(box.bottom)


def _facts(kind: object, pages: object, title: object, author: object, date: object) -> DocumentFacts:
    if count(pages) > _MOST_PAGES:
        raise ValueError
    return DocumentFacts(DocumentKind(words(kind)), count(pages), writing(title), writing(author), writing(date))


def _enclosed(name: object, data: object, last: object) -> Enclosed:
    if len(raw(data)) > ENCLOSED_PIECE:
        raise ValueError
    return Enclosed(writing(name), raw(data), yes_or_no(last))


def _page(number: object, text: object, label: object, runs: object, *rest: object) -> Page:
    headings, tables, scanned, trouble = rest
    if not 1 <= count(number) <= _MOST_PAGES:
        raise ValueError
    written = writing(text, LONGEST_PAGE)
    length = len(written)
    return Page(
        count(number),
        written,
        writing(label),
        _runs(raw(runs), length),
        many(headings, _MOST_PARTS, lambda one: _heading(one, length)),
        many(tables, _MOST_PARTS, lambda one: _table(one, length)),
        yes_or_no(scanned),
        Trouble(words(trouble)) if trouble != "" else None,
    )


def _runs(data: bytes, length: int) -> tuple[Run, ...]:
    if len(data) > _MOST_PARTS * _RUN.size or len(data) % _RUN.size:
        raise ValueError
    return tuple(
        Run(*_span(start, end, length), _box(*sides), _share(confidence))
        for start, end, *sides, confidence in _RUN.iter_unpack(data)
    )


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    if not (0.0 <= left <= right <= 1.0 and 0.0 <= top <= bottom <= 1.0):
        raise ValueError
    return Box(left, top, right, bottom)


def _share(value: float) -> float:
    if not 0.0 <= value <= 1.0:
        raise ValueError
    return value


def _span(start: object, end: object, length: int) -> tuple[int, int]:
    if not count(start) <= count(end) <= length:
        raise ValueError
    return count(start), count(end)


def _heading(value: object, length: int) -> Heading:
    start, end, level = many(value, 3, count)
    if level not in _LEVELS:
        raise ValueError
    return Heading(*_span(start, end, length), level)


def _table(value: object, length: int) -> Table:
    start, end, name, columns, rows, first_row = many(value, 6, lambda one: one)
    return Table(
        *_span(start, end, length),
        writing(name),
        many(columns, _MOST_COLUMNS, lambda one: writing(one, LONGEST_PAGE)),
        many(rows, _MOST_PARTS, lambda row: many(row, _MOST_COLUMNS, _cell)),
        count(first_row),
    )


def _cell(value: object) -> Cell:
    match value:
        case None | bool():
            return value
        case str():
            return writing(value, LONGEST_PAGE)
        case int() if type(value) is int and -_LARGEST_NUMBER <= value < _LARGEST_NUMBER:
            return value
        case float() if type(value) is float and math.isfinite(value):
            return value
        case _:
            raise ValueError


BUILDERS: dict[object, Callable[..., DocumentResult]] = {"document": _facts, "enclosed": _enclosed, "page": _page}
"""Tag -> what makes a result of the values behind it, or raises TypeError or ValueError."""
