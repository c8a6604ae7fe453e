"""Small files, written whole or not at all."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from desktop.core.errors import AppError, StoreFull, StoreUnwritable


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a small file so that a crash leaves the old one or the new one, never a mixture.

    Raises:
        StoreFull: the disk is full.
        StoreUnwritable: the folder cannot be written.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise told(error, path) from error


def told(error: OSError, path: Path) -> AppError:
    """Return what to tell a person of a failed write."""
    full = error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
    return StoreFull() if full else StoreUnwritable(name=path.parent)


def why_unwritable(folder: Path) -> AppError | None:
    """Return why a megabyte cannot be written there, or None when it can."""
    probe = folder / "probe.part"
    try:
        with probe.open("wb") as file:
            file.write(bytes(1 << 20))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return told(error, probe)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return None


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut, where the system lets folders be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
