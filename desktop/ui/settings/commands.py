"""What the page of settings asks of the services."""

from typing import Any, Protocol

from desktop.core.settings import Settings


class SettingsCommands(Protocol):
    """The settings as they are, and their one change."""

    @property
    def current(self) -> Settings:
        """The settings as they are now."""

    def change(self, **fields: Any) -> None:
        """Change some fields; the outcome arrives as SettingsChanged."""

    def measure(self) -> None:
        """Announce MachineMeasured."""


class SpeechModelsCommands(Protocol):
    """The models that write speech down."""

    def list(self) -> None:
        """Announce the models."""

    def add(self, folder: str, /) -> None:
        """Add the folder of one and use it."""


class EmbedderCommands(Protocol):
    """The models that find documents by meaning."""

    def list(self) -> None:
        """Announce the models."""

    def add(self, path: str, /) -> None:
        """Add the file of one and use it."""


class ModelsCommands(Protocol):
    """The model files of this machine."""

    def list(self) -> None:
        """Announce the models."""
