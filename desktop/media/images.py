"""Pictures: foreign files become upright sRGB pixels on white, at the size that is wanted, without their metadata.

What stands in the way of a bomb: the format is told by content and only that decoder is asked; the header's size
is checked before a pixel is unpacked; a JPEG is unpacked small; only one page or frame is read. The rest is the
reader process's limits on memory and time.

Why scaling comes first and colour, white and turning after it: they cost as much as there are pixels, and scaling
keeps what they need (Pillow scales transparent pixels weighted by their alpha).
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageCms, UnidentifiedImageError

from desktop.core.errors import FileDamaged, FileNotRecognised, PageMissing, PictureTooLarge
from desktop.core.media import (
    LARGEST_SIDE,
    PICTURES,
    Facts,
    Format,
    Kind,
    Picture,
    PictureWish,
    ThumbnailWish,
    grid,
)
from desktop.media import limits, paper
from desktop.media.probe import format_of

Image.MAX_IMAGE_PIXELS = None  # Pillow warns up to twice its limit; _check_pixels refuses, and says the size

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}
_SRGB = ImageCms.createProfile("sRGB")
_WHITE = (255, 255, 255)


def describe(file: BinaryIO, name: str) -> Facts:
    """Tell format, size as seen, pages, and whether the first is a page of writing, for which it is unpacked small.

    Args:
        file: readable and seekable, binary.
        name: what errors call it.

    Raises:
        AppError: it is no picture, damaged, or too large.
    """
    with _opened(file, name) as (image, kind):
        width, height = _seen(image)
        return Facts(Kind.PICTURE, kind, width, height, _pages(image), paper=_is_written(image))


def picture(file: BinaryIO, name: str, wish: PictureWish) -> Picture:
    """Return the picture at the size that fills the token budget: both sides whole tokens of 48 pixels.

    Raises:
        AppError: it is no picture, damaged, or too large; the page is not there.
    """
    with _opened(file, name) as (image, _):
        _turn_to(image, wish.page, name)
        return _made(image, grid(*_seen(image), wish.detail).size, name)


def thumbnail(file: BinaryIO, name: str, wish: ThumbnailWish) -> Picture:
    """Return the picture no larger than `wish.side`, and never larger than it is.

    Raises:
        AppError: as `picture`.
    """
    with _opened(file, name) as (image, _):
        _turn_to(image, wish.page, name)
        return _made(image, fitted(*_seen(image), wish.side), name)


def sheets(file: BinaryIO, name: str, first: int, side: int) -> Iterator[Picture | None]:
    """Return page after page, no larger than `side` and never larger than it is; None for one that is damaged.

    Raises:
        AppError: as `picture`.
    """
    with _opened(file, name) as (image, _):
        for page in range(first, _pages(image)):
            try:
                image.seek(page)
                _check_pixels(image, limits.PIXELS if page else limits.JPEG_PIXELS, name)
                sheet = _made(image, _within(*_seen(image), side), name)
            except PictureTooLarge:
                if page == 0:
                    raise
                sheet = None
            except limits.DAMAGE:
                sheet = None
            yield sheet


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Return width and height within a square of `side` pixels (at most LARGEST_SIDE), shape kept, not enlarged."""
    return _within(width, height, min(side, LARGEST_SIDE))


def _within(width: int, height: int, side: int) -> tuple[int, int]:
    factor = min(1.0, side / max(width, height))
    return max(1, round(width * factor)), max(1, round(height * factor))


