"""What the model chooser asks of the services."""

from typing import Any, Protocol

from desktop.core.settings import Settings


class ModelsCommands(Protocol):
    """Every command returns at once; the outcome arrives as an event."""

    def list(self) -> None:
        """Announce the models."""

    def weigh(self) -> None:
        """Announce what each model needs in memory, and whether it fits."""

    def choose(self, key: str, /) -> None:
        """Use this model from the next question on."""

    def add(self, path: str, /) -> None:
        """Add a file of the person's and use it."""


class SettingsCommands(Protocol):
    """The settings as they are, and their one change."""

    @property
    def current(self) -> Settings:
        """The settings as they are now."""

    def change(self, **fields: Any) -> None:
        """Change some fields; the outcome arrives as SettingsChanged."""
