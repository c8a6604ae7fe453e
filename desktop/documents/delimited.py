"""CSV and TSV to pages: which sign parts the cells, and what the cells are.

Text is shown as it is written. In the table a cell becomes a number or a date only where its whole column is beyond
doubt: 1,234 may be one or a thousand, 01067 is a postal code.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import PurePath
from typing import BinaryIO

from desktop.core.documents import Cell, DocumentFacts, DocumentKind, DocumentWish, Page
from desktop.core.media import Step
from desktop.documents import charset, columns, grids, pages, tables
from desktop.documents.wording import one_line

_DELIMITERS = "\t;|,"
"""Likeliest first, where several would do."""
_SNIFFED = 200
_LINE = 100_000
_STRAY = 200
"""A quotation mark that spans more lines was never meant to open anything."""
_QUOTED = re.compile(r'"[^"]*"')
_SAID = re.compile(r"sep=(.)\s*", re.I)


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read a sheet that is kept as text. See extract.read."""
    waiting = charset.lines(file, charset.encoding_of(file, wish.languages), _LINE)
    opening = list(islice(waiting, _SNIFFED))
    if opening and (said := _SAID.fullmatch(opening[0])):
        delimiter = said[1]
        opening[0] = "\n"
    else:
        delimiter = delimiter_of(opening)
    is_tabbed = delimiter == "\t"
    yield DocumentFacts(DocumentKind.TSV if is_tabbed else DocumentKind.CSV)
    title = one_line(PurePath(name).stem) or "Sheet"
    rows = _rows(_records(chain(opening, waiting), delimiter))
    yield from pages.bounded(grids.pages(title, title, rows, 1), wish, step)


def delimiter_of(lines: Sequence[str]) -> str:
    """Return the sign that parts the cells: the one that most lines hold equally often."""
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    best, score = ",", (0.0, 0)
    for sign in _DELIMITERS:
        counts = Counter(line.count(sign) for line in bare)
        count, times = max(((count, times) for count, times in counts.items() if count), default=(0, 0), key=_by_times)
        if (found := (round(times / max(1, len(bare)), 1), count)) > score:
            best, score = sign, found
    return best


def _by_times(counted: tuple[int, int]) -> int:
    return counted[1]


def _records(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of each row. Where a quotation mark is never closed, lines are parted in spite of it."""
    taken: list[str] = []

    def noted() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    reader = csv.reader(noted(), delimiter=delimiter)
    while True:
        taken.clear()
        try:
            row = next(reader, None)
        except csv.Error:
            row = []
            taken.append("")
        else:
            if row is None:
                return
        if len(taken) > _STRAY or (not row and len(taken) > 1):
            yield from (line.rstrip("\n").replace('"', "").split(delimiter) for line in taken if line)
        else:
            yield row


def _rows(records: Iterator[list[str]]) -> Iterator[grids.Row]:
    opening = list(islice(records, columns.LOOKED_AT))
    readings = columns.readings(opening)
    for record in chain(opening, records):
        kept = record[: tables.MOST_COLUMNS]
        shown = [one_line(cell[: tables.LONGEST_CELL]) for cell in kept]
        cells: list[Cell] = [_read(cell, readings, at) for at, cell in enumerate(shown)]
        line = " | ".join(shown).rstrip(" |")[: tables.LONGEST_LINE]
        cut = len(kept) < len(record) or len(line) == tables.LONGEST_LINE
        yield grids.Row(tuple(cells), line, cut or any(len(cell) > tables.LONGEST_CELL for cell in kept))


def _read(cell: str, readings: Sequence[columns.Reading], at: int) -> Cell:
    if not cell:
        return None
    return readings[at](cell) if at < len(readings) else cell
