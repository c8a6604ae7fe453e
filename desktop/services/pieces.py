"""What a model is given of an attachment, and small pictures of it, as bytes that the store keeps sealed.

length of the list 4 (big endian) | the list, JSON | the pixels and samples of its entries, in order
"""

import json
import struct
from collections.abc import Iterable, Iterator
from typing import assert_never

from desktop.core.attachments import Caption, Piece, Sound
from desktop.core.media import Picture

_LENGTH = struct.Struct(">I")


def dump(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Yield the bytes of these pieces."""
    pieces = tuple(pieces)
    listed = json.dumps([_entry(one) for one in pieces], ensure_ascii=False).encode()
    yield _LENGTH.pack(len(listed)) + listed
    for one in pieces:
        match one:
            case Picture(rgb=rgb):
                yield rgb
            case Sound(samples):
                yield samples


def load(kept: bytes) -> tuple[Piece, ...]:
    """Return the pieces that `dump` made these bytes of."""
    (length,) = _LENGTH.unpack_from(kept)
    at = _LENGTH.size + length
    pieces: list[Piece] = []
    for entry in json.loads(kept[_LENGTH.size : at]):
        match entry:
            case ["picture", width, height]:
                size = width * height * 3
                pieces.append(Picture(width, height, kept[at : at + size]))
                at += size
            case ["sound", size]:
                pieces.append(Sound(kept[at : at + size]))
                at += size
            case [_, text]:
                pieces.append(Caption(text))
    return tuple(pieces)


def _entry(piece: Piece) -> list[object]:
    match piece:
        case Picture(width, height):
            return ["picture", width, height]
        case Sound(samples):
            return ["sound", len(samples)]
        case Caption(text):
            return ["caption", text]
        case _:
            assert_never(piece)