@contextmanager
def _opened(file: BinaryIO, name: str) -> Iterator[tuple[Image.Image, Format]]:
    """Open the header, refuse what is too large, and turn what a parser raises into a plain error."""
    kind = format_of(file)
    if kind not in PICTURES:
        raise FileNotRecognised(name=name)
    limits.check_size(file, name, limits.PICTURE_BYTES)
    if kind is Format.WEBP:
        _check_webp(file, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, and sizes that are checked below
            with Image.open(file, formats=(_decoder(kind),)) as image:
                _check_pixels(image, limits.JPEG_PIXELS if kind is Format.JPEG else limits.PIXELS, name)
                yield image, kind
    except (UnidentifiedImageError, *limits.DAMAGE) as error:
        raise FileDamaged(name=name) from error


def _decoder(kind: Format) -> str:
    """Return Pillow's name for what reads the format; that of HEIC is a guest, which is let in with the first photo."""
    if kind is not Format.HEIC:
        return kind.value
    import pi_heif  # noqa: PLC0415 - few pictures need it

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return "HEIF"


def _check_pixels(image: Image.Image, limit: int, name: str) -> None:
    if not 0 < image.width * image.height <= limit:
        raise PictureTooLarge(name=name, width=image.width, height=image.height)


def _check_webp(file: BinaryIO, name: str) -> None:
    """Look at the size of a WEBP before Pillow does: its decoder would reserve room for the whole canvas at once."""
    head = file.read(30)
    file.seek(0)
    match head[12:16]:
        case b"VP8X":
            width, height = int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
        case b"VP8L":
            packed = int.from_bytes(head[21:25], "little")
            width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        case _:
            width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    if width * height > limits.PIXELS:
        raise PictureTooLarge(name=name, width=width, height=height)


def _seen(image: Image.Image) -> tuple[int, int]:
    """Return the size of the upright picture."""
    return (image.height, image.width) if _orientation(image) in _SIDEWAYS else image.size


def _orientation(image: Image.Image) -> int:
    """Return the camera's note which side is up; Pillow turns a TIFF by itself.

    Why a PNG is not asked when the note does not stand in front: Pillow would unpack all pixels to look behind them.
    """
    if image.format == "TIFF" or (image.format == "PNG" and "exif" not in image.info):
        return 1
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except limits.DAMAGE:
        return 1


def _pages(image: Image.Image) -> int:
    """Count the pages of a TIFF; moving pictures count as one, the first."""
    if image.format != "TIFF":
        return 1
    count = 1
    try:
        while count < limits.PAGES:
            image.seek(count)
            count += 1
    except limits.DAMAGE:
        pass
    image.seek(0)
    return count


def _turn_to(image: Image.Image, page: int, name: str) -> None:
    if page == 0:
        return
    if not 0 < page < _pages(image):
        raise PageMissing(name=name, page=page + 1)
    image.seek(page)
    _check_pixels(image, limits.PIXELS, name)


def _is_written(image: Image.Image) -> bool:
    """Whether it is a page of writing; a damaged one is none: who prepares it is told."""
    size = fitted(*_seen(image), paper.SIDE)
    image.draft(None, size)
    if max(size) < paper.SMALLEST or image.width * image.height > limits.PAPER_PIXELS:
        return False
    try:
        return paper.is_written(_upright(image, size).convert("L"))
    except limits.DAMAGE:
        return False


def _made(image: Image.Image, size: tuple[int, int], name: str) -> Picture:
    """Unpack within the limits, at this size."""
    image.draft(None, (size[1], size[0]) if _orientation(image) in _SIDEWAYS else size)
    _check_pixels(image, limits.PIXELS, name)
    upright = _upright(image, size)
    return Picture(upright.width, upright.height, upright.tobytes())


def _upright(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Unpack, scale, colour, lay on white, turn upright."""
    orientation = _orientation(image)
    lying = (size[1], size[0]) if orientation in _SIDEWAYS else size
    profile = image.info.get("icc_profile")
    scaled = _scalable(image).resize(lying, Image.Resampling.LANCZOS, reducing_gap=3.0)
    coloured = _in_srgb(_on_white(scaled), profile)
    if orientation in _TURNS:
        coloured = coloured.transpose(_TURNS[orientation])
    return coloured


def _scalable(image: Image.Image) -> Image.Image:
    """Return the pixels in a mode whose values can be mixed."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("RGB", "L", "CMYK", "LAB"):
        image.load()
        return image
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring deep greys to 0-255: 16 bits by their top byte, others between their own darkest and brightest."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    values = np.array(image, dtype=np.float32)
    np.nan_to_num(values, copy=False, posinf=0.0, neginf=0.0)
    low = values.min()
    values -= low
    values *= 255.0 / max(float(values.max()), 1.0)
    return Image.fromarray(values.astype(np.uint8))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, _WHITE)
    white.paste(image, mask=image.getchannel("A"))
    return white


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert by the embedded colour profile; one that is broken or of another kind of colour is ignored."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            done = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, *limits.DAMAGE):
            done = None
        if done is not None:
            return done
    return image.convert("RGB")
