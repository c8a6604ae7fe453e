"""Draws a page as it looks, for the eye: of a PDF by PDFium, of a picture the picture itself."""

import math
from typing import BinaryIO

from PIL import Image
from pypdfium2 import PdfPage

from desktop.core.documents import LARGEST_PAGE_WIDTH, PageWish
from desktop.core.errors import FileDamaged, FileNotRecognised, PageMissing
from desktop.core.media import LARGEST_SIDE, MOST_PIXELS, PICTURES, Picture, ThumbnailWish
from desktop.documents import pdf_file
from desktop.media import images
from desktop.media.probe import format_of

PDF_HEAD = 1024
"""Bytes among which the mark of a PDF stands."""
_NARROWEST = 64
_LONGEST = 16_384


def look(file: BinaryIO, name: str, wish: PageWish) -> Picture:
    """Draw a page as wide as wished; narrower where it is so long that it would not fit.

    Raises:
        AppError: the file cannot be read, or the page is not there.
    """
    file.seek(0)
    if b"%PDF-" in file.read(PDF_HEAD):
        return _of_pdf(file, name, wish)
    if format_of(file) in PICTURES:
        return _of_picture(file, name, wish)
    raise FileNotRecognised(name=name)


def _of_pdf(file: BinaryIO, name: str, wish: PageWish) -> Picture:
    with pdf_file.opened(file, name, wish.password) as document:
        if not 1 <= wish.page <= len(document):
            raise PageMissing(name=name, page=wish.page)
        page = document[wish.page - 1]
        try:
            return _drawn(page, name, min(max(wish.width, _NARROWEST), LARGEST_PAGE_WIDTH))
        finally:
            page.close()


def _of_picture(file: BinaryIO, name: str, wish: PageWish) -> Picture:
    picture = images.thumbnail(file, name, ThumbnailWish(LARGEST_SIDE, wish.page - 1))
    if picture.width <= wish.width:
        return picture
    size = (max(1, wish.width), max(1, round(picture.height * wish.width / picture.width)))
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb).resize(size, reducing_gap=3.0)
    return Picture(*size, image.tobytes())


def _drawn(page: PdfPage, name: str, width: int) -> Picture:
    across, down = page.get_size()
    if not (across > 0 and down > 0 and math.isfinite(across * down)):
        raise FileDamaged(name=name)
    fits = math.sqrt(MOST_PIXELS * 0.99 / (across * down))
    scale = min((width - 0.01) / across, fits, _LONGEST / max(across, down))  # PDFium's sides are rounded up
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        pixels = bitmap.to_numpy()[:, :, :3]
        return Picture(bitmap.width, bitmap.height, pixels.tobytes())
    finally:
        bitmap.close()
