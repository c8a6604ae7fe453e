"""Counts what a PDF page is made of: is it a scan, has it a hidden layer of text, may it hold a table?"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

from pypdfium2 import PdfPage, raw

from desktop.core.documents import Box
from desktop.documents.pdf_lines import seen

MOST_OBJECTS = 20_000
"""More are not looked at."""
_DEEPEST = 4
"""Forms in forms in forms."""
_INVISIBLE = 3
_POINTS_AN_INCH = 72


@dataclass(slots=True)
class Make:
    """What a page is made of."""

    paths: int = 0
    texts: int = 0
    hidden: int = 0
    """Texts that are not drawn: what a recogniser put under a scan."""
    covered: float = 0.0
    """Share of the page under pictures."""
    dots: float = 0.0
    """Of the finest picture, to an inch."""
    whole: bool = True
    """Every object was looked at."""


def look(page: PdfPage) -> Make:
    """Look at the objects of a page, but no longer than it takes."""
    make = Make()
    budget = MOST_OBJECTS
    for obj, top in _objects(page.raw, page.raw, None, _DEEPEST):
        budget -= 1
        if budget < 0:
            make.whole = False
            break
        match raw.FPDFPageObj_GetType(obj):
            case raw.FPDF_PAGEOBJ_PATH:
                make.paths += 1
            case raw.FPDF_PAGEOBJ_TEXT:
                make.texts += 1
                make.hidden += raw.FPDFTextObj_GetTextRenderMode(obj) == _INVISIBLE
            case raw.FPDF_PAGEOBJ_IMAGE:
                _add_picture(make, page.raw, obj, top or obj)
    make.covered = min(make.covered, 1.0)
    return make


def _objects(
    page: raw.FPDF_PAGE, holder: object, top: raw.FPDF_PAGEOBJECT | None, depth: int
) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, raw.FPDF_PAGEOBJECT | None]]:
    """Yield the objects, those in forms too, and with these the outermost form: it alone knows where they lie."""
    on_page = top is None
    count = (raw.FPDFPage_CountObjects if on_page else raw.FPDFFormObj_CountObjects)(holder)
    get = raw.FPDFPage_GetObject if on_page else raw.FPDFFormObj_GetObject
    for index in range(count):
        obj = get(holder, index)
        if not obj:
            continue
        yield obj, top
        if depth > 1 and raw.FPDFPageObj_GetType(obj) == raw.FPDF_PAGEOBJ_FORM:
            yield from _objects(page, obj, top or obj, depth - 1)


def _add_picture(make: Make, page: raw.FPDF_PAGE, obj: raw.FPDF_PAGEOBJECT, placed: raw.FPDF_PAGEOBJECT) -> None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(placed, left, bottom, right, top):
        return
    sides = [one.value for one in (left, bottom, right, top)]
    if not all(map(math.isfinite, sides)):
        return
    box = seen(page, *sides)
    make.covered += _area(box)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    across = (sides[2] - sides[0]) / _POINTS_AN_INCH
    if box and across > 0 and raw.FPDFImageObj_GetImagePixelSize(obj, width, height):
        make.dots = max(make.dots, min(width.value, height.value * 2) / across)


def _area(box: Box | None) -> float:
    return (box.right - box.left) * (box.bottom - box.top) if box else 0.0
