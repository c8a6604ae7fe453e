"""Migrates a store: newer files are refused, existing ones are copied and the copy is verified first.

`user_version` counts the applied migrations. sqlite-utils is imported only when there is something to migrate:
it takes 0.4 s, and an ordinary start needs none of it.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

from desktop.core.errors import StoreDamaged, StoreNewer
from desktop.store import cipher
from desktop.store.cipher import Connection
from desktop.store.files import sync_folder

VERSION = 7
"""How many migrations this version knows."""


def migrate(connection: Connection, key: bytes, found: int, backups: Path) -> None:
    """Apply what is missing, each migration in one transaction together with its number.

    Raises:
        StoreNewer: the file knows more migrations than this version.
        StoreDamaged: the copy before the migration cannot be verified.
    """
    if found > VERSION:
        raise StoreNewer(found=found, known=VERSION)
    if found > 0:
        back_up(connection, key, backups / f"before-{VERSION}-{time.strftime('%Y%m%d-%H%M%S')}.db")
    from desktop.store.migrations import STEPS  # noqa: PLC0415 - imports sqlite-utils

    for number, step in enumerate(STEPS[found:], found + 1):
        connection.execute("begin immediate")
        try:
            step(connection)
            connection.execute(f"pragma user_version = {number}")
            connection.execute("commit")
        except BaseException:
            with suppress(cipher.Error):  # a full disk has rolled back by itself
                connection.execute("rollback")
            raise


def back_up(connection: Connection, key: bytes, target: Path) -> None:
    """Copy the database, encrypted with the same key; the copy takes its name only when it is whole.

    Raises:
        StoreDamaged: the copy does not pass its integrity check.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    copy = cipher.connect(unfinished, key)
    try:
        connection.backup(copy)
        if copy.execute("pragma integrity_check").fetchone()[0] != "ok":
            raise StoreDamaged(name=target.name)
        copy.execute("pragma journal_mode = delete")
    finally:
        copy.close()
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
    sync_folder(target.parent)
