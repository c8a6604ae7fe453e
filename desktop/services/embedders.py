"""The embedding models of this computer, the one the person wants, and the languages that scans are read in."""

from collections.abc import Callable
from pathlib import Path

from desktop.core.events import Event, SettingsChanged
from desktop.core.library_events import EmbeddersListed
from desktop.core.library_ports import EmbeddersAtHand
from desktop.core.ports import Publish
from desktop.services.lanes import Work
from desktop.services.settings import SettingsService


class EmbeddersService:
    """Lists and adds; which one is used is a setting. A lane of its own: a model file is read whole to know it."""

    def __init__(
        self,
        catalog: EmbeddersAtHand,
        scans: Callable[[], tuple[str, ...]],
        settings: SettingsService,
        lane: Work,
        publish: Publish,
    ) -> None:
        self._catalog = catalog
        self._scans = scans
        self._settings = settings
        self._lane = lane
        self._publish = publish
        self._told = settings.current.embedding_model

    def list(self) -> None:
        """Announce EmbeddersListed."""
        self._lane.submit(self._announce)

    def add(self, path: str) -> None:
        """Add a model file and use it; Failed is announced when it is none."""

        def job() -> None:
            key = str(self._catalog.find(str(Path(path).absolute())).path)
            files = self._settings.current.embedding_files
            self._settings.change(embedding_files=tuple(dict.fromkeys((*files, key))), embedding_model=key)
            self._announce()

        self._lane.submit(job)

    def hush(self) -> None:
        """Give no more advice on languages that the model does not know; announces EmbeddersListed."""
        self._settings.change(languages_noticed=True)
        self.list()

    def follow(self, event: Event) -> None:
        """Tell which one is used when another was chosen."""
        if isinstance(event, SettingsChanged) and event.settings.embedding_model != self._told:
            self._told = event.settings.embedding_model
            self.list()

    def _announce(self) -> None:
        settings = self._settings.current
        listed = self._catalog.list(tuple(map(Path, settings.embedding_files)))
        best, used = self._catalog.choose(""), self._catalog.choose(settings.embedding_model)
        self._publish(EmbeddersListed(listed, best, used, self._scans(), settings.languages_noticed))
