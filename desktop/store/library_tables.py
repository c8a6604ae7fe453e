"""Tables of a source, put together where they go on over several pages."""

import json
from collections import Counter
from dataclasses import dataclass, replace

from desktop.core.coverage import SourceId
from desktop.core.documents import Table
from desktop.store.cipher import Connection

_PIECES = """select t.id, g.number, t.start_at, t.end_at, t.name, t.columns, t.first_row
    from page_table t join page g on g.id = t.page_id where g.source_id = ? order by g.number, t.id"""
UNNAMED = "Table"


@dataclass(slots=True)
class _Whole:
    """A table that is being put together, the name it was found under, and its last page."""

    table: Table
    found_as: str
    page: int
    pieces: list[int]


def of(db: Connection, source: SourceId) -> tuple[tuple[Table, tuple[int, ...]], ...]:
    """Return the tables of a source without their rows, in order, each with the rows of `page_table` it lies in.

    A sheet goes on under its name; a table in running text on the next page, under the same columns. Each gets a name
    of its own: those without one are numbered, and so are those that share one.
    """
    wholes: list[_Whole] = []
    for id_, page, start, end, name, columns, first in db.execute(_PIECES, (source,)):
        table = Table(start, end, name, tuple(json.loads(columns)), (), first)
        whole = _goes_on(wholes, table, page)
        if whole:
            whole.pieces.append(id_)
            whole.page = page
        else:
            wholes.append(_Whole(table, name, page, [id_]))
    return _named(wholes)


def _goes_on(wholes: list[_Whole], table: Table, page: int) -> _Whole | None:
    if table.name:
        alike = [one for one in wholes if one.found_as == table.name and one.table.columns == table.columns]
        return alike[-1] if alike and page > alike[-1].page else None
    last = wholes[-1] if wholes else None
    follows = last is not None and not last.found_as and last.page == page - 1
    return last if last and follows and last.table.columns == table.columns else None


def _named(wholes: list[_Whole]) -> tuple[tuple[Table, tuple[int, ...]], ...]:
    seen: Counter[str] = Counter()
    unnamed = 0
    out = []
    for one in wholes:
        if one.found_as:
            seen[one.found_as] += 1
            again = seen[one.found_as]
            name = one.found_as if again == 1 else f"{one.found_as} {again}"
        else:
            unnamed += 1
            name = f"{UNNAMED} {unnamed}"
        out.append((replace(one.table, name=name), tuple(one.pieces)))
    return tuple(out)
