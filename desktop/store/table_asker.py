"""Runs a SELECT over tables of documents: on a copy in memory, read only, within limits.

The statement comes from a model that read foreign text. SQLite's authorizer lets it read these tables and call plain
functions; nothing else is prepared. Source: sqlite.org/c3ref/set_authorizer.html. The memory is the app's own, so a
statement that takes too much of it is ended as one that takes too long is.
"""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from itertools import islice

from sqlcipher3 import dbapi2 as sqlite

from desktop.core.document_errors import QueryRefused
from desktop.core.documents import Cell, Table

SECONDS = 10.0
STEPS = 20_000
"""Instructions of SQLite's machine between two looks at clock and memory."""
MEMORY = 512 << 20
"""What a statement may take beyond its tables."""
LONGEST_TEXT = 1_000_000
"""Characters that a function may make of what it is given; one call could fill the memory otherwise."""
LONGEST_NUMBER = 18
"""Characters: longer ones are no amounts, and not exact as numbers."""
MOST_COUNTED = 1_000_000
LONGEST_SQL = 4_000

_OK, _DENY = 0, 1
_READ, _SELECT, _FUNCTION = 20, 21, 31
_FORBIDDEN = frozenset(
    {"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "randomblob", "zeroblob", "printf", "format"}
)
"""The last two make a text of any length out of a number."""

_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?")
_ENGLISH = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")
_CONTINENTAL = re.compile(r"[-+]?\d{1,3}(?:[.' \u00a0\u202f]\d{3})+(?:,\d+)?|[-+]?\d+(?:,\d+)?")


class TableAsker:
    """Makes the tables in memory for each statement, and forgets them."""

    def ask(
        self, tables: Iterable[tuple[str, Table, Iterable[tuple[Cell, ...]]]], sql: str, most: int
    ) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...], int]:
        """Return columns, the first `most` rows, and how many there are.

        Args:
            tables: the name that SQL knows each by, its columns, and its rows.
            sql: one SELECT.
            most: rows to return.

        Raises:
            QueryRefused: it may not or cannot run.
        """
        if len(sql) > LONGEST_SQL:
            raise QueryRefused(reason="the query is too long")
        with closing(sqlite.connect(":memory:", isolation_level=None)) as db:
            for name, table, rows in tables:
                _fill(db, name, table.columns, rows)
            db.create_function("replace", 3, _replaced, deterministic=True)
            db.set_authorizer(_allowed)
            db.set_progress_handler(_limits(), STEPS)
            try:
                cursor = db.execute(sql)
                if cursor.description is None:
                    raise QueryRefused(reason="it is not a SELECT")
                columns = tuple(str(one[0]) for one in cursor.description)
                shown = tuple(_row(one) for one in cursor.fetchmany(most))
                total = len(shown) + sum(1 for _ in islice(cursor, MOST_COUNTED))
            except (sqlite.Error, sqlite.Warning) as error:
                raise QueryRefused(reason=str(error)[:200]) from error
        return columns, shown, total


def _limits() -> Callable[[], bool]:
    """Return what tells whether a statement that begins now has had its share of time or memory."""
    import psutil  # noqa: PLC0415 - loaded when the first table is asked

    process = psutil.Process()
    until, most = time.monotonic() + SECONDS, process.memory_info().rss + MEMORY
    return lambda: time.monotonic() > until or process.memory_info().rss > most


def _replaced(text: object, old: object, by: object) -> str | None:
    """SQLite's own, but for its length.

    Raises:
        ValueError: the text would be too long.
    """
    if text is None or old is None or by is None:
        return None
    whole, part, other = str(text), str(old), str(by)
    if not part:
        return whole
    if len(whole) + whole.count(part) * (len(other) - len(part)) > LONGEST_TEXT:
        raise ValueError("too long")
    return whole.replace(part, other)


def _allowed(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == _FUNCTION:
        return _DENY if (second or "").lower() in _FORBIDDEN else _OK
    return _OK if action in (_SELECT, _READ) and not (first or "").startswith("sqlite_") else _DENY


def _fill(db: sqlite.Connection, name: str, columns: Sequence[str], rows: Iterable[tuple[Cell, ...]]) -> None:
    width = len(columns)
    kept = [(*row[:width], *([None] * (width - len(row)))) for row in rows]
    for at in range(width):
        if (numbers := _numbers([row[at] for row in kept])) is not None:
            kept = [(*row[:at], number, *row[at + 1 :]) for row, number in zip(kept, numbers, strict=True)]
    quoted = ", ".join('"' + column.replace('"', '""') + '" COLLATE NOCASE' for column in columns)
    db.execute(f'create table "{name}" ({quoted})')
    marks = ", ".join("?" * width)
    db.execute("begin")
    db.executemany(f'insert into "{name}" values ({marks})', kept)
    db.execute("commit")


def _numbers(cells: Sequence[Cell]) -> list[Cell] | None:
    """Return a column with its numbers as numbers, where its texts are all numbers of one country; None: it stays.

    Why all or nothing: in a column of 1.200 and 1.2 nobody can tell what is meant, and a sum must not guess.
    """
    texts = [one.strip() for one in cells if isinstance(one, str) and one.strip()]
    if not texts:
        return None
    leading_zero = any(len(one) > 1 and one[0] == "0" and one.isdigit() for one in texts)
    if leading_zero or max(map(len, texts)) > LONGEST_NUMBER:  # numbers of customers and accounts, postcodes
        return None
    if all(map(_PLAIN.fullmatch, texts)):
        return [_of(one, "", ".") for one in cells]
    english, continental = all(map(_ENGLISH.fullmatch, texts)), all(map(_CONTINENTAL.fullmatch, texts))
    if english == continental:
        return None
    return [_of(one, ",", ".") if english else _of(one, ".' \u00a0\u202f", ",") for one in cells]


def _of(cell: Cell, thousands: str, decimal: str) -> Cell:
    if not isinstance(cell, str):
        return cell
    plain = "".join(one for one in cell.strip() if one not in thousands).replace(decimal, ".")
    if not plain:
        return None
    return float(plain) if "." in plain else int(plain)


def _row(row: Sequence[object]) -> tuple[Cell, ...]:
    return tuple(
        round(one, 9) if isinstance(one, float) else one if isinstance(one, str | int) or one is None else str(one)
        for one in row
    )
