"""What the library's page asks of the services."""

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.core.conversations import MatterId
from desktop.core.coverage import CollectionId, SourceId
from desktop.core.library import Keeping, Scope
from desktop.ui.sources.commands import PageCommands


class CollectionCommands(Protocol):
    """Collections, and what goes into them and out of them. Outcomes are events of core.library_events."""

    def list(self) -> None:
        """Announce CollectionsListed."""

    def open(self, collection: CollectionId, /) -> None:
        """Announce SourcesListed."""

    def make(self, name: str, matter: MatterId = ..., made: Callable[[CollectionId], None] | None = None) -> None:
        """Make a collection; `made` is told of it first, on another thread."""

    def rename(self, collection: CollectionId, name: str, /) -> None:
        """Give a collection a name."""

    def remove_collection(self, collection: CollectionId, /) -> None:
        """Delete a collection for good."""

    def survey(self, paths: Sequence[str], collection: CollectionId | None, token: str, /) -> None:
        """Announce Surveyed, or ImportFailed."""

    def add(self, paths: Sequence[str], collection: CollectionId, keeping: Keeping, token: str, /) -> None:
        """Announce Imported, or ImportFailed."""

    def leave(self, token: str, /) -> None:
        """End the survey or the import with this token."""

    def remove(self, source: SourceId, /) -> None:
        """Delete a document from the library."""


class IndexingCommands(Protocol):
    """The reading of what is new."""

    def pause(self) -> None:
        """Let it wait."""

    def resume(self) -> None:
        """Let it go on."""

    def cancel(self) -> None:
        """Take out of the library what is not wholly read yet."""

    def retry(self, source: SourceId, /) -> None:
        """Read a document anew."""

    def give_password(self, source: SourceId, password: str, /) -> None:
        """Read a protected document with this password."""


class SearchCommands(Protocol):
    """The search."""

    def search(self, query: str, scope: Scope, token: str, /) -> None:
        """Announce LibrarySearched, perhaps twice."""


class EmbedderCommands(Protocol):
    """The models that find documents by meaning."""

    def list(self) -> None:
        """Announce EmbeddersListed."""

    def add(self, path: str, /) -> None:
        """Add the file of one and use it."""

    def hush(self) -> None:
        """Give no more advice on languages."""


class LibraryCommands(Protocol):
    """The services of the library."""

    @property
    def library(self) -> CollectionCommands:
        """Collections and sources."""

    @property
    def indexing(self) -> IndexingCommands:
        """The reading of what is new."""

    @property
    def pages(self) -> PageCommands:
        """Pages for the eye."""

    @property
    def search(self) -> SearchCommands:
        """The search."""
