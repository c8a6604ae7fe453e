"""The text of a PDF page as PDFium reads it, line by line, with the box of each line and a guess at its headings.

Why letter by letter: only so does each line know which letters are its own, and PDFium can be asked where they stand.
It costs some milliseconds a page.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pypdfium2 import PdfPage, raw

from desktop.core.documents import LONGEST_PAGE, Box, Heading, Run
from desktop.documents import pdf_outline

_DEVICE = 1_000_000
"""Points across a page when PDFium is asked for places in whole numbers."""
_HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at the end of a line; the next line follows at once."""
_LINE = re.compile(rf"[^\r\n{_HYPHENS}]*[{_HYPHENS}]?")
_NOTHING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\ufeff\uffff]")
"""Characters nobody sees."""
_LEADERS = re.compile(r"(?:[.…·] ?){4}")
"""From a heading in a table of contents to its page."""
_BROKEN = re.compile(r"\w+-\w+")
_BOLD = 600
_BIGGER = 1.15
_LEVELS = (1.6, 1.3)
"""So many times larger than running text is a heading of level 1, of level 2; below that it is of level 3."""
_LONGEST_HEADING = 160
_LONGEST_BOLD = 90
_MOST_HEADINGS = 60
_SENTENCE_ENDS = (".", ",", ";")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set."""

    text: str
    box: Box | None
    size: float
    """Of its letters, in points."""
    bold: bool
    hyphened: bool
    """Its last word goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a page with its runs and headings."""

    text: str = ""
    runs: tuple[Run, ...] = ()
    headings: tuple[Heading, ...] = ()
    whole: bool = True
    """Nothing was left out because the page is too long."""


@dataclass(slots=True)
class Typography:
    """Which size running text has in a document, learnt page by page."""

    letters: Counter[float] = field(default_factory=Counter)

    def learn(self, lines: Iterable[Line]) -> None:
        """Count the letters of each size."""
        for line in lines:
            self.letters[round(line.size, 1)] += len(line.text)

    def level(self, line: Line) -> int:
        """Return the level of the heading that a line looks like, 0 for running text."""
        body = max(self.letters, key=lambda size: (self.letters[size], -size), default=0.0)
        if not body or not any(letter.isalpha() for letter in line.text) or line.hyphened or _LEADERS.search(line.text):
            return 0
        ratio = line.size / body
        if ratio >= _BIGGER and len(line.text) <= _LONGEST_HEADING:
            return 1 + sum(ratio < step for step in _LEVELS)
        bold = line.bold and len(line.text) <= _LONGEST_BOLD and not line.text.endswith(_SENTENCE_ENDS)
        return len(_LEVELS) + 1 if bold and ratio > 1 / _BIGGER else 0


def read(page: PdfPage, typography: Typography, named: pdf_outline.Headings | None = None) -> Written:
    """Return the text of a page, in the order PDFium gives it.

    Args:
        page: which page.
        typography: what was learnt from the pages before.
        named: the headings that the outline names for it; they have its levels.
    """
    textpage = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        lines = list(_lines(page.raw, textpage.raw, min(count, LONGEST_PAGE)))
    finally:
        textpage.close()
    typography.learn(lines)
    return _put_together(lines, typography, named or {}, whole=count <= LONGEST_PAGE)


def _lines(page: raw.FPDF_PAGE, textpage: raw.FPDF_TEXTPAGE, count: int) -> Iterator[Line]:
    text = "".join([chr(raw.FPDFText_GetUnicode(textpage, at)) for at in range(count)])
    for match in _LINE.finditer(text):
        letters = match[0]
        start, end = match.start() + len(letters) - len(letters.lstrip()), match.start() + len(letters.rstrip())
        if start >= end:
            continue
        piece = text[start:end]
        hyphened = piece[-1] in _HYPHENS
        words = sound(piece.rstrip(_HYPHENS))
        if words:
            size, bold = _type(textpage, start), _is_bold(textpage, start) and _is_bold(textpage, end - 1 - hyphened)
            yield Line(words, _box(page, textpage, start, end - start), size, bold, hyphened)


def sound(text: str) -> str:
    """Return text without what nobody sees, and of characters where PDFium, counting in 16 bits, gives two halves."""
    seen = _NOTHING.sub("", text)
    if seen.isascii():
        return seen
    return seen.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _type(textpage: raw.FPDF_TEXTPAGE, at: int) -> float:
    """Return how large a letter is set, in points."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(textpage, at))
    if raw.FPDFText_GetMatrix(textpage, at, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size if math.isfinite(size) else 0.0


def _is_bold(textpage: raw.FPDF_TEXTPAGE, at: int) -> bool:
    if raw.FPDFText_GetFontWeight(textpage, at) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(64)
    length = raw.FPDFText_GetFontInfo(textpage, at, name, len(name), None)
    return 0 < length <= len(name) and b"bold" in name.value.lower()


def _box(page: raw.FPDF_PAGE, textpage: raw.FPDF_TEXTPAGE, start: int, count: int) -> Box | None:
    """Return where some letters stand on the page as it is seen; None where PDFium does not know."""
    rects = raw.FPDFText_CountRects(textpage, start, count)
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    corners = []
    for index in range(rects):
        if raw.FPDFText_GetRect(textpage, index, left, top, right, bottom):
            corners += [(left.value, top.value), (right.value, bottom.value)]
    if not corners:
        return None
    across, down = [one[0] for one in corners], [one[1] for one in corners]
    return seen(page, min(across), min(down), max(across), max(down))


def seen(page: raw.FPDF_PAGE, left: float, bottom: float, right: float, top: float) -> Box | None:
    """Turn a rectangle of the page's own points into shares of the page as it is seen; None where it lies outside."""
    x, y = ctypes.c_int(), ctypes.c_int()
    across, down = [], []
    for corner in ((left, bottom), (right, top)):
        if not raw.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, *corner, x, y):
            return None
        across.append(min(max(x.value / _DEVICE, 0.0), 1.0))
        down.append(min(max(y.value / _DEVICE, 0.0), 1.0))
    box = Box(min(across), min(down), max(across), max(down))
    return box if box.right > box.left and box.bottom > box.top else None


