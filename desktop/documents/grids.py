"""A sheet of any size in portions of some hundred rows, each a page with its own header line.

Why blank rows are kept inside a portion: the number of a row is its place in the sheet. A wider gap ends the portion.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from desktop.core.documents import LONGEST_PAGE, ROWS_A_PAGE, Cell, Page, Table, Trouble
from desktop.documents import tables

LOOKED_AT = 1_000
"""Rows at the top that tell how wide the sheet is."""
_HEADER_WITHIN = 20
_GAP = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and the line that a person reads."""

    cells: tuple[Cell, ...]
    line: str
    cut: bool = False
    """There was more than is taken in."""


@dataclass(slots=True)
class _Portion:
    """The rows of one page."""

    first: int
    rows: list[Row]
    length: int = 0


def row_of(cells: Sequence[Cell]) -> Row:
    """Make a row whose line is its cells as they are shown; empty ones at its end do not count."""
    width = len(cells)
    while width and cells[width - 1] in (None, ""):
        width -= 1
    kept = tuple(cells[: min(width, tables.MOST_COLUMNS)])
    line = tables.line(kept)
    return Row(kept, line, len(kept) < width or len(line) >= tables.LONGEST_LINE)


def pages(name: str, label: str, rows: Iterable[Row], number: int, left: int = 0) -> Iterator[Page]:
    """Lay out a sheet.

    Args:
        name: of the sheet, for its table.
        label: what its pages are called.
        rows: from the first of the sheet on.
        number: of the first page.
        left: how many columns without anything in them were left off.
    """
    waiting = iter(rows)
    opening = list(islice(waiting, LOOKED_AT))
    width = max((len(row.cells) for row in opening), default=0)
    header = _header_in(opening[:_HEADER_WITHIN], width)
    columns = tables.names_of(opening[header].cells if header is not None else (), width, left)
    above = "\n".join(row.line for row in opening[: header or 0] if row.line)
    begin = 0 if header is None else header + 1
    for portion in _portions(chain(opening[begin:], waiting), begin + 1):
        yield _page(number, name, label, columns, above, portion)
        number, above = number + 1, ""


def _header_in(rows: Sequence[Row], width: int) -> int | None:
    """Find the row that names the columns; above it only titles may stand, which fill less of the width."""
    for at, row in enumerate(rows):
        if not row.line:
            continue
        below = [one for one in rows[at + 1 :] if one.line]
        if below and tables.is_header(row.cells, width) and (width > 1 or _has_numbers(below)):
            return at
        if len([cell for cell in row.cells if cell not in (None, "")]) > width / 2:
            return None
    return None


def _has_numbers(rows: Sequence[Row]) -> bool:
    return any(not isinstance(row.cells[0], str) for row in rows if row.cells)


def _portions(rows: Iterable[Row], first: int) -> Iterator[_Portion]:
    portion = _Portion(first, [])
    gap = 0
    for at, row in enumerate(rows, first):
        if not row.line:
            gap += 1
            continue
        full = len(portion.rows) + gap >= ROWS_A_PAGE or portion.length > LONGEST_PAGE - 2 * tables.LONGEST_LINE
        if portion.rows and (full or gap > _GAP):
            yield portion
            portion = _Portion(at, [])
        elif not portion.rows:
            portion.first = at
        else:
            portion.rows += [Row((), "")] * gap
        gap = 0
        portion.rows.append(row)
        portion.length += len(row.line) + 1
    if portion.rows:
        yield portion


def _page(number: int, name: str, label: str, columns: tuple[str, ...], above: str, portion: _Portion) -> Page:
    width = len(columns)
    start = len(above) + 2 if above else 0
    text = "\n".join([tables.line(columns), *(row.line for row in portion.rows)])
    cells = tuple(row.cells[:width] + (None,) * (width - len(row.cells)) for row in portion.rows)
    cut = any(row.cut or len(row.cells) > width for row in portion.rows)
    last = portion.first + len(portion.rows) - 1
    return Page(
        number,
        f"{above}\n\n{text}" if above else text,
        f"{label}, rows {portion.first}–{last}" if last > portion.first else f"{label}, row {last}",
        tables=(Table(start, start + len(text), name, columns, cells, portion.first),),
        trouble=Trouble.CUT if cut else None,
    )
