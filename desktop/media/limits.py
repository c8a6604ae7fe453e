"""How much a foreign file may ask for, and the errors its parsers raise when it is damaged."""

import struct
import zlib
from typing import BinaryIO

from desktop.core.errors import FileTooLarge

MEGABYTE = 1_000_000
PICTURE_BYTES = 256 * MEGABYTE
PIXELS = 64 * MEGABYTE
JPEG_PIXELS = 220 * MEGABYTE
"""A JPEG can be unpacked at an eighth of its size, so more than PIXELS may stand in its header."""
PAGES = 1_000
PAPER_PIXELS = 24 * MEGABYTE
"""No larger picture is unpacked only to learn whether it is a page of writing: A4 at 400 dots an inch has 15."""
VIDEO_PIXELS = 36 * MEGABYTE
"""A little more than 8K."""
SECONDS = 12 * 3600
"""Sound is read no further: well packed silence would go on for weeks."""

DAMAGE = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, AttributeError, BufferError,
    AssertionError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises on bytes that cannot be; memory and a person's stop are not among them."""
BAD_VALUES = (OSError, ValueError, EOFError, LookupError, ArithmeticError)
"""What PyAV raises beside FFmpeg's own errors."""


def check_size(file: BinaryIO, name: str, limit: int) -> None:
    """Refuse a file with more bytes than that.

    Raises:
        FileTooLarge: it has.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > limit:
        raise FileTooLarge(name=name, megabytes=size // MEGABYTE, limit=limit // MEGABYTE)
