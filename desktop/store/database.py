"""The database: one writer, readers of their own, whole transactions only."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.store import cipher, schema
from desktop.store.cipher import Connection


class Database:
    """One encrypted file. `write` gives the one write connection to one thread at a time; `read` is per thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open the file, or make an empty one where there is none.

        Raises:
            StoreDamaged: the key does not open it, or it is damaged; the file is not changed.
            StoreUnwritable: the folder cannot be written.
        """
        self.path = path
        self._key = key
        self._lock = threading.RLock()
        self._depth = 0
        self._closed = False
        self._writer = cipher.connect(path, key)
        self._local = threading.local()
        self._readers: list[Connection] = []

    def migrate(self, backups: Path) -> None:
        """Bring the schema to the newest form; an existing file is copied into `backups` first.

        Raises:
            StoreNewer: a newer version wrote it; the file is not changed.
        """
        with self._lock, self._told():
            version: int = self._writer.execute("pragma user_version").fetchone()[0]
            if version != schema.VERSION:
                schema.migrate(self._writer, self._key, version, backups)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Run one immediate transaction; nested uses join the outer one. Commits on leaving, rolls back on error."""
        with self._lock, self._told():
            outer = self._depth == 0
            if outer:
                self._writer.execute("begin immediate")
            self._depth += 1
            try:
                yield self._writer
                if outer:
                    self._writer.execute("commit")
            except BaseException:
                if outer:
                    with suppress(cipher.Error):
                        self._writer.execute("rollback")
                raise
            finally:
                self._depth -= 1

    def read(self) -> Connection:
        """Return this thread's read connection; it sees what is committed. After `close`, one that is closed."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            with self._lock:
                if self._closed:  # a thread that comes late must not open a locked vault again
                    return self._writer
                connection = cipher.connect(self.path, self._key, read_only=True)
                self._readers.append(connection)
            self._local.connection = connection
        return connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Read in one transaction: all statements see the same state; nested uses join the outer one.

        Raises:
            StoreDamaged: a page does not pass its check.
        """
        with self._told():
            connection = self.read()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("begin")
            try:
                yield connection
            finally:
                with suppress(cipher.Error):
                    connection.execute("rollback")

    def close(self) -> None:
        """Fold the write-ahead log into the file and close every connection."""
        with self._lock:
            self._closed = True
            self._key = b""
            for reader in self._readers:
                reader.close()
            self._readers.clear()
            with suppress(cipher.Error):
                self._writer.execute("pragma wal_checkpoint(truncate)")
            self._writer.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except cipher.Error as error:
            if (app_error := cipher.told(error, self.path)) is None:
                raise
            raise app_error from error
