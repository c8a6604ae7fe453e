"""Pictures of pages: photographs and scans that are files of their own, a page for each page of a TIFF."""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Enclosed, Page, Trouble
from desktop.core.media import Picture, Step
from desktop.media import images

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
    try:
        from desktop.documents import ocr  # noqa: PLC0415 - a build may come without what recognises words
    except ModuleNotFoundError:
        ocr = None
    recogniser = ocr.Recogniser(wish.languages) if ocr else None
    try:
        for number, sheet in enumerate(images.sheets(file, name, wish.first - 1, SIDE), wish.first):
            step(number - 1, pages)
            if sheet is None:
                yield Page(number, "", scanned=True, trouble=Trouble.DAMAGED)
            elif recogniser is None or ocr is None:
                yield Page(number, "", scanned=True, trouble=Trouble.NO_RECOGNISER)
            else:
                yield recogniser.read(ocr.Sheet(_grey(sheet), _DOTS), number)
    finally:
        if recogniser:
            recogniser.close()


def _grey(sheet: Picture) -> NDArray[np.uint8]:
    image = Image.frombytes("RGB", (sheet.width, sheet.height), sheet.rgb).convert("L")
    if max(image.size) < SMALL:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
    return np.asarray(image)
