"""Takes a file in: a reader says what it is, the store keeps it sealed, and a small picture shows it."""

import io
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop.core.attachment_errors import FileUnreadable
from desktop.core.attachments import Attachment
from desktop.core.errors import Cancelled
from desktop.core.media import Kind, Picture, Source, Step, ThumbnailWish
from desktop.core.ports import MediaReader
from desktop.services import pieces
from desktop.services.shelf import Shelf

THUMBNAIL = ThumbnailWish()
_RECIPE = f"thumbnail 1 {THUMBNAIL.side}"


class Keeper:
    """Keeps files and shows them small. From any thread, one file at a time; `cancel` ends the one under way."""

    def __init__(self, shelf: Shelf, reader: MediaReader) -> None:
        self._shelf = shelf
        self._reader = reader
        self._lock = threading.RLock()
        self._stopped = False

    def keep(self, path: Path, step: Step | None = None) -> Attachment:
        """Keep a file; it is held until a message or draft names it.

        Why it is described before it is kept: a film that nobody can read need not be sealed first.

        Args:
            path: a file of the person's.
            step: called with (bytes done, bytes in all); may raise Cancelled.

        Raises:
            AppError: it cannot be read or kept; nothing of it is kept.
            Cancelled: the person asked to stop.
        """
        name = shown_name(path)
        with self._lock, opened(path, name) as file:
            facts = self._reader.describe(Source(file, name))
            digest, size = self._shelf.attachments.put(file, name, self._looking(step))
        return Attachment(digest, name, size, facts)

    def keep_bytes(self, content: bytes, name: str, step: Step | None = None) -> Attachment:
        """Keep what is no file of the person's, such as a picture from the clipboard; as `keep` does.

        Why it is kept before it is described: a reader takes files, and on the disk it lies only sealed.
        """
        store = self._shelf.attachments
        with self._lock:
            digest, size = store.put(io.BytesIO(content), name, self._looking(step))
            try:
                with store.open(digest, name) as source:
                    facts = self._reader.describe(source)
            except BaseException:
                store.let_go(digest)
                raise
        return Attachment(digest, name, size, facts)

    def thumbnail(self, attachment: Attachment) -> Picture | None:
        """Return a small picture of an attachment, None of a sound; made once, then remembered.

        Raises:
            AppError: it cannot be read.
            Cancelled: the person asked to stop.
        """
        if attachment.facts.kind is Kind.SOUND:
            return None
        store = self._shelf.attachments
        if kept := store.recall(attachment.digest, _RECIPE):
            (picture,) = pieces.load(kept)
            return picture if isinstance(picture, Picture) else None
        with self._lock, store.open(attachment.digest, attachment.name) as source:
            picture = self._reader.thumbnail(source, THUMBNAIL)
        store.remember(attachment.digest, _RECIPE, pieces.dump([picture]))
        return picture

    def cancel(self) -> None:
        """End what is being read soon; its caller gets Cancelled."""
        self._reader.cancel()

    def stop(self) -> None:
        """Keep nothing more: the app is closing."""
        self._stopped = True
        self._reader.cancel()

    def _looking(self, step: Step | None) -> Step:
        def look(done: int, total: int) -> None:
            if self._stopped:
                raise Cancelled
            if step is not None:
                step(done, total)

        return look

    def close(self) -> None:
        """End the reader's process."""
        self._reader.cancel()
        with self._lock:
            self._reader.close()


def shown_name(path: Path) -> str:
    """Return what people call a file; bytes in its name that are no characters are replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")


@contextmanager
def opened(path: Path, name: str) -> Iterator[BinaryIO]:
    """Open a file for reading; a pipe or device is refused without waiting for it."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise FileUnreadable(name=name) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileUnreadable(name=name)
    with os.fdopen(descriptor, "rb") as file:
        yield file
