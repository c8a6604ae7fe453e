"""XLSX, XLS and ODS to pages: some hundred rows each, values as they were calculated, dates as ISO 8601.

Cells that are merged downwards repeat their words in each row, so that every row can be read by itself; numbers are
not repeated, or their sum would be wrong.
"""

import datetime
from collections.abc import Iterator
from itertools import repeat
from typing import Any, BinaryIO

from desktop.core.document_errors import ArchiveTooLarge, ProtectionUnknown
from desktop.core.documents import Cell, DocumentFacts, DocumentKind, DocumentWish, Page, Trouble
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import archive, binary, formulas, grids, ooxml, opendocument, pages, trees
from desktop.documents.damage import Parsing
from desktop.documents.tables import LONGEST_CELL
from desktop.documents.wording import clean, one_line

_ZIP = b"PK"
_CONTENT = "content.xml"
_EXACT = 10**15
"""Up to here a whole number in a sheet is exact."""


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read a workbook. See extract.read."""
    file.seek(0)
    if file.read(2) == _ZIP:
        facts, extras = _prepared(file, name, step)
    else:
        binary.check(file, name)
        facts, extras = DocumentFacts(DocumentKind.XLS), {}
    yield facts
    yield from pages.bounded(_pages(file, name, extras, step), wish, step)


def _prepared(file: BinaryIO, name: str, step: Step) -> tuple[DocumentFacts, dict[str, formulas.Sheet]]:
    """Look into a packed workbook before the library does."""
    seen: dict[str, formulas.Sheet] = {}

    def look(part: str, piece: bytes) -> None:
        step(0, 0)
        part = part.casefold()
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            seen.setdefault(part, formulas.Sheet()).see(piece)

    with archive.opened(file, name) as packed:
        if _CONTENT in packed:
            opendocument.check_protection(packed, name)
            check = trees.Check(name)
            archive.measure(file, name, lambda part, piece: check.feed(piece) if part == _CONTENT else None)
            check.end()
            return opendocument.facts(packed, name, DocumentKind.ODS), {}
        properties = ooxml.properties(packed, name)
        parts = formulas.parts_by_sheet(packed, name)
        archive.measure(file, name, look)
    if any(sheet.area > formulas.MOST_CELLS for sheet in seen.values()):
        raise ArchiveTooLarge(name=name)
    facts = DocumentFacts(DocumentKind.XLSX, 0, properties.title, properties.author, properties.date)
    return facts, {sheet: seen[part] for sheet, part in parts.items() if part in seen}


def _pages(file: BinaryIO, name: str, extras: dict[str, formulas.Sheet], step: Step) -> Iterator[Page]:
    import python_calamine as calamine  # noqa: PLC0415 - loaded when a sheet asks for it

    file.seek(0)
    with Parsing(name, calamine.CalamineError):
        try:
            book = calamine.CalamineWorkbook.from_filelike(file)
        except calamine.PasswordError as error:
            raise ProtectionUnknown(name=name) from error
        sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    number = 1
    for sheet in sheets:
        step(number, 0)
        title = one_line(sheet.name)
        label = title if sheet.visible == calamine.SheetVisibleEnum.Visible else f"{title} (hidden)"
        try:
            with Parsing(name, calamine.CalamineError):
                found = book.get_sheet_by_name(sheet.name)
                left, rows = _rows(found, extras.get(sheet.name, formulas.Sheet()))
        except FileDamaged:
            yield Page(number, "", label, trouble=Trouble.DAMAGED)
            number += 1
            continue
        for page in grids.pages(title, label, rows, number, left):
            yield page
            number = page.number + 1


def _rows(sheet: Any, extra: formulas.Sheet) -> tuple[int, Iterator[grids.Row]]:
    """Return how many empty columns are left off, and the rows of a sheet from its very first."""
    starts = [column for _, column in extra.cells]
    starts += [sheet.start[1]] if sheet.start else []
    left = min(starts, default=0)
    spans = {
        (top, column - left): bottom for (top, column), (bottom, _) in sheet.merged_cell_ranges or () if bottom > top
    }
    added: dict[int, dict[int, str]] = {}
    for (row, column), text in extra.cells.items():
        added.setdefault(row, {})[column - left] = text
    return left, _completed(sheet.iter_rows(), sheet.start[1] - left if sheet.start else 0, spans, added)


def _completed(
    rows: Iterator[list[Any]],
    empty: int,
    spans: dict[tuple[int, int], int],
    added: dict[int, dict[int, str]],
) -> Iterator[grids.Row]:
    starts = {column for _, column in spans}
    merged: dict[int, tuple[int, str]] = {}
    at = -1
    for at, found in enumerate(rows):
        cells: list[Cell] = [None] * empty + [_cell(one) for one in found]
        for column, text in added.pop(at, {}).items():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = text
        if starts:
            _merge(at, cells, spans, starts, merged)
        yield grids.row_of(cells)
    for late in sorted(added):
        yield from repeat(grids.Row((), ""), late - at - 1)
        yield grids.row_of([added[late].get(column) for column in range(max(added[late]) + 1)])
        at = late


def _merge(
    at: int,
    cells: list[Cell],
    spans: dict[tuple[int, int], int],
    starts: set[int],
    merged: dict[int, tuple[int, str]],
) -> None:
    """Repeat the words of cells that are merged downwards."""
    for column in starts:
        if column >= len(cells):
            continue
        value = cells[column]
        if (at, column) in spans and isinstance(value, str):
            merged[column] = (spans[at, column], value)
        elif column in merged and at <= merged[column][0] and value is None:
            cells[column] = merged[column][1]


def _cell(value: Any) -> Cell:
    cell: Cell
    match value:
        case str():
            cell = clean(value)[:LONGEST_CELL] or None
        case float():
            cell = int(value) if value.is_integer() and abs(value) < _EXACT else value
        case bool() | int() | None:
            cell = value
        case _:
            cell = _moment(value)
    return cell


def _moment(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """Return a date or time as ISO 8601; a length of time as hours, minutes and seconds."""
    if isinstance(value, datetime.timedelta):
        hours, rest = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat()
