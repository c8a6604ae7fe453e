"""Looks into an XLS before the library does, which takes counts and places on trust and asks for that much memory.

To be removed once calamine checks them itself: 0.37 aborts the whole process.
"""

import struct
from typing import BinaryIO

from desktop.documents.damage import Parsing

MOST_CELLS = 65_536 * 256
"""Of a sheet of this format."""
_STREAMS = ("Workbook", "Book")
_SIZE, _WIDE_SIZE = 0x0200, 14
_WORDS, _BEGIN = 0x00FC, (0x0809, 0x0409, 0x0209, 0x0009)
_CELLS = frozenset((0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0406, 0x0206))
_MANY, _PACKED = 0x00BD, 6
"""A record of several numbers side by side, and the bytes of each."""
_HEAD = 4
_SHORTEST_WORD = 3
"""Bytes of an entry in the table of words: its length and its flags."""


def check(file: BinaryIO, name: str) -> None:
    """Compare how many words and cells the workbook promises with how many it can hold.

    Raises:
        FileDamaged: it promises more, or cannot be opened.
    """
    import olefile  # noqa: PLC0415 - only old sheets ask for it

    file.seek(0)
    with Parsing(name), olefile.OleFileIO(file) as streams:
        for stream in _STREAMS:
            if streams.exists(stream):
                _check_records(streams.openstream(stream).read())


def _check_records(data: bytes) -> None:
    at = 0
    rows: set[int] = set()
    columns: set[int] = set()
    while at + _HEAD <= len(data):
        kind, length = int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 4], "little")
        at += _HEAD
        if kind == _WORDS and int.from_bytes(data[at + 4 : at + 8], "little") * _SHORTEST_WORD > len(data):
            raise ValueError("more words than bytes")
        if kind == _SIZE and length == _WIDE_SIZE:
            _check_size(data[at : at + length])
        if kind in _CELLS:
            row, column = int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 4], "little")
            rows.add(row)
            columns.update((column, column + (length // _PACKED if kind == _MANY else 0)))
        elif kind in _BEGIN:
            _check_area(rows, columns)
            rows, columns = set(), set()
        at += length
    _check_area(rows, columns)


def _check_size(record: bytes) -> None:
    """The library takes the last row less the first, without looking which is larger."""
    top, bottom, left, right = struct.unpack_from("<IIHH", record)
    if (bottom - top) % (1 << 32) * ((right - left) % (1 << 32)) > MOST_CELLS:
        raise ValueError("a sheet larger than any")


def _check_area(rows: set[int], columns: set[int]) -> None:
    if rows and (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > MOST_CELLS:
        raise ValueError("more cells than a sheet has")
