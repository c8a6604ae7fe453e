"""Finds tables in the lines that are drawn on a page: lines that cross make corners, four corners a cell.

Pure geometry; a place is in points from the left and from the top.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

APART = 3.0
"""Lines nearer than this are one, and ends nearer than this meet."""
_SHORTEST = 4.0
_MOST_LINES = 1_200
_MOST_POINTS = 6_000
_FEWEST = 2
"""Rows and columns of a table."""

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table as it is ruled: the place of each cell by row and column; what a wider cell covers is missing."""

    bounds: Bounds
    rows: int
    columns: int
    cells: dict[tuple[int, int], Bounds]


def tables(lines: Iterable[Bounds]) -> list[Ruled]:
    """Return the tables that these lines make, from the top.

    Args:
        lines: from one end to the other; what is neither level nor upright is left out.
    """
    level: list[tuple[float, float, float]] = []
    upright: list[tuple[float, float, float]] = []
    for x0, y0, x1, y1 in lines:
        if abs(y1 - y0) < APART / 2 and abs(x1 - x0) >= _SHORTEST:
            level.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) < APART / 2 and abs(y1 - y0) >= _SHORTEST:
            upright.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    across, down = _joined(level), _joined(upright)
    if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        return []
    return sorted(filter(None, map(_ruled, _groups(_cells(across, down)))), key=lambda one: one.bounds[1])


def _joined(lines: list[tuple[float, float, float]]) -> list[tuple[float, Interval]]:
    """Make one line of those that lie on or behind one another."""
    places: list[tuple[float, list[Interval]]] = []
    for place, start, end in sorted(lines):
        if not places or place > places[-1][0] + APART:
            places.append((place, []))
        places[-1][1].append((start, end))
    found: list[tuple[float, Interval]] = []
    for place, intervals in places:
        spans: list[Interval] = []
        for start, end in sorted(intervals):
            if spans and start <= spans[-1][1] + APART:
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((start, end))
        found += [(place, span) for span in spans]
    return found


def _cells(across: list[tuple[float, Interval]], down: list[tuple[float, Interval]]) -> list[Bounds]:
    """Return the smallest rectangle that has each crossing as its upper left corner."""
    on_level: dict[int, list[float]] = defaultdict(list)
    on_upright: dict[int, list[float]] = defaultdict(list)
    crossings: dict[Point, tuple[int, int]] = {}
    for v, (x, (top, bottom)) in enumerate(down):
        for h, (y, (left, right)) in enumerate(across):
            if top - APART <= y <= bottom + APART and left - APART <= x <= right + APART and (x, y) not in crossings:
                crossings[x, y] = (h, v)
                on_level[h].append(x)
                on_upright[v].append(y)
    if len(crossings) > _MOST_POINTS:
        return []
    cells = []
    for (x, y), (h, v) in crossings.items():
        rights = sorted(one for one in on_level[h] if one > x)
        belows = sorted(one for one in on_upright[v] if one > y)
        corner = next(((r, b) for b in belows for r in rights if _closes(crossings, (x, y), (r, b))), None)
        if corner:
            cells.append((x, y, *corner))
    return cells


def _closes(crossings: dict[Point, tuple[int, int]], start: Point, end: Point) -> bool:
    """Whether lines run from the far corner to the two others of a rectangle."""
    far, right, below = crossings.get(end), crossings.get((end[0], start[1])), crossings.get((start[0], end[1]))
    return bool(far and right and below and far[1] == right[1] and far[0] == below[0])


def _groups(cells: list[Bounds]) -> list[list[Bounds]]:
    """Put cells that share a corner together."""
    at: dict[Point, list[int]] = defaultdict(list)
    for number, (x0, y0, x1, y1) in enumerate(cells):
        for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
            at[corner].append(number)
    left = set(range(len(cells)))
    groups = []
    while left:
        edge, group = [left.pop()], []
        while edge:
            number = edge.pop()
            group.append(cells[number])
            x0, y0, x1, y1 = cells[number]
            near = {one for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)) for one in at[corner]} & left
            left -= near
            edge += near
        groups.append(group)
    return groups


def _ruled(cells: list[Bounds]) -> Ruled | None:
    columns = sorted({one[0] for one in cells})
    rows = sorted({one[1] for one in cells})
    if len(columns) < _FEWEST or len(rows) < _FEWEST:
        return None
    places = {(rows.index(one[1]), columns.index(one[0])): one for one in cells}
    bounds = (columns[0], rows[0], max(one[2] for one in cells), max(one[3] for one in cells))
    return Ruled(bounds, len(rows), len(columns), places)
