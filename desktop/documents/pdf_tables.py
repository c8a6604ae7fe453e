"""Ruled tables of a PDF page: PDFium tells the lines that are drawn and what stands in each cell.

Why not pdfplumber's own reading: it parses the page a second time, forty times slower, with a parser of its own.
"""

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pypdfium2 import PdfPage, PdfTextPage, raw

from desktop.core.documents import Box, Run, Table
from desktop.documents import ruling
from desktop.documents.pdf_lines import Written, sound

FEWEST_PATHS = 3
"""A table can be drawn in few strokes, but not in fewer."""
MOST_PATHS = 6_000
"""A drawing."""
_MOST_SEGMENTS = 20_000
_MOST_CELLS = 6_000
_INSIDE = 1.0
"""Points that a cell is larger than what is taken to stand in it."""
_DEVICE = 1_000_000
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Area:
    """The width and height of a page as it is seen, in points."""

    width: float
    height: float

    def box(self, bounds: ruling.Bounds) -> Box:
        """Return a place as shares."""
        left, top, right, bottom = bounds
        across = [min(max(one / self.width, 0.0), 1.0) for one in (left, right)]
        down = [min(max(one / self.height, 0.0), 1.0) for one in (top, bottom)]
        return Box(across[0], down[0], across[1], down[1])


def add(page: PdfPage, written: Written) -> tuple[Written, tuple[Table, ...]]:
    """Return the text of a page with each of its tables row by row, cells apart, and the tables."""
    width, height = page.get_size()
    area = Area(width, height)
    if width <= 0 or height <= 0:
        return written, ()
    found: list[Table] = []
    textpage = page.get_textpage()
    try:
        for ruled in ruling.tables(itertools.islice(_lines(page, area), _MOST_SEGMENTS)):
            if len(ruled.cells) <= _MOST_CELLS:
                written, found = _with(written, found, area, ruled, _filled(page, textpage, area, ruled))
    finally:
        textpage.close()
    return written, tuple(found)


def _lines(page: PdfPage, area: Area) -> Iterator[ruling.Bounds]:
    """Yield the straight pieces of all paths that are drawn, as they are seen."""
    x, y = ctypes.c_int(), ctypes.c_int()
    for obj in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=1):
        points: list[ruling.Point | None] = []
        for across, down in _corners(obj.raw):
            if across is None:
                points.append(None)
            elif raw.FPDF_PageToDevice(page.raw, 0, 0, _DEVICE, _DEVICE, 0, across, down, x, y):
                points.append((x.value / _DEVICE * area.width, y.value / _DEVICE * area.height))
        for start, end in itertools.pairwise(points):
            if start and end:
                yield (*start, *end)


def _corners(path: raw.FPDF_PAGEOBJECT) -> Iterator[tuple[float, float] | tuple[None, None]]:
    """Yield the corners of a path in the page's own points, with nothing between its parts; curves part it too."""
    fill, stroke, matrix = ctypes.c_int(), ctypes.c_int(), raw.FS_MATRIX()
    drawn = raw.FPDFPath_GetDrawMode(path, fill, stroke) and (fill.value or stroke.value)
    if not drawn or not raw.FPDFPageObj_GetMatrix(path, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind not in (raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO):
            yield None, None
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield None, None
            first = point
        yield point
        if first and raw.FPDFPathSegment_GetClose(segment):
            yield first
    yield None, None


def _filled(page: PdfPage, textpage: PdfTextPage, area: Area, ruled: ruling.Ruled) -> dict[tuple[int, int], str]:
    """Return what stands in each cell, one line for each."""
    x, y = ctypes.c_double(), ctypes.c_double()
    words = {}
    for place, (left, top, right, bottom) in ruled.cells.items():
        inner = ((left + _INSIDE, top + _INSIDE), (right - _INSIDE, bottom - _INSIDE))
        corners = []
        for across, down in inner:
            seen = (round(across / area.width * _DEVICE), round(down / area.height * _DEVICE))
            raw.FPDF_DeviceToPage(page.raw, 0, 0, _DEVICE, _DEVICE, 0, *seen, x, y)
            corners.append((x.value, y.value))
        (x0, x1), (y0, y1) = (sorted(one) for one in zip(*corners, strict=True))
        words[place] = " ".join(sound(textpage.get_text_bounded(x0, y0, x1, y1)).split())
    return words


def _with(
    written: Written, found: list[Table], area: Area, ruled: ruling.Ruled, words: dict[tuple[int, int], str]
) -> tuple[Written, list[Table]]:
    """Put a table in the place of its lines; as it was where they do not follow one another, or hold too little."""
    rows = [row for row in range(ruled.rows) if any(words.get((row, column)) for column in range(ruled.columns))]
    columns = [one for one in range(ruled.columns) if any(words.get((row, one)) for row in rows)]
    within = _within(written, area.box(ruled.bounds))
    if len(rows) < 2 or len(columns) < 2 or within is None:
        return written, found
    first, last = within
    start, old_end = written.runs[first].start, written.runs[last].end
    parts: list[str] = []
    runs: list[Run] = []
    at = start
    for row in rows:
        for column in columns:
            text = words.get((row, column), "")
            if text:
                runs.append(Run(at, at + len(text), area.box(ruled.cells[row, column])))
            text += "\n" if column == columns[-1] else _BETWEEN
            parts.append(text)
            at += len(text)
    table = "".join(parts).removesuffix("\n")
    moved = len(table) - (old_end - start)
    headings = [one for one in written.headings if one.end <= start or one.start >= old_end]
    behind = [replace(one, start=one.start + moved, end=one.end + moved) for one in written.runs[last + 1 :]]
    changed = Written(
        written.text[:start] + table + written.text[old_end:],
        (*written.runs[:first], *runs, *behind),
        tuple(
            one if one.end <= start else replace(one, start=one.start + moved, end=one.end + moved) for one in headings
        ),
        written.whole,
    )
    kept = [one if one.end <= start else replace(one, start=one.start + moved, end=one.end + moved) for one in found]
    grid = [[words.get((row, column), "") for column in columns] for row in rows]
    return changed, [*kept, _table(start, start + len(table), grid)]


def _within(written: Written, box: Box) -> tuple[int, int] | None:
    """Return the first and the last line that stand in a box; None where others stand between them."""
    inside = [
        number
        for number, run in enumerate(written.runs)
        if box.left <= (run.box.left + run.box.right) / 2 <= box.right
        and box.top <= (run.box.top + run.box.bottom) / 2 <= box.bottom
    ]
    if not inside or inside[-1] - inside[0] + 1 != len(inside):
        return None
    return inside[0], inside[-1]


def _table(start: int, end: int, grid: list[list[str]]) -> Table:
    """Take the first row for the header where it names its columns."""
    head = grid[0]
    named = sum(any(letter.isalpha() for letter in cell) for cell in head) > len(head) / 2
    letters = [_letters(number) for number in range(len(head))]
    columns = tuple(cell or letter for cell, letter in zip(head, letters, strict=True)) if named else tuple(letters)
    rows = tuple(tuple(cell or None for cell in row) for row in (grid[1:] if named else grid))
    return Table(start, end, "", columns, rows, 2 if named else 1)


def _letters(number: int) -> str:
    """Name a column as sheets do: A to Z, AA, AB."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
