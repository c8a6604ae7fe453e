"""Reads a sealed file at any offset; needs the open file and that file's key alone, so a child process can."""

from bisect import bisect_right
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.core.errors import SealedDamaged
from desktop.sealed import format as layout
from desktop.sealed import keys
from desktop.sealed.format import Frame


def open_key(file: BinaryIO, files_key: bytes, name: str = "") -> bytes:
    """Return the key of this file, unwrapped with the vault's key for files.

    Raises:
        SealedDamaged: the header is not sound or belongs to another vault.
    """
    file.seek(0)
    header = file.read(layout.HEADER_BYTES)
    magic, rest = header[: len(layout.MAGIC)], header[len(layout.MAGIC) :]
    file_id, wrapped = rest[: layout.ID_BYTES], rest[layout.ID_BYTES :]
    if magic != layout.MAGIC or len(wrapped) != layout.WRAPPED_BYTES:
        raise SealedDamaged(name=name)
    key = keys.unwrap(wrapped, files_key, layout.key_context(file_id))
    if key is None:
        raise SealedDamaged(name=name)
    return key


class SealedReader:
    """Random read over the frames of one file. The caller keeps the file open and closes it."""

    def __init__(self, file: BinaryIO, key: bytes, name: str = "", *, allow_unfinished: bool = False) -> None:
        """Scan the frame heads.

        Args:
            file: the sealed file, open for reading.
            key: this file's own key, from `open_key`.
            name: what an error calls the file.
            allow_unfinished: read what is whole of a file whose end is missing.

        Raises:
            SealedDamaged: the layout is not sound, or the end is missing and that is not allowed.
        """
        self._file = file
        self._cipher = AESGCM(key)
        self._name = name
        file.seek(len(layout.MAGIC))
        self.file_id = file.read(layout.ID_BYTES)
        self.frames, self.finished = self._scan()
        if not self.finished:
            if not allow_unfinished or self._ends_as_finished():
                raise SealedDamaged(name=name)
            self._drop_torn()
        self._starts = [one.start for one in self.frames]

    @property
    def size(self) -> int:
        """Plaintext bytes."""
        return self.frames[-1].end if self.frames else 0

    @property
    def end_position(self) -> int:
        """File position behind the last whole frame of data, where an appender goes on."""
        return self.frames[-1].next_position if self.frames else layout.HEADER_BYTES

    def read(self, offset: int = 0, length: int = -1) -> bytes:
        """Return up to `length` plaintext bytes from `offset`; fewer only at the end.

        Raises:
            SealedDamaged: a frame fails authentication.
        """
        end = self.size if length < 0 else min(self.size, offset + length)
        pieces = []
        at = bisect_right(self._starts, offset) - 1
        while offset < end:
            frame = self.frames[at]
            piece = self._open(frame)[offset - frame.start : end - frame.start]
            pieces.append(piece)
            offset += len(piece)
            at += 1
        return b"".join(pieces)

    def _scan(self) -> tuple[list[Frame], bool]:
        """Return the frames whose heads are sound, and whether a final frame closes them."""
        self._file.seek(0, 2)
        self._file_end = self._file.tell()
        frames: list[Frame] = []
        position, start = layout.HEADER_BYTES, 0
        while True:
            frame = self._head(len(frames), start, position)
            if frame is None or frame.next_position > self._file_end:
                return frames, False
            if frame.kind == layout.FINAL:
                return frames, self._is_end(frame)
            frames.append(frame)
            position, start = frame.next_position, frame.end

    def _is_end(self, frame: Frame) -> bool:
        if frame.next_position != self._file_end:
            raise SealedDamaged(name=self._name)
        try:
            total = layout.TOTAL.unpack(self._open(frame))[0]
        except SealedDamaged:  # torn by a crash, or changed: either way nothing closes this file
            return False
        if total != frame.start:
            raise SealedDamaged(name=self._name)
        return True

    def _ends_as_finished(self) -> bool:
        """Whether a final frame stands at the end of the file but not behind the last sound frame.

        Why: a changed length in the middle looks like a missing end; nobody may go on writing there and cut off
        the rest.
        """
        position = self._file_end - layout.FRAME_HEAD.size - layout.TOTAL.size - layout.TAG_BYTES
        if position <= self.end_position:
            return False
        self._file.seek(position)
        kind, length, _ = layout.FRAME_HEAD.unpack(self._file.read(layout.FRAME_HEAD.size))
        return bool(kind == layout.FINAL and length == layout.TOTAL.size)

    def _drop_torn(self) -> None:
        """Forget frames at the end that a power cut left half on the disk."""
        while self.frames:
            try:
                self._open(self.frames[-1])
            except SealedDamaged:
                self.frames.pop()
            else:
                return

    def _head(self, index: int, start: int, position: int) -> Frame | None:
        """Return the frame at a position, or None where no sound head stands."""
        self._file.seek(position)
        head = self._file.read(layout.FRAME_HEAD.size)
        if len(head) < layout.FRAME_HEAD.size:
            return None
        kind, length, _ = layout.FRAME_HEAD.unpack(head)
        sound = (kind == layout.DATA and 0 < length <= layout.FRAME_BYTES) or (
            kind == layout.FINAL and length == layout.TOTAL.size
        )
        return Frame(index, start, kind, length, position) if sound else None

    def _open(self, frame: Frame) -> bytes:
        self._file.seek(frame.position)
        raw = self._file.read(frame.next_position - frame.position)
        nonce = raw[layout.FRAME_HEAD.size - keys.NONCE_BYTES : layout.FRAME_HEAD.size]
        try:
            return self._cipher.decrypt(nonce, raw[layout.FRAME_HEAD.size :], frame.additional(self.file_id))
        except InvalidTag as error:
            raise SealedDamaged(name=self._name) from error
