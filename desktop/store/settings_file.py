"""Settings as a JSON file: written whole or not at all; a damaged one is set aside, never overwritten."""

import dataclasses
import json
import logging
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args

from desktop.core.settings import SPANS, Settings
from desktop.store.files import write_whole

_log = logging.getLogger(__name__)


class SettingsFile:
    """Reads and writes one Settings value, and keeps what a newer version has written beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, Any] = {}

    def load(self) -> Settings:
        """Return what the file says; bad values give way to their defaults."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self._set_aside()
            return Settings()
        self._found = _without_old_sampling(found)
        settings: Settings = _read(Settings(), self._found)
        return settings

    def save(self, settings: Settings) -> None:
        """Write the file beside its old form and swap them.

        Raises:
            StoreUnwritable: the folder cannot be written.
        """
        write_whole(self._path, json.dumps(_written(settings, self._found), indent=1).encode())

    def _set_aside(self) -> None:
        aside = self._path.with_suffix(".damaged")
        try:
            self._path.replace(aside)
        except OSError:
            return
        _log.info("the settings file could not be read; it is kept as %s", aside.name)


def _without_old_sampling(found: dict[str, Any]) -> dict[str, Any]:
    """Drop what 0.1 wrote as `sampling`: one model's advice, in full, that nobody had chosen."""
    old = found.get("sampling")
    if isinstance(old, dict) and "grammar" in old:
        return {name: value for name, value in found.items() if name != "sampling"}
    return found


def _read(default: Any, found: dict[str, Any]) -> Any:
    """Return a dataclass with what was found in place of its defaults, as far as it is sound."""
    changes = {}
    for field in dataclasses.fields(default):
        now = getattr(default, field.name)
        value = found.get(field.name, now)
        if dataclasses.is_dataclass(now):
            changes[field.name] = _read(now, value) if isinstance(value, dict) else now
        elif isinstance(now, Mapping):
            _, kind = get_args(field.type)
            entries = value.items() if isinstance(value, dict) else ()
            changes[field.name] = {key: _read(kind(), one) for key, one in entries if isinstance(one, dict)}
        else:
            changes[field.name] = _sound(field, now, value)
    return dataclasses.replace(default, **changes)


def _sound(field: "dataclasses.Field[Any]", now: Any, value: Any) -> Any:
    """Return the value in the type of its field, or the default when it has another one or is out of range."""
    if isinstance(now, StrEnum):
        return type(now)(value) if isinstance(value, str) and value in set(type(now)) else now
    if isinstance(now, tuple):
        return tuple(map(str, value)) if isinstance(value, list) else now
    kinds = get_args(field.type) or (field.type,)
    if value is None:
        return None if NoneType in kinds else now
    whole = type(value) is int and float in kinds
    span = SPANS.get(field.name)
    if (type(value) not in kinds and not whole) or (span is not None and not span.holds(value)):
        return now
    return float(value) if whole else value


def _written(value: Any, found: Any) -> Any:
    """Return the value for JSON, with the names that were found beside it and mean nothing to this version."""
    before = found if isinstance(found, dict) else {}
    if dataclasses.is_dataclass(value):
        known = {
            field.name: _written(getattr(value, field.name), before.get(field.name))
            for field in dataclasses.fields(value)
        }
        return {**{name: one for name, one in before.items() if name not in known}, **known}
    if isinstance(value, Mapping):
        return {name: _written(one, before.get(name)) for name, one in value.items()}
    return value
