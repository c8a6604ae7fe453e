"""The speech models of this computer, and the one the person wants."""

from pathlib import Path

from desktop.core.ports import Publish
from desktop.core.settings import Settings
from desktop.core.voice_events import SpeechModelsListed
from desktop.core.voice_ports import SpeechModels
from desktop.services.lanes import Work
from desktop.services.settings import SettingsService


class SpeechModelsService:
    """Lists and adds; which one is used is a setting. Folders are looked at on the desk lane."""

    def __init__(self, catalog: SpeechModels, settings: SettingsService, lane: Work, publish: Publish) -> None:
        self._catalog = catalog
        self._settings = settings
        self._lane = lane
        self._publish = publish

    def list(self) -> None:
        """Announce SpeechModelsListed."""
        self._lane.submit(self._announce)

    def add(self, folder: str) -> None:
        """Add the folder of a model and use it; Failed is announced when it does not hold a whole one."""

        def job() -> None:
            key = str(self._catalog.find(str(Path(folder).absolute())).folder)
            folders = self._settings.current.speech_folders
            self._settings.change(speech_folders=tuple(dict.fromkeys((*folders, key))), speech_model=key)
            self._announce()

        self._lane.submit(job)

    def _announce(self) -> None:
        extra = added(self._settings.current)
        self._publish(SpeechModelsListed(self._catalog.list(extra), self._catalog.choose("", extra)))


def added(settings: Settings) -> tuple[Path, ...]:
    """Return the folders the person added."""
    return tuple(Path(one) for one in settings.speech_folders)
