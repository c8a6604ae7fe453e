"""A folder of sealed files that tells nothing: names are an HMAC, every file has a key of its own.

    <name of an owner>/<name of an item>    an owner is a SHA-256, an item says what of it or made of it this is
    <session>-<number>.part                 being written

A file takes its place whole and synced, by one rename; nothing is ever decrypted to the disk.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from desktop.core.errors import SealedDamaged, StoreFull
from desktop.sealed import keys
from desktop.sealed.reader import SealedReader, open_key
from desktop.sealed.writer import SealedWriter
from desktop.store.files import sync_folder, told

RESERVE = 32 * 1024 * 1024
"""Room on the disk that files leave to the conversations."""
UNFINISHED = ".part"


class SealedFolder:
    """Writes, finds and removes the sealed files of one folder. Thread safe as far as file systems are."""

    def __init__(self, root: Path, files_key: bytes, names_key: bytes, reserve: int = RESERVE) -> None:
        """Look at nothing yet; the folder is made with the first file.

        Args:
            root: the folder.
            files_key: wraps the key of each file.
            names_key: makes the names.
            reserve: bytes of the disk that are left free.
        """
        self.reserve = reserve
        self._root = root
        self._files_key = files_key
        self._names_key = names_key
        self._session = secrets.token_hex(8)
        self._numbers = count()

    def name(self, owner: str) -> str:
        """Return what the folder of an owner is called on the disk."""
        return keys.file_name(self._names_key, owner)

    def write(self, pieces: Iterable[bytes], expected: int = 0) -> Path:
        """Seal pieces of any size into a new file that has no place yet; nothing stays when that fails.

        Args:
            pieces: fetched as they are written; what they raise goes to the caller.
            expected: bytes to come, as far as known: too much for the disk is refused before it is begun.

        Raises:
            StoreFull: the disk is full, or would be.
            StoreUnwritable: the folder cannot be written.
        """
        path = self._root / f"{self._session}-{next(self._numbers)}{UNFINISHED}"
        try:
            with self._telling():
                self._check_room(expected)
                writer = SealedWriter.create(path, self._files_key)
            self._fill(writer, pieces)
        except BaseException:
            self.drop(path)
            raise
        return path

    def place(self, written: Path, owner: str, item: str) -> None:
        """Give a written file its place; it survives a power cut from here on.

        Raises:
            StoreFull: the disk is full.
            StoreUnwritable: the folder cannot be written.
        """
        with self._telling():
            folder = self._root / self.name(owner)
            folder.mkdir(exist_ok=True)
            written.replace(self.path(owner, item))
            sync_folder(folder)
            sync_folder(self._root)

    def drop(self, written: Path) -> None:
        """Remove a file, such as one that got no place."""
        with suppress(OSError):
            written.unlink(missing_ok=True)

    def has(self, owner: str, item: str) -> bool:
        """Whether the file is there."""
        return self.path(owner, item).exists()

    def path(self, owner: str, item: str) -> Path:
        """Return where the file lies."""
        return self._root / self.name(owner) / keys.file_name(self._names_key, f"{owner} {item}")

    def open(self, owner: str, item: str, name: str) -> tuple[BinaryIO, bytes]:
        """Open a file, still sealed, and return it with its own key; the caller closes it.

        Args:
            owner: whose file.
            item: which of them.
            name: what errors call it.

        Raises:
            OSError: there is none, or it cannot be read.
            SealedDamaged: its header is not sound.
        """
        file = self.path(owner, item).open("rb")
        try:
            return file, open_key(file, self._files_key, name)
        except BaseException:
            file.close()
            raise

    def read(self, owner: str, item: str) -> bytes | None:
        """Return what a file holds; None when there is none, or it is damaged."""
        try:
            file, key = self.open(owner, item, item)
            with file:
                content = SealedReader(file, key, item).read()
            os.utime(self.path(owner, item))  # the one that was not read for the longest is removed first
        except (OSError, SealedDamaged):
            return None
        return content

    def remove(self, folder: str) -> bool:
        """Remove the folder with this name on the disk and all in it; False when something is left of it."""
        shutil.rmtree(self._root / folder, ignore_errors=True)
        return not (self._root / folder).exists()

    def folders(self) -> Iterator[Path]:
        """Yield the folders of the owners."""
        if self._root.is_dir():
            yield from (one for one in self._root.iterdir() if one.is_dir())

    def drop_unfinished(self) -> int:
        """Remove what an earlier session was writing when it ended; returns how many files."""
        old = [one for one in self._root.glob(f"*{UNFINISHED}") if not one.name.startswith(self._session)]
        for one in old:
            self.drop(one)
        return len(old)

    def thin_out(self, spared: Set[Path], most: int) -> None:
        """Remove files until the others, beside those to be spared, take no more than `most` bytes; oldest first."""
        found = []
        for folder in self.folders():
            found += [(one.stat(), one) for one in folder.iterdir() if one not in spared]
        found.sort(key=lambda one: one[0].st_mtime)
        taken = sum(stat.st_size for stat, _ in found)
        for stat, one in found:
            if taken <= most:
                return
            self.drop(one)
            taken -= stat.st_size

    def _check_room(self, expected: int) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._root).free < expected + self.reserve:
            raise StoreFull

    def _fill(self, writer: SealedWriter, pieces: Iterable[bytes]) -> None:
        """Why step by step: an OSError of the source is the source's, one of the writer tells of the disk."""
        source = iter(pieces)
        try:
            while (piece := next(source, None)) is not None:
                with self._telling():
                    writer.write(piece)
            with self._telling():
                writer.close()
        except BaseException as error:
            with suppress(OSError):  # what still waits in the buffer does not go onto a full disk either
                writer.__exit__(type(error), error, error.__traceback__)
            raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise told(error, self._root / UNFINISHED) from error
