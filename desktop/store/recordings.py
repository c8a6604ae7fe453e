"""Recordings under way: each a sealed file of its own that grows while somebody speaks, and outlives a crash.

    <id>.recording    when it began, as a float of 8 bytes | 16-bit samples, little-endian, 16,000 a second

Why not in the folder of the attachments: what is unfinished there is removed at the next start; this is kept.
"""

import io
import logging
import secrets
import shutil
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from desktop.core.attachment_errors import AttachmentMissing
from desktop.core.errors import SealedDamaged, StoreFull
from desktop.core.media import SAMPLE_RATE
from desktop.core.voice_events import Rescued
from desktop.sealed.reader import SealedReader, open_key
from desktop.sealed.writer import SealedWriter
from desktop.store.files import told
from desktop.store.sealed_folder import RESERVE

log = logging.getLogger(__name__)

BEGAN = struct.Struct(">d")
SAMPLE = 2
ENDING = ".recording"
_WAV = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LONGEST = 0xFFFFFFFF - _WAV.size


class RecordingFile:
    """A recording that grows. One thread."""

    def __init__(self, path: Path, writer: SealedWriter, reserve: int) -> None:
        self.id = path.stem
        self._path = path
        self._writer = writer
        self._reserve = reserve

    def write(self, samples: bytes) -> None:
        """Take 16-bit samples; they are safe after the next `flush`.

        Raises:
            StoreFull: the disk is full.
            StoreUnwritable: the folder cannot be written.
        """
        with _telling(self._path):
            self._writer.write(samples)

    def flush(self) -> None:
        """Put everything so far on the disk.

        Raises:
            StoreFull: the disk is full, or would leave no room for the conversations; what is whole is kept.
            StoreUnwritable: the folder cannot be written.
        """
        with _telling(self._path):
            self._writer.flush()
            _check_room(self._path.parent, self._reserve)

    def close(self) -> None:
        """End it; on a full disk, where it is."""
        with suppress(OSError):
            self._writer.close()
            return
        with suppress(OSError):
            self._writer.__exit__(OSError, None, None)


class RecordingStore:
    """The port `Recordings`. Thread safe as far as file systems are."""

    def __init__(self, root: Path, files_key: bytes, clock: Callable[[], float], reserve: int = RESERVE) -> None:
        """Look at nothing yet; the folder is made with the first recording.

        Args:
            root: the folder.
            files_key: wraps the key of each file.
            clock: seconds since 1970.
            reserve: bytes of the disk that are left free.
        """
        self.reserve = reserve
        self._root = root
        self._files_key = files_key
        self._clock = clock
        self._own: set[str] = set()

    def begin(self) -> RecordingFile:
        """Begin a recording.

        Raises:
            StoreFull: the disk is full.
            StoreUnwritable: the folder cannot be written.
        """
        path = self._path(secrets.token_hex(16))
        with _telling(path):
            self._root.mkdir(parents=True, exist_ok=True)
            _check_room(self._root, self.reserve)
            writer = SealedWriter.create(path, self._files_key)
            self._own.add(path.stem)
            writer.write(BEGAN.pack(self._clock()))
        return RecordingFile(path, writer, self.reserve)

    def broken_off(self) -> tuple[Rescued, ...]:
        """Return what earlier sessions did not end, oldest first; what holds no sound is removed."""
        found = []
        for path in sorted(self._root.glob(f"*{ENDING}")):
            if path.stem in self._own:
                continue
            try:
                with self._opened(path.stem) as reader:
                    began, seconds = _began(reader), _sound_bytes(reader) / SAMPLE / SAMPLE_RATE
            except SealedDamaged:
                log.warning("a recording that was broken off cannot be read: %s", path.stem)
                continue
            if seconds:
                found.append(Rescued(path.stem, seconds, began))
            else:
                self.remove(path.stem)
        return tuple(sorted(found, key=lambda one: one.began))

    @contextmanager
    def open(self, id_: str) -> Iterator[BinaryIO]:
        """Open a recording that is not being written, finished or not, as a WAV file.

        Raises:
            AttachmentMissing: it is gone.
            SealedDamaged: its file is damaged.
        """
        with self._opened(id_) as reader:
            yield io.BufferedReader(_Wav(reader))

    def release(self, id_: str) -> None:
        """Count it among those that were broken off: it could not be kept otherwise."""
        self._own.discard(id_)

    def remove(self, id_: str) -> None:
        """Delete a recording."""
        with suppress(OSError):
            self._path(id_).unlink(missing_ok=True)
            self._own.discard(id_)

    def _path(self, id_: str) -> Path:
        return self._root / f"{Path(id_).name}{ENDING}"

    @contextmanager
    def _opened(self, id_: str) -> Iterator[SealedReader]:
        try:
            file = self._path(id_).open("rb")
        except OSError as error:
            raise AttachmentMissing(name=id_) from error
        with file:
            yield SealedReader(file, open_key(file, self._files_key, id_), id_, allow_unfinished=True)


class _Wav(io.RawIOBase):
    """A sealed recording as a WAV file to be read from any place; nothing of it is held."""

    def __init__(self, reader: SealedReader) -> None:
        self._reader = reader
        length = min(_sound_bytes(reader), _LONGEST)
        rate = SAMPLE_RATE * SAMPLE
        self._head = _WAV.pack(
            b"RIFF", length + _WAV.size - 8, b"WAVE", b"fmt ", 16, 1, 1, SAMPLE_RATE, rate, SAMPLE, 16, b"data", length
        )
        self._length = len(self._head) + length
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(0, offset + (0, self._at, self._length)[whence])
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), max(0, self._length - self._at))
        piece = self._head[self._at : self._at + wanted]
        if len(piece) < wanted:
            offset = BEGAN.size + self._at + len(piece) - len(self._head)
            piece += self._reader.read(offset, wanted - len(piece))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _began(reader: SealedReader) -> float:
    stamp = reader.read(0, BEGAN.size)
    return float(BEGAN.unpack(stamp)[0]) if len(stamp) == BEGAN.size else 0.0


def _sound_bytes(reader: SealedReader) -> int:
    length = max(0, reader.size - BEGAN.size)
    return length - length % SAMPLE


def _check_room(folder: Path, reserve: int) -> None:
    if shutil.disk_usage(folder).free < reserve:
        raise StoreFull


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise told(error, path) from error
