"""What may leave the reader: so much text, no half characters, and numbers that can be written down."""

import math
import re
from dataclasses import replace

from desktop.core.documents import LONGEST_NAME, LONGEST_PAGE, Cell, DocumentFacts, Enclosed, Page, Table, Trouble

_HALVES = re.compile("[\ud800-\udfff]")
"""Half a character, which no store and no screen can write down; a whole one is never in a text as two."""

Found = DocumentFacts | Page | Enclosed


def kept(found: Found) -> Found:
    """Return what was found within its bounds: cut where it is too long, halves of characters replaced.

    Why titles and names too: the app refuses what is beyond them, and a whole document would be lost for a title.
    """
    match found:
        case Page():
            return whole_page(found)
        case DocumentFacts():
            return replace(found, title=_name(found.title), author=_name(found.author), date=_name(found.date))
        case Enclosed():
            return replace(found, name=_name(found.name))


def whole_page(page: Page) -> Page:
    """Return a page within its bounds."""
    page = replace(page, text=_whole(page.text), label=_name(page.label), tables=tuple(map(_table, page.tables)))
    return _cut(page) if len(page.text) > LONGEST_PAGE else page


def _table(table: Table) -> Table:
    """Why a number without an end becomes its word: a sum must not be made of it, and a person must see it."""
    name, columns = _name(table.name), tuple(map(_whole, table.columns))
    if any(type(one) is float or type(one) is str for row in table.rows for one in row):
        table = replace(table, rows=tuple(tuple(map(_cell, row)) for row in table.rows))
    return replace(table, name=name, columns=columns)


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    return _whole(cell) if isinstance(cell, str) else cell


def _name(text: str) -> str:
    return _whole(text[:LONGEST_NAME])


def _whole(text: str) -> str:
    return text if text.isascii() else _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


def _cut(page: Page) -> Page:
    """Why whole runs, headings and tables go and none is shortened: half a table is a wrong table."""
    return replace(
        page,
        text=page.text[:LONGEST_PAGE],
        runs=tuple(one for one in page.runs if one.end <= LONGEST_PAGE),
        headings=tuple(one for one in page.headings if one.end <= LONGEST_PAGE),
        tables=tuple(one for one in page.tables if one.end <= LONGEST_PAGE),
        trouble=page.trouble or Trouble.CUT,
    )
