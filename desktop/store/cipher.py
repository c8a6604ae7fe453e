"""Connections to SQLCipher, with every safety switch on; the only place that opens one.

Why these switches: WAL with synchronous=FULL loses no acknowledged commit in a power cut, secure_delete and
FTS5's own secure-delete leave no deleted words in the file, trusted_schema=OFF keeps a foreign file from running
functions, and SQLite before 3.51.3 can corrupt a WAL that two connections write and checkpoint at once.
"""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desktop.core.errors import AppError, StoreDamaged, StoreFull, StoreUnwritable
from desktop.store.files import why_unwritable

Connection = Any
"""A sqlcipher3 connection; the library carries no types."""

FLOOR = (3, 51, 3)

if dbapi2.sqlite_version_info < FLOOR:  # pragma: no cover - the lock pins a newer one
    raise ImportError("SQLite 3.51.3 or newer is needed")

Error = dbapi2.DatabaseError

_FULL = "SQLITE_FULL"
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_UNWRITABLE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_IO = "SQLITE_IOERR"


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Connection:
    """Open a connection that any thread may use, one at a time; it is checked against the key at once.

    Raises:
        StoreDamaged: the key does not open it, or it is damaged.
        StoreUnwritable: the folder or file cannot be opened.
    """
    connection = None
    try:
        mode = "rw" if path.exists() else "rwc"
        connection = dbapi2.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=30,
        )
        connection.execute("pragma cipher_log_level = none")
        connection.execute(f"pragma key = \"x'{key.hex()}'\"")
        connection.execute("select count(*) from sqlite_schema").fetchone()
        _switch_on(connection, read_only=read_only)
    except Error as error:
        if connection is not None:
            connection.close()
        if (app_error := told(error, path)) is None:
            raise
        raise app_error from error
    return connection


def _switch_on(connection: Connection, *, read_only: bool) -> None:
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma mmap_size = 0")
    connection.execute("pragma temp_store = memory")
    if read_only:
        connection.execute("pragma query_only = on")
        return
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma secure_delete = on")
    connection.execute("pragma foreign_keys = on")


def told(error: Exception, path: Path) -> AppError | None:
    """Return what to tell a person of a database error, or None for one that is a bug of ours.

    Why a probe: SQLite calls only ENOSPC a full disk. A used-up quota or a limit on the file's size comes back as
    an I/O error without its cause, so the folder is asked once more.
    """
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(_FULL):
        return StoreFull()
    if name.startswith(_DAMAGED):
        return StoreDamaged(name=path.name)
    if name.startswith(_IO):
        return why_unwritable(path.parent) or StoreUnwritable(name=path.parent)
    return StoreUnwritable(name=path.parent) if name.startswith(_UNWRITABLE) else None
