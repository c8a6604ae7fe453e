"""Pictures of pages: photographs and scans that are files of their own, a page for each page of a TIFF."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Enclosed, Page, Trouble
from desktop.core.media import Picture, Step
from desktop.documents.sheet import Sheet
from desktop.media import images

if TYPE_CHECKING:
    from desktop.documents.ocr import Recogniser

SIDE = 3_508
"""Pixels of the longer side that are looked at: A4 with 300 to the inch."""
SMALL = 1_600
"""Pictures of the screen have small letters; those below this are read at twice their size."""
_DOTS = 300


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page | Enclosed]:
    """Read the words of a picture, page by page.

    Raises:
        AppError: it is no picture, damaged, or too large.
        Cancelled: the person asked to stop.
    """
    pages = images.describe(file, name).pages
    yield DocumentFacts(DocumentKind.PICTURE, pages)
    reads = _reader(wish.languages)
    try:
        for number, sheet in enumerate(images.sheets(file, name, wish.first - 1, SIDE), wish.first):
            step(number - 1, pages)
            yield _page(sheet, number, reads)
    finally:
        if reads:
            reads.close()


def _reader(languages: tuple[str, ...]) -> "Recogniser | None":
    """Return what recognises words; None where this build comes without it."""
    try:
        from desktop.documents.ocr import Recogniser  # noqa: PLC0415 - a build may come without Tesseract
    except ModuleNotFoundError:
        return None
    return Recogniser(languages)


def _page(sheet: Picture | None, number: int, reads: "Recogniser | None") -> Page:
    if sheet is None:
        return Page(number, "", scanned=True, trouble=Trouble.DAMAGED)
    if reads is None:
        return Page(number, "", scanned=True, trouble=Trouble.NO_RECOGNISER)
    return reads.read(Sheet(_grey(sheet), _DOTS), number)


def _grey(sheet: Picture) -> NDArray[np.uint8]:
    image = Image.frombytes("RGB", (sheet.width, sheet.height), sheet.rgb).convert("L")
    if max(image.size) < SMALL:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
    return np.asarray(image)
