"""Attachments: the files beside the questions, each kept once by its SHA-256, sealed, in a folder that tells nothing.

The row says that a file is kept; the rows of `attachment_use` say which messages and drafts name it. The file is
there before its row, and goes after its row, so that a crash between the two leaves a file too many and never one
too few; the next start removes it.
"""

import hashlib
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from desktop.core.attachment_errors import AttachmentMissing, FileUnreadable
from desktop.core.errors import AppError, StoreFull, StoreUnwritable
from desktop.core.media import Source, Step
from desktop.core.taking import AttachmentPart
from desktop.sealed.reader import SealedReader
from desktop.store.cipher import Connection
from desktop.store.database import Database
from desktop.store.sealed_folder import SealedFolder

log = logging.getLogger(__name__)

PIECE = 1 << 20
ORIGINAL = "original"
MADE_BYTES = 2 << 30
"""What was made of attachments may take so much room in all; what was not asked for the longest goes first."""

_UNNAMED = """select id, digest from attachment
    where not exists (select 1 from attachment_use where attachment_id = attachment.id)
    and not exists (select 1 from source where source.digest = attachment.digest and keeping = 'copy')"""
"""A source of the library names its kept copy."""


class AttachmentStore:
    """The port `Attachments`: rows in the encrypted database, bytes in sealed files.

    Held is what was put in this session and is not yet named by a message or draft; who puts it again holds it too,
    and each lets go for itself. Aside is what a person took out
    of a question and may want back: its draft does not name it any more.
    """

    def __init__(self, database: Database, folder: SealedFolder, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self.folder = folder
        self._clock = clock
        self._lock = threading.RLock()  # taken before the database's, never inside a transaction
        self._held: Counter[str] = Counter()
        self._aside: set[str] = set()
        self._settled: dict[str, Callable[[], None]] = {}
        self._made = 0

    def put(self, source: BinaryIO, name: str, step: Step | None = None) -> tuple[str, int]:
        """Keep the bytes of an open file, read from its beginning; returns their SHA-256 and size.

        Args:
            source: seekable; a megabyte of it is in memory at a time.
            name: what errors call it.
            step: called with (bytes done, bytes in all); may raise Cancelled.

        Raises:
            FileUnreadable: the source fails while it is read.
            StoreFull: the disk is full; nothing of the file is kept.
            StoreUnwritable: the folder cannot be written.
        """
        hashed = hashlib.sha256()
        total = _length(source, name)
        size = 0

        def pieces() -> Iterator[bytes]:
            nonlocal size
            while piece := _read(source, name):
                hashed.update(piece)
                size += len(piece)
                if step:
                    step(size, max(size, total))
                yield piece

        written = self.folder.write(pieces(), total)
        try:
            self._take(hashed.hexdigest(), size, lambda: self.folder.place(written, hashed.hexdigest(), ORIGINAL))
        finally:
            self.folder.drop(written)
        return hashed.hexdigest(), size

    @contextmanager
    def open(self, digest: str, name: str) -> Iterator[Source]:
        """Open one for a reader: its sealed file and the key of that file alone.

        Raises:
            AttachmentMissing: it is not kept.
            SealedDamaged: its file is damaged.
        """
        try:
            file, key = self.folder.open(digest, ORIGINAL, name)
        except OSError as error:
            raise AttachmentMissing(name=name) from error
        with file:
            yield Source(file, name, key)

    def content(self, digest: str, name: str) -> Iterator[bytes]:
        """Yield its bytes piece by piece, for who is to have a copy; errors as of `open`."""
        with self.open(digest, name) as source:
            reader = SealedReader(source.file, source.key or b"", name)
            for offset in range(0, reader.size, PIECE):
                yield reader.read(offset, PIECE)

    def size(self, digest: str) -> int | None:
        """Return its size in bytes; None when it is not kept."""
        with self._database.snapshot() as db:
            row = db.execute("select size from attachment where digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def set_aside(self, digest: str) -> None:
        """Somebody may want it back: it stays until `let_go` or `take_back`. Waits for nothing."""
        self._aside.add(digest)

    def take_back(self, digest: str) -> None:
        """Somebody wanted it back: it is held as if it had just been put. Waits for nothing."""
        self._held[digest] = max(1, self._held[digest])
        self._aside.discard(digest)

    def once_settled(self, digest: str, deed: Callable[[], None]) -> None:
        """Do this as soon as a message or draft names a file that is held, or it is deleted."""
        self._settled[digest] = deed

    def let_go(self, digest: str) -> None:
        """Nobody means to send it any more: delete it, unless a message or draft names it."""
        with self._lock:
            self._aside.discard(digest)
            self._held[digest] -= 1
            self._held += Counter()  # without what nobody holds any more
        self.collect()

    def recall(self, digest: str, recipe: str) -> bytes | None:
        """Return what was made of it by this recipe and remembered, if it is still there."""
        return self.folder.read(digest, recipe)

    def remember(self, digest: str, recipe: str, pieces: Iterable[bytes]) -> None:
        """Keep what was made of it for as long as it is kept itself and there is room."""
        try:
            written = self.folder.write(pieces)
            try:
                with self._lock:
                    if self.folder.has(digest, ORIGINAL):
                        self._made += written.stat().st_size
                        self.folder.place(written, digest, recipe)
                    if self._made > MADE_BYTES // 4:
                        self._thin_out()
            finally:
                self.folder.drop(written)
        except (StoreFull, StoreUnwritable) as error:
            log.info("what was made of an attachment is not kept: %s", type(error).__name__)

    def make_findable(self, digest: str, words: str) -> None:
        """Let a search find the messages that name it by these words, which are spoken in it."""
        with self._database.write() as db:
            db.execute(
                """insert into spoken(id, text) select id, ? from attachment where digest = ?
                on conflict(id) do update set text = excluded.text""",
                (words, digest),
            )

    def collect(self) -> None:
        """Delete what no message and no draft names and nobody holds; what was held and is now named is let go.

        Not inside a transaction. A full disk leaves it to the next time: the deed that freed it is done already.
        """
        with self._lock:
            try:
                unnamed = self._delete_rows()
            except AppError as error:
                log.info("attachments that nothing names stay for now: %s", type(error).__name__)
                return
            for id_, digest in unnamed:
                self._settle(digest)
                if not self.folder.remove(self.folder.name(digest)):
                    log.info("the file of attachment %d stays until the next start", id_)

    def sweep(self) -> None:
        """Remove what a crash left behind, and what was made long ago when it takes too much room."""
        self.collect()
        with self._lock:
            with self._database.snapshot() as db:
                rows: list[tuple[int, str]] = db.execute("select id, digest from attachment").fetchall()
            unfinished = self.folder.drop_unfinished()
            kept = {self.folder.name(digest) for _, digest in rows}
            strays = [one.name for one in self.folder.folders() if one.name not in kept]
            for one in strays:
                self.folder.remove(one)
            if unfinished or strays:
                log.info("removed %d unfinished and %d stray files", unfinished, len(strays))
            for id_, digest in rows:
                if not self.folder.has(digest, ORIGINAL):
                    log.warning("attachment %d has lost its file", id_)
            self._thin_out()

    def _take(self, digest: str, size: int, place: Callable[[], None]) -> None:
        """Put a written file in its place and then its row in the database, unless both are there."""
        with self._lock:
            known = self.size(digest) is not None
            try:
                if not known or not self.folder.has(digest, ORIGINAL):
                    place()
                if not known:
                    with self._database.write() as db:
                        db.execute(
                            "insert into attachment(digest, size, created) values (?, ?, ?)",
                            (digest, size, self._clock()),
                        )
            except BaseException:
                if not known:
                    self.folder.remove(self.folder.name(digest))
                raise
            self._held[digest] += 1

    def _settle(self, digest: str) -> None:
        if deed := self._settled.pop(digest, None):
            deed()

    def _thin_out(self) -> None:
        with self._database.snapshot() as db:
            kept = {self.folder.path(digest, ORIGINAL) for (digest,) in db.execute("select digest from attachment")}
        self.folder.thin_out(kept, MADE_BYTES)
        self._made = 0

    def _delete_rows(self) -> list[tuple[int, str]]:
        with self._database.snapshot() as db:
            unnamed = db.execute(_UNNAMED).fetchall()
        named = self._held.keys() - {digest for _, digest in unnamed}
        for digest in named:
            del self._held[digest]
            self._settle(digest)
        found = [(id_, digest) for id_, digest in unnamed if digest not in self._held.keys() | self._aside]
        if not found:
            return []
        with self._database.write() as db:
            still = {id_ for id_, _ in db.execute(_UNNAMED)}
            found = [one for one in found if one[0] in still]
            db.executemany("delete from attachment where id = ?", [(id_,) for id_, _ in found])
        return found


def name_in_message(db: Connection, message: int, matter: int, attached: Iterable[AttachmentPart]) -> None:
    """Remember, inside the caller's transaction, that a message names these files.

    Raises:
        AttachmentMissing: one is not kept.
    """
    for digest, name in _each(attached).items():
        made = db.execute(
            """insert into attachment_use(attachment_id, matter_id, message_id)
            select id, ?, ? from attachment where digest = ?""",
            (matter, message, digest),
        )
        if not made.rowcount:
            raise AttachmentMissing(name=name)


def name_in_draft(db: Connection, conversation: int, attached: Iterable[AttachmentPart]) -> None:
    """Remember, inside the caller's transaction, which files a draft names; one that is not kept is passed over."""
    db.execute("delete from attachment_use where draft_id = ?", (conversation,))
    for digest in _each(attached):
        db.execute(
            """insert into attachment_use(attachment_id, matter_id, draft_id)
            select attachment.id, draft.matter_id, draft.conversation_id from attachment, draft
            where digest = ? and conversation_id = ?""",
            (digest, conversation),
        )


def _each(attached: Iterable[AttachmentPart]) -> dict[str, str]:
    return {one.attachment.digest: one.attachment.name for one in attached}


def _length(source: BinaryIO, name: str) -> int:
    try:
        length = source.seek(0, os.SEEK_END)
        source.seek(0)
    except OSError as error:
        raise FileUnreadable(name=name) from error
    return length


def _read(source: BinaryIO, name: str) -> bytes:
    try:
        return source.read(PIECE)
    except OSError as error:
        raise FileUnreadable(name=name) from error
