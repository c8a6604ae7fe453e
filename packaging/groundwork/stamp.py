"""Remembers what was set up, so that the next start skips everything: a digest of all that set-up depends on."""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

FORMAT = "1"
"""Raised when set-up itself begins to do something else."""


def digest(files: Iterable[Path], words: Iterable[str]) -> str:
    """One text that changes when a file, a word or the Python in use changes."""
    sum_ = hashlib.sha256()
    for word in (FORMAT, sys.version, sys.prefix, *words):
        sum_.update(word.encode() + b"\0")
    for path in files:
        sum_.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sum_.hexdigest()


def read(path: Path) -> dict[str, str]:
    """What was stamped, by kind; nothing when the stamp is missing or unreadable."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(kind): str(value) for kind, value in found.items()} if isinstance(found, dict) else {}


def write(path: Path, stamps: Mapping[str, str]) -> None:
    """Replace the stamp."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(dict(stamps), indent=1), "utf-8")
    part.replace(path)
