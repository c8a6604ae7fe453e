"""Finds a Python that fits. Written for any Python 3.7 and later: it runs where the others cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PROBE = "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])"


def find(oldest: tuple[int, int], newest: tuple[int, int]) -> str | None:
    """The path of the newest interpreter between the two versions that really starts, or None."""
    for minor in range(newest[1], oldest[1] - 1, -1):
        for path in candidates(minor):
            if answers(path, (3, minor)):
                return str(path)
    return None


def candidates(minor: int) -> list[Path]:
    """Where a Python of that version may lie on this machine, likely places first."""
    name = f"python3.{minor}"
    found = [Path(folder) / name for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")]
    on_path = shutil.which(name)
    if on_path:
        found.insert(0, Path(on_path))
    found += sorted(Path("~").expanduser().glob(f".pyenv/versions/3.{minor}.*/bin/{name}"))
    for base in (os.environ.get("LOCALAPPDATA"), os.environ.get("PROGRAMFILES")):
        if base:
            found += [Path(base, "Programs", "Python", f"Python3{minor}", "python.exe")]
            found += [Path(base, f"Python3{minor}", "python.exe")]
    return [path for path in found if path.exists()]


def answers(path: str | Path, version: tuple[int, int]) -> bool:
    """Whether that interpreter starts, is of that version and can make virtual environments."""
    try:
        told = subprocess.check_output([str(path), "-c", PROBE], stderr=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return False
    return told.decode("ascii", "replace").strip() == f"{version[0]}.{version[1]}"
