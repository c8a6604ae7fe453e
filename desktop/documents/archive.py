"""Looks into a packed file before any parser does, and unpacks its parts within limits.

The list of contents is checked first: how many parts, how much they unpack to, by which factor, whether they lie one
over the other. Nothing packed inside a part is ever unpacked. The list may lie, so a part is read only as far as it
promised; `measure` finds out for parsers that unpack by themselves.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from desktop.core.document_errors import ArchiveTooLarge, ProtectionUnknown
from desktop.core.errors import FileDamaged
from desktop.documents.damage import Parsing

MOST_BYTES = 512 * 1024 * 1024
MOST_PART = 128 * 1024 * 1024
"""Of one part that is kept as a tree: in memory it takes six times that."""
RATIO = 200
MEMBERS = 10_000
_SMALL = 1024 * 1024
"""A part up to that does no harm, however well it was packed."""
_CHUNK = 256 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 1


class Archive:
    """The parts of a packed file, by name; names are compared without regard to case."""

    def __init__(self, packed: zipfile.ZipFile, name: str) -> None:
        """Take a file that `opened` has checked."""
        self._packed = packed
        self._name = name
        self._parts = {part.filename.replace("\\", "/").lstrip("/").casefold(): part for part in packed.infolist()}

    @property
    def names(self) -> tuple[str, ...]:
        """Of all parts."""
        return tuple(part.filename for part in self._parts.values())

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._parts

    def read(self, part: str, limit: int = MOST_PART) -> bytes:
        """Unpack a part.

        Raises:
            ArchiveTooLarge: it is larger than that.
            FileDamaged: it is not there, or cannot be unpacked.
            ProtectionUnknown: it is encrypted.
        """
        found = self._parts.get(part.casefold())
        if found is None:
            raise FileDamaged(name=self._name)
        if found.file_size > limit:
            raise ArchiveTooLarge(name=self._name)
        if found.flag_bits & _ENCRYPTED:
            raise ProtectionUnknown(name=self._name)
        with Parsing(self._name), self._packed.open(found) as stream:
            return stream.read(limit)


@contextmanager
def opened(file: BinaryIO, name: str) -> Iterator[Archive]:
    """Open a packed file once its list of contents is sound.

    Raises:
        ArchiveTooLarge: it is a bomb.
        FileDamaged: its list cannot be read.
    """
    file.seek(0)
    with Parsing(name):
        packed = zipfile.ZipFile(file)
    with packed:
        _check(packed.infolist(), name)
        yield Archive(packed, name)


def _check(parts: list[zipfile.ZipInfo], name: str) -> None:
    end = 0
    too_many = len(parts) > MEMBERS or sum(part.file_size for part in parts) > MOST_BYTES
    for part in sorted(parts, key=lambda one: one.header_offset):
        too_well = part.file_size > _SMALL and part.file_size > RATIO * max(1, part.compress_size)
        if too_many or too_well:
            raise ArchiveTooLarge(name=name)
        if part.header_offset < end:
            raise FileDamaged(name=name)
        end = part.header_offset + _LOCAL_HEADER + part.compress_size


def measure(file: BinaryIO, name: str, look: Callable[[str, bytes], None] | None = None) -> None:
    """Unpack every part without keeping it, to find out that it holds no more than its list of contents says.

    Args:
        file: a packed file.
        name: what errors call it.
        look: shown each piece of each part, with the part's name.

    Raises:
        ArchiveTooLarge: a part holds more.
        FileDamaged: it cannot be unpacked.
        ProtectionUnknown: it is encrypted.
    """
    file.seek(0)
    with Parsing(name):
        packed = zipfile.ZipFile(file)
    with packed:
        parts = packed.infolist()
        _check(parts, name)
        for part in parts:
            _measure_part(file, part, name, look)


def _measure_part(file: BinaryIO, part: zipfile.ZipInfo, name: str, look: Callable[[str, bytes], None] | None) -> None:
    if part.flag_bits & _ENCRYPTED:
        raise ProtectionUnknown(name=name)
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileDamaged(name=name)
    if part.compress_type == zipfile.ZIP_STORED and not look:
        return
    size = 0
    with Parsing(name):
        for piece in _unpacked(file, part):
            size += len(piece)
            if size > part.file_size:
                raise ArchiveTooLarge(name=name)
            if look:
                look(part.filename, piece)


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(part.header_offset)
    head = file.read(_LOCAL_HEADER)
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
    left = part.compress_size
    unpack = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (packed := file.read(min(left, _CHUNK))):
        left -= len(packed)
        if unpack is None:
            yield packed
            continue
        while packed and not unpack.eof:
            yield unpack.decompress(packed, 4 * _CHUNK)
            packed = unpack.unconsumed_tail
