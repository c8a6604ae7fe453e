"""Shuts the file system: the reader may open its own libraries, and the one file it was handed. Linux only.

Landlock is the kernel's way for a process to give up rights for good, without being an administrator. Nothing may
be written (but to nowhere), no program started, no signal sent to another process. Where the kernel has no
Landlock, or forbids it, the reader goes on without.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

from desktop.documents import tessdata

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PR_SET_NO_NEW_PRIVS = 38
VERSION_ONLY = 1
PATH_BENEATH = 1

WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
NOWHERE = "/dev/null"
"""The one place that may be written to: Tesseract sends its remarks there, and crashes where it must not."""
FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Version -> every right on files that it knows of."""
TCP = 0b11
TCP_FROM = 4
OUTSIDE = 0b11
"""Signals to others, and sockets with abstract names of others."""
OUTSIDE_FROM = 6

SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/etc/ld.so.cache", "/proc/self",
    "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom",
)  # fmt: skip


def apply() -> bool:
    """Give up the file system; False where this system cannot."""
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    version = library.syscall(CREATE_RULESET, None, 0, VERSION_ONLY)
    if version < 1:
        return False
    rights = FILE_RIGHTS[min(version, max(FILE_RIGHTS))]
    fields = [rights, *([TCP] if version >= TCP_FROM else []), *([OUTSIDE] if version >= OUTSIDE_FROM else [])]
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    rules = library.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return False
    try:
        for path in _needed():
            _allow(library, rules, path, READ_FILE | READ_DIR if Path(path).is_dir() else READ_FILE)
        _allow(library, rules, NOWHERE, (READ_FILE | WRITE_FILE | TRUNCATE) & rights)
        library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(library.syscall(RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _needed() -> list[str]:
    """Return where this Python and its packages lie, the app's own code, and the system's libraries.

    The program itself is among them: frozen, it holds all modules. So is the data that scans are recognised with, of
    the user's folder nothing else.
    """
    house = Path(__file__).resolve().parents[2]
    packages = [one for one in sys.path if Path(one).name in ("site-packages", "dist-packages", "lib-dynload")]
    return [sys.executable, sys.prefix, sys.base_prefix, str(house), *packages, *SYSTEM, *map(str, tessdata.folders())]


def _allow(library: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        library.syscall(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
