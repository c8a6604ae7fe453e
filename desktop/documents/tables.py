"""Tables to text: the header, the names of columns, the lines a person reads."""

from collections.abc import Sequence

from desktop.core.documents import LONGEST_PAGE, Cell
from desktop.documents.blocks import Headed
from desktop.documents.wording import one_line

LONGEST_CELL = 32_767
"""Characters; a spreadsheet allows no more."""
LONGEST_LINE = LONGEST_PAGE // 4
MOST_COLUMNS = 2_000
_YEARS = range(1900, 2101)
_WIDE_SHARE = 0.6


def letter(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def shown(cell: Cell) -> str:
    """Return a cell as it is read: numbers to fifteen digits, as a spreadsheet shows them."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return f"{cell:.15g}"
        case _:
            return one_line(str(cell))


def line(cells: Sequence[Cell]) -> str:
    """Return a row as a line, LONGEST_LINE at most."""
    return " | ".join([shown(cell) for cell in cells]).rstrip(" |")[:LONGEST_LINE]


def names_of(header: Sequence[Cell], width: int, left: int = 0) -> tuple[str, ...]:
    """Return a name for each column: what the header says, told apart; its letter where it says nothing.

    Args:
        header: a cell for each column.
        width: how many columns there are.
        left: how many the sheet has before them.
    """
    names: list[str] = []
    taken: set[str] = set()
    for column in range(width):
        name = shown(header[column]) if column < len(header) else ""
        name = name or letter(left + column)
        if name.casefold() in taken:
            name = f"{name} ({letter(left + column)})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def is_header(row: Sequence[Cell], width: int) -> bool:
    """Return whether a row names columns: nearly every cell is filled, with words or years."""
    filled = [cell for cell in row if cell not in (None, "")]
    words = [cell for cell in filled if isinstance(cell, str) and not _is_number(cell)]
    fits = all(isinstance(cell, str) or (type(cell) is int and cell in _YEARS) for cell in filled)
    numbers = [cell for cell in filled if isinstance(cell, str) and _is_number(cell) and not _is_year(cell)]
    return fits and not numbers and bool(words) and len(filled) >= max(min(2, width), _WIDE_SHARE * width)


def headed(rows: Sequence[Sequence[Cell]]) -> Headed:
    """Return a table of running text with its header told from its rows."""
    width = min(MOST_COLUMNS, max((len(row) for row in rows), default=0))
    even = [tuple(row[:width]) + (None,) * (width - len(row)) for row in rows]
    if len(even) > 1 and is_header(even[0], width):
        return Headed(names_of(even[0], width), tuple(even[1:]), 2)
    return Headed(names_of((), width), tuple(even), 1)


def _is_number(text: str) -> bool:
    bare = text.strip().strip("%€$£+-−()").strip().replace(" ", "")
    return bool(bare) and bare.replace(".", "").replace(",", "").replace("'", "").isdecimal()


def _is_year(text: str) -> bool:
    return text.strip().isdecimal() and int(text) in _YEARS if len(text) < 9 else False
