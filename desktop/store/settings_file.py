"""Settings as a JSON file: written whole or not at all; a damaged one is set aside, never overwritten."""

import dataclasses
import json
import logging
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.core.settings import Settings
from desktop.store.files import write_whole

_log = logging.getLogger(__name__)


class SettingsFile:
    """Reads and writes one Settings value."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Settings:
        """Return what the file says; unknown names are ignored, bad values give way to their defaults."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError):
            found = None
        if not isinstance(found, dict):
            self._set_aside()
            return Settings()
        settings: Settings = _read(Settings(), found)
        return settings

    def save(self, settings: Settings) -> None:
        """Write the file beside its old form and swap them.

        Raises:
            StoreUnwritable: the folder cannot be written.
        """
        write_whole(self._path, json.dumps(dataclasses.asdict(settings), indent=1).encode())

    def _set_aside(self) -> None:
        aside = self._path.with_suffix(".damaged")
        try:
            self._path.replace(aside)
        except OSError:
            return
        _log.info("the settings file could not be read; it is kept as %s", aside.name)


def _read(default: Any, found: dict[str, Any]) -> Any:
    changes = {}
    for field in dataclasses.fields(default):
        now = getattr(default, field.name)
        value = found.get(field.name, now)
        if dataclasses.is_dataclass(now):
            changes[field.name] = _read(now, value) if isinstance(value, dict) else now
        else:
            changes[field.name] = _as(now, value)
    return dataclasses.replace(default, **changes)


def _as(now: Any, value: Any) -> Any:
    """Return the value in the type of the default, or the default; an optional number may be either."""
    if isinstance(now, StrEnum):
        return type(now)(value) if isinstance(value, str) and value in set(type(now)) else now
    if isinstance(now, tuple):
        return tuple(map(str, value)) if isinstance(value, list) else now
    if now is None or isinstance(now, float):
        return value if value is None or isinstance(value, int | float) else now
    return value if type(value) is type(now) else now
