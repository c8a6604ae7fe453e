"""Pictures, video frames and sound as values: what a reader found in a file, and what a model is given of it.

Pixels are bytes here: rows from the top, three bytes a pixel (red, green, blue; sRGB), no padding. Sound is bytes
too: 32-bit floats, little-endian, 16,000 a second, one channel, between -1 and 1. So the app shows and stores
media without loading an array library, and no parser of pictures.
"""

import math
from collections.abc import Callable
from enum import IntEnum, StrEnum
from typing import BinaryIO

from desktop.core.value import value

SAMPLE_RATE = 16_000
SAMPLE_BYTES = 4
PLAY_RATE = 48_000
PLAY_BYTES = 4
"""Sound for the ear: two channels of 16 bits."""
LEVELS_A_SECOND = 20

Step = Callable[[int, int], None]
"""Called often while a file is read, with (done, total); total 0 means unknown. May raise Cancelled."""


class Kind(StrEnum):
    """What a person calls a file."""

    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"


class Format(StrEnum):
    """How a file is laid out, told by its first bytes."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"
    GIF = "GIF"
    BMP = "BMP"
    TIFF = "TIFF"
    HEIC = "HEIC"
    AVIF = "AVIF"
    MP4 = "MP4"
    MATROSKA = "Matroska"
    AVI = "AVI"
    WAV = "WAV"
    MP3 = "MP3"
    AAC = "AAC"
    OGG = "OGG"
    FLAC = "FLAC"


PICTURES = frozenset({
    Format.PNG, Format.JPEG, Format.WEBP, Format.GIF, Format.BMP, Format.TIFF, Format.HEIC, Format.AVIF,
})  # fmt: skip


class Detail(IntEnum):
    """How closely a model looks at a picture: at most so many tokens. The budgets Gemma 4 was trained with."""

    QUICK = 70
    NORMAL = 280
    FINE = 560
    DOCUMENT = 1120


TOKEN_SIDE = 48
"""Pixels on each side of what becomes one token: patches of 16, pooled 3 by 3."""


@value
class Grid:
    """A picture's size in tokens."""

    columns: int
    rows: int

    @property
    def tokens(self) -> int:
        """How many tokens the picture takes, without the two that mark its ends."""
        return self.columns * self.rows

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.columns * TOKEN_SIDE, self.rows * TOKEN_SIDE


def grid(width: int, height: int, detail: Detail) -> Grid:
    """Return the largest grid of tokens within the budget that keeps the shape of the picture.

    Both sides are scaled by the same factor, up or down, then cut to whole tokens: what the model was trained
    with. A strip so thin that one side would vanish gets one token across.

    Args:
        width: of the picture as it is seen, in pixels.
        height: likewise.
        detail: the budget.
    """
    factor = math.sqrt(detail * TOKEN_SIDE**2 / (width * height))
    columns = int(width * factor // TOKEN_SIDE)
    rows = int(height * factor // TOKEN_SIDE)
    if rows == 0:
        return Grid(max(1, min(width // height, detail)), 1)
    if columns == 0:
        return Grid(1, max(1, min(height // width, detail)))
    return Grid(columns, rows)


@value
class Source:
    """A file to read, opened by the app for reading only. The app leaves it alone while it is read."""

    file: BinaryIO
    name: str
    """What errors call it."""
    key: bytes | None = None
    """Where the file is sealed: its own key."""


@value
class Progress:
    """How far reading is; total 0 means unknown."""

    done: int
    total: int


@value
class Facts:
    """What a file is. Sizes are as seen, turned upright; 0 stands for what it has not or does not tell."""

    kind: Kind
    format: Format
    width: int = 0
    height: int = 0
    pages: int = 0
    """Pages of a TIFF, 1 for other pictures."""
    seconds: float = 0.0
    has_sound: bool = False
    paper: bool = False
    """Whether a picture looks like a page of writing."""


@value
class Picture:
    """Pixels, upright, on white, without the file's metadata."""

    width: int
    height: int
    rgb: bytes


@value
class Frame:
    """One moment of a video."""

    seconds: float
    """From the start of the video."""
    picture: Picture


@value
class SoundBlock:
    """Some seconds of sound."""

    seconds: float
    """Where it begins, from the start of the file."""
    samples: bytes
    levels: bytes
    """The level curve: the loudest sample of each twentieth of a second, 0 to 255."""


@value
class HeardBlock:
    """Some sound for the ear: 16-bit integers, little-endian, PLAY_RATE a second, left and right in turn."""

    seconds: float
    """Where it begins, from the start of the file."""
    samples: bytes


Moment = Frame | HeardBlock
"""What is played."""


@value
class FactsWish:
    """Only what the file is."""


@value
class PictureWish:
    """A picture for a model."""

    detail: Detail = Detail.NORMAL
    page: int = 0


@value
class ThumbnailWish:
    """A picture, or a moment of a video, for the eye: no larger than the file's own."""

    side: int = 256
    """The longer side in pixels."""
    page: int = 0


@value
class FramesWish:
    """Moments of a video for a model: about `per_second` of the range, no more than `most`."""

    start: float = 0.0
    end: float = math.inf
    per_second: float = 1.0
    most: int = 60
    detail: Detail = Detail.QUICK


@value
class SoundWish:
    """Sound for a model, in blocks."""

    start: float = 0.0
    end: float = math.inf
    block_seconds: float = 30.0


@value
class PlayWish:
    """A film or a sound for eye and ear, from one moment to another."""

    start: float = 0.0
    end: float = math.inf
    side: int = 960
    """The longer side of the pictures in pixels, no larger than the file's own; up to 30 of them a second."""


Wish = FactsWish | PictureWish | ThumbnailWish | FramesWish | SoundWish | PlayWish

MOST_FRAMES = 600
LARGEST_SIDE = 2048
LONGEST_BLOCK = 60.0
"""More is not wished for: what comes back in one piece stays below MOST_PIXELS and LONGEST_BLOCK."""
MOST_PIXELS = max(LARGEST_SIDE**2, Detail.DOCUMENT * TOKEN_SIDE**2)