def _put_together(lines: list[Line], typography: Typography, named: pdf_outline.Headings, *, whole: bool) -> Written:
    known = {word.lower() for line in lines for word in _BROKEN.findall(line.text)}
    parts: list[str] = []
    runs: list[Run] = []
    headings: list[Heading] = []
    levels: dict[int, float] = {}
    at = 0
    for number, line in enumerate(lines):
        words = line.text
        if line.hyphened and _keeps_hyphen(words, lines[number + 1].text if number + 1 < len(lines) else "", known):
            words += "-"
        end = at + len(words)
        if line.box:
            runs.append(Run(at, end, line.box))
        level = named.get(pdf_outline.plain(line.text), 0) if named else 0
        level = level or typography.level(line)
        if level:
            _add_heading(headings, Heading(at, end, level), levels, line.size)
        parts.append(words)
        if not line.hyphened:
            parts.append("\n")
            end += 1
        at = end
    text = "".join(parts).rstrip("\n")
    return Written(text, tuple(runs), tuple(headings[:_MOST_HEADINGS]), whole)


def _keeps_hyphen(before: str, after: str, known: set[str]) -> bool:
    """Whether a hyphen belongs to its word: in names and numbers, and where the page writes it so elsewhere."""
    first, rest = re.search(r"\w*$", before), re.match(r"\w*", after)
    head, tail = first[0] if first else "", rest[0] if rest else ""
    if not head or not tail or not tail[0].islower() or head[-1].isdigit():
        return True
    return f"{head}-{tail}".lower() in known


def _add_heading(headings: list[Heading], new: Heading, sizes: dict[int, float], size: float) -> None:
    """Add a heading; one that runs over two lines of the same size is one."""
    last = headings[-1] if headings else None
    if last and last.level == new.level and new.start == last.end + 1 and sizes.get(last.start) == size:
        headings[-1] = Heading(last.start, new.end, last.level)
        new = headings[-1]
    else:
        headings.append(new)
    sizes[new.start] = size
