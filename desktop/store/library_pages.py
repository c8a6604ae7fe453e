"""Pages in the database: their text packed, what stands where in few bytes, their tables beside them.

A run takes 17 bytes before packing. Boxes are kept to a 65,535th of the page, which is finer than a printer's dot, and
confidence to a 255th.
"""

import json
import struct
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import Any

from desktop.core.coverage import SourceId
from desktop.core.documents import Box, Cell, Heading, Page, Run, Table, Trouble
from desktop.store.cipher import Connection

_RUN = struct.Struct("<IIHHHHB")
_HEADING = struct.Struct("<IIB")
_COUNTS = struct.Struct("<II")
_SIDE = 65_535
_SURE = 255


def put(db: Connection, source: SourceId, page: Page) -> int:
    """Store a page inside the caller's transaction; returns the number of its row."""
    made = db.execute(
        "insert into page(source_id, number, label, text, layout, scanned, trouble) values (?, ?, ?, ?, ?, ?, ?)",
        (source, page.number, sound(page.label), pack(page.text), _layout(page), page.scanned, page.trouble),
    )
    row: int = made.lastrowid
    db.executemany(
        """insert into page_table(page_id, start_at, end_at, name, columns, first_row, rows)
        values (?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                row,
                one.start,
                one.end,
                sound(one.name),
                json.dumps(one.columns),
                one.first_row,
                zlib.compress(json.dumps(one.rows).encode()),
            )
            for one in page.tables
        ),
    )
    return row


def get(db: Connection, source: SourceId, number: int) -> Page | None:
    """Read a page; None when it is not there."""
    row = db.execute(
        "select id, label, text, layout, scanned, trouble from page where source_id = ? and number = ?",
        (source, number),
    ).fetchone()
    if row is None:
        return None
    id_, label, text, layout, scanned, trouble = row
    runs, headings = _load_layout(layout)
    tables = db.execute(
        "select start_at, end_at, name, columns, first_row, rows from page_table where page_id = ? order by id", (id_,)
    )
    return Page(
        number,
        unpack(text),
        label,
        runs,
        headings,
        tuple(
            Table(start, end, name, tuple(json.loads(columns)), load_rows(rows), first)
            for start, end, name, columns, first, rows in tables
        ),
        bool(scanned),
        Trouble(trouble) if trouble else None,
    )


def text_of(db: Connection, row: int) -> str:
    """Return the text of the page with this row."""
    return unpack(db.execute("select text from page where id = ?", (row,)).fetchone()[0])


def sound(text: str) -> str:
    """Return text that UTF-8 can hold, as many characters long: offsets must go on to fit."""
    return text.encode("utf-8", "replace").decode("utf-8")


def pack(text: str) -> bytes:
    """Return a text in few bytes."""
    return zlib.compress(text.encode("utf-8", "replace"))


def unpack(packed: bytes) -> str:
    """Return the text that `pack` made this of."""
    return zlib.decompress(packed).decode()


def load_rows(packed: bytes) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table."""
    return tuple(tuple(row) for row in json.loads(zlib.decompress(packed)))


def _layout(page: Page) -> bytes:
    runs = (
        _RUN.pack(one.start, one.end, *(_short(side, _SIDE) for side in _sides(one.box)), _short(one.confidence, _SURE))
        for one in page.runs
    )
    headings = (_HEADING.pack(one.start, one.end, min(one.level, 255)) for one in page.headings)
    return zlib.compress(b"".join(chain([_COUNTS.pack(len(page.runs), len(page.headings))], runs, headings)))


def _load_layout(packed: bytes) -> tuple[tuple[Run, ...], tuple[Heading, ...]]:
    plain = memoryview(zlib.decompress(packed))
    runs, headings = _COUNTS.unpack_from(plain)
    behind = _COUNTS.size + runs * _RUN.size
    return (
        tuple(_run(values) for values in _RUN.iter_unpack(plain[_COUNTS.size : behind])),
        tuple(Heading(*values) for values in _HEADING.iter_unpack(plain[behind : behind + headings * _HEADING.size])),
    )


def _run(values: tuple[Any, ...]) -> Run:
    start, end, left, top, right, bottom, sure = values
    return Run(start, end, Box(left / _SIDE, top / _SIDE, right / _SIDE, bottom / _SIDE), sure / _SURE)


def _sides(box: Box) -> Iterator[float]:
    yield from (box.left, box.top, box.right, box.bottom)


def _short(share: float, most: int) -> int:
    return round(min(1.0, max(0.0, share)) * most)
