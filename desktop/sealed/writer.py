"""Writes sealed files: new ones, and more at the end of old ones."""

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.sealed import format as layout
from desktop.sealed import keys
from desktop.sealed.format import Frame
from desktop.sealed.reader import SealedReader, open_key


class SealedWriter:
    """Takes bytes in pieces of any size. Leaving the `with` block finishes the file and syncs it to the disk.

    After an exception the file stays unfinished; a reader may take what is whole of it.
    """

    def __init__(self, file: BinaryIO, key: bytes, file_id: bytes, index: int, start: int) -> None:
        self._file = file
        self._cipher = AESGCM(key)
        self._file_id = file_id
        self._index = index
        self._start = start
        self._waiting = bytearray()

    @classmethod
    def create(cls, path: Path, files_key: bytes) -> "SealedWriter":
        """Start a new file with a key of its own.

        Raises:
            FileExistsError: there is one.
        """
        file_id, key = os.urandom(layout.ID_BYTES), keys.new_key()
        file = path.open("xb")
        file.write(layout.MAGIC + file_id + keys.wrap(key, files_key, layout.key_context(file_id)))
        return cls(file, key, file_id, 0, 0)

    @classmethod
    def append(cls, path: Path, files_key: bytes) -> "SealedWriter":
        """Go on at the end of a file, finished or not.

        Raises:
            SealedDamaged: the file is not sound.
        """
        file = path.open("r+b")
        try:
            key = open_key(file, files_key, path.name)
            reader = SealedReader(file, key, path.name, allow_unfinished=True)
            file.seek(reader.end_position)
            file.truncate()
        except BaseException:
            file.close()
            raise
        return cls(file, key, reader.file_id, len(reader.frames), reader.size)

    def write(self, data: bytes) -> None:
        """Take more bytes; whole frames of 64 KiB go to the file."""
        self._waiting += data
        while len(self._waiting) >= layout.FRAME_BYTES:
            self._seal(layout.DATA, bytes(self._waiting[: layout.FRAME_BYTES]))
            del self._waiting[: layout.FRAME_BYTES]

    def flush(self) -> None:
        """Put everything so far on the disk, as a short frame if need be."""
        if self._waiting:
            self._seal(layout.DATA, bytes(self._waiting))
            self._waiting.clear()
        self._sync()

    def close(self) -> None:
        """Write what waits and the final frame, sync, close."""
        self.flush()
        self._seal(layout.FINAL, layout.TOTAL.pack(self._start))
        self._sync()
        self._file.close()

    def _seal(self, kind: int, plain: bytes) -> None:
        frame = Frame(self._index, self._start, kind, len(plain), 0)
        nonce = os.urandom(keys.NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, plain, frame.additional(self._file_id))
        self._file.write(layout.FRAME_HEAD.pack(kind, len(plain), nonce) + sealed)
        self._index, self._start = self._index + 1, frame.end

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> "SealedWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()
