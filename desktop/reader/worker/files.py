"""Makes a readable file of the descriptor that came over the pipe, unsealed on the way where it is sealed."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from desktop.reader import wire

if TYPE_CHECKING:
    from desktop.sealed.reader import SealedReader

BUFFER_BYTES = 256 * 1024


@contextmanager
def opened(handle: int, task: wire.Task) -> Iterator[BinaryIO]:
    """Open the descriptor; close it at the end.

    Raises:
        SealedDamaged: the key does not open it.
    """
    with os.fdopen(_descriptor(handle), "rb") as file:
        file.seek(0)
        if task.key is None:
            yield file
            return
        from desktop.sealed.reader import SealedReader

        yield cast("BinaryIO", io.BufferedReader(_Unsealed(SealedReader(file, task.key, task.name)), BUFFER_BYTES))


class _Unsealed(io.RawIOBase):
    """A sealed file as the plain one it holds, for parsers that read and seek."""

    def __init__(self, reader: "SealedReader") -> None:
        self._reader = reader
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        origin = (0, self._position, self._reader.size)[whence]
        self._position = max(0, origin + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # a writable buffer, says the base class
        piece = self._reader.read(self._position, len(view))
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


def _descriptor(handle: int) -> int:
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.open_osfhandle(handle, os.O_RDONLY)
    return handle
