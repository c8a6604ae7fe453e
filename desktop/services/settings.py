"""Settings: what the person chose, kept at once and announced."""

import threading
from dataclasses import replace
from typing import Any

from desktop.core.events import SettingsChanged
from desktop.core.ports import Publish
from desktop.core.settings import Settings
from desktop.services.lanes import Work
from desktop.store.settings_file import SettingsFile


class SettingsService:
    """Reads settings once; changes are seen at once and written on the desk lane."""

    def __init__(self, file: SettingsFile, lane: Work, publish: Publish) -> None:
        self._file = file
        self._lane = lane
        self._publish = publish
        self._lock = threading.Lock()
        self._current = file.load()

    @property
    def current(self) -> Settings:
        """The settings as they are now."""
        return self._current

    def change(self, **fields: Any) -> None:
        """Change some fields of Settings; announces SettingsChanged when something differs."""
        with self._lock:
            before, self._current = self._current, replace(self._current, **fields)
        if self._current != before:
            self._publish(SettingsChanged(self._current))
            self._lane.submit(self._save)

    def _save(self) -> None:
        self._file.save(self._current)
