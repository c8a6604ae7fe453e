"""Settings: what the person chose, kept at once and announced."""

import threading
from dataclasses import replace
from typing import Any

from desktop.core.events import MachineMeasured, SettingsChanged
from desktop.core.ports import Publish
from desktop.core.settings import Settings
from desktop.engine import machine
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

    def measure(self) -> None:
        """Announce MachineMeasured: what the automatic choices are made from."""
        self._lane.submit(self._measure)

    def _measure(self) -> None:
        cores, threads = machine.cores(physical=True), machine.cores()
        self._publish(MachineMeasured(cores, threads, machine.total_memory(), machine.available_memory()))

    def _save(self) -> None:
        self._file.save(self._current)
