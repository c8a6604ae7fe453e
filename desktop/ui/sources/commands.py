"""What the sources panel asks of the floor below."""

from typing import Protocol

from desktop.core.coverage import SourceId


class PageCommands(Protocol):
    """Pages of documents; outcomes arrive as events."""

    def open_page(self, source: SourceId, page: int, token: str, width: int) -> None:
        """Announce PageOpened, then PagePictured if pages of this kind have a look; Failed if it is gone."""

    def leave(self, token: str, /) -> None:
        """Nobody looks at it any more."""
