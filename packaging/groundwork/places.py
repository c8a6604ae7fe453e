"""Where things lie: the checkout, its virtual environment, and the folder of this user that keeps what is costly."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCKS = ROOT / "packaging" / "locks"
STAMP = VENV / "inglenook-setup.json"
BUNDLED_MODELS = ROOT / "resources" / "models"


def cache() -> Path:
    """The folder for built wheels and the small models; it outlives a checkout."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return base / "inglenook" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "inglenook"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "inglenook"


def program(name: str, environment: Path = VENV) -> Path:
    """The path of a program inside a virtual environment."""
    if sys.platform == "win32":
        return environment / "Scripts" / f"{name}.exe"
    return environment / "bin" / name
