"""What the cells of a column of text are, told from many of them: whole numbers, decimals, dates, or words."""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Sequence

from desktop.core.documents import Cell

Reading = Callable[[str], Cell]

LOOKED_AT = 1_000
"""Rows that decide."""
_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d{0,14})")
_POINT = re.compile(r"[-+]?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_POINT_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3}){0,5}(?:\.\d{1,15})?|0\.\d{1,15}")
_COMMA = re.compile(r"[-+]?(?:0|[1-9]\d{0,14})(?:,\d{1,15})?")
_COMMA_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3}){0,5}(?:,\d{1,15})?|0,\d{1,15}")
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTHS = 12


def readings(rows: Sequence[Sequence[str]]) -> list[Reading]:
    """Return how the cells of each column are read. The first row, and narrower ones above a table, do not count."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width = widths.most_common(1)[0][0] if widths else 1
    counted = [row for row in rows[1:] if len(row) >= width] or rows
    return [
        reading({cell for row in counted if column < len(row) and (cell := row[column].strip())})
        for column in range(width)
    ]


def reading(values: set[str]) -> Reading:
    """Return how the cells of a column are read that holds these values."""
    if not values:
        return _as_text
    certain = any("," in one and "." in one for one in values)
    for pattern, beyond_doubt, found in (
        (_WHOLE, True, _as_whole),
        (_POINT, not _ambiguous(".", values), _as_point),
        (_COMMA, not _ambiguous(",", values), _as_comma),
        (_POINT_GROUPED, certain, _as_point),
        (_COMMA_GROUPED, certain, _as_comma),
        (_GERMAN_DATE, True, _as_german_date),
    ):
        if all(pattern.fullmatch(value) for value in values):
            return found if beyond_doubt else _as_text
    return _slashed(values)


def _ambiguous(sign: str, values: set[str]) -> bool:
    """Whether the sign may as well part thousands: three digits follow it everywhere."""
    parted = [value.partition(sign) for value in values if sign in value]
    return all(len(behind) == 3 and before.lstrip("+-") != "0" for before, _, behind in parted)


def _slashed(values: set[str]) -> Reading:
    """A day above twelve tells whether it or the month stands first; without one, nobody can."""
    found = [match for value in values if (match := _SLASHED_DATE.fullmatch(value))]
    first, second = (any(int(one[place]) > _MONTHS for one in found) for place in (1, 2))
    if first == second or len(found) < len(values):
        return _as_text
    return _as_british_date if first else _as_american_date


def _as_text(cell: str) -> Cell:
    return cell


def _as_whole(cell: str) -> Cell:
    return int(cell) if _WHOLE.fullmatch(cell) else cell


def _as_point(cell: str) -> Cell:
    return float(cell.replace(",", "")) if _POINT.fullmatch(cell) or _POINT_GROUPED.fullmatch(cell) else cell


def _as_comma(cell: str) -> Cell:
    fits = _COMMA.fullmatch(cell) or _COMMA_GROUPED.fullmatch(cell)
    return float(cell.replace(".", "").replace(",", ".")) if fits else cell


def _as_german_date(cell: str) -> Cell:
    found = _GERMAN_DATE.fullmatch(cell)
    return _date(cell, found[3], found[2], found[1]) if found else cell


def _as_british_date(cell: str) -> Cell:
    found = _SLASHED_DATE.fullmatch(cell)
    return _date(cell, found[3], found[2], found[1]) if found else cell


def _as_american_date(cell: str) -> Cell:
    found = _SLASHED_DATE.fullmatch(cell)
    return _date(cell, found[3], found[1], found[2]) if found else cell


def _date(cell: str, year: str, month: str, day: str) -> Cell:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return cell
