"""Ports of the library: what the services ask of the floor below to read, keep, embed and find documents."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.core.conversations import MatterId
from desktop.core.coverage import CollectionId, Coverage, PassageId, SourceId
from desktop.core.documents import Cell, DocumentFacts, DocumentWish, Enclosed, Page, PageWish, Table, Trouble
from desktop.core.library import (
    Collection,
    EmbeddingModel,
    Keeping,
    LibrarySource,
    Passage,
    Presence,
    Scope,
    SourceState,
    Split,
    WatchedFolder,
)
from desktop.core.media import Picture, Progress, Source


class DocumentReader(Protocol):
    """Reads foreign documents in a process of its own. One user thread, `cancel` from any.

    Every method raises AppError when the file cannot be read, and Cancelled after `cancel`.
    """

    def read(self, source: Source, wish: DocumentWish) -> Iterator[DocumentFacts | Page | Enclosed | Progress]:
        """Read a document: its facts, then its pages in order, then what is enclosed. Leaving early stops it.

        A page that cannot be read comes with its trouble and what text there is; it does not end the reading.
        """

    def look(self, source: Source, wish: PageWish) -> Picture:
        """Draw a page."""

    def cancel(self) -> None:
        """End what is being read soon; its caller gets Cancelled."""

    def close(self) -> None:
        """End the process and give its memory back."""


class Embedder(Protocol):
    """Turns text into vectors in a process of its own. One user thread, `cancel` from any."""

    def embed(self, model: EmbeddingModel, texts: Sequence[str], *, query: bool = False) -> tuple[bytes, ...]:
        """Return a vector for each text: signed bytes, `model.dimensions` of them, of length about 127.

        Args:
            model: which model.
            texts: passages, or questions.
            query: they are questions: some models want them marked.

        Raises:
            AppError: the model cannot be used, or its process ended.
            Cancelled: after `cancel`.
        """

    def cancel(self) -> None:
        """End what is being embedded soon; its caller gets Cancelled."""

    def close(self) -> None:
        """End the process and give its memory back."""


class EmbeddingModels(Protocol):
    """The embedding models of this computer."""

    def choose(self, wanted: str) -> EmbeddingModel | None:
        """Return the model at this path, or else the best one at hand."""


class EmbeddersAtHand(EmbeddingModels, Protocol):
    """The embedding models of this computer, for who chooses one."""

    def list(self, extra: Sequence[Path] = ()) -> tuple[EmbeddingModel, ...]:
        """Return every usable model once, the smallest first; `extra` are those the person added."""

    def find(self, path: str) -> EmbeddingModel:
        """Return the model at this path.

        Raises:
            NotAnEmbedder: there is none, or not a whole one.
        """


@dataclass(frozen=True, slots=True)
class NewSource:
    """A file on its way into a collection."""

    name: str
    path: str
    keeping: Keeping
    digest: str
    size: int
    modified: float
    parent: SourceId | None = None


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of a scope, a row each: `ids` are 64-bit integers in this machine's order, `rows` signed bytes."""

    ids: bytes
    rows: bytes
    dimensions: int


class Collections(Protocol):
    """The collections. Every write is one durable transaction."""

    def all(self, matter: MatterId | None = None) -> tuple[Collection, ...]:
        """By name; None = of all matters."""

    def named(self, name: str, matter: MatterId | None = None) -> Collection:
        """Find one by its name, whatever the case; CollectionMissing when there is none."""

    def make(self, name: str, matter: MatterId) -> Collection:
        """Make one; a name that is taken gets a number."""

    def rename(self, collection: CollectionId, name: str) -> Collection | None:
        """Rename one; None when it is not there."""

    def remove(self, collection: CollectionId) -> tuple[str, ...]:
        """Delete one with its sources, pages, passages and vectors; returns digests that no source names any more."""


class Sources(Protocol):
    """The sources and what was read of them. Thread safe; every write is one durable transaction."""

    def of(self, collection: CollectionId) -> tuple[LibrarySource, ...]:
        """By name."""

    def get(self, source: SourceId) -> LibrarySource:
        """SourceMissing when it is not there."""

    def within(self, scope: Scope) -> tuple[LibrarySource, ...]:
        """All of a scope, by name."""

    def add(self, collection: CollectionId, new: NewSource) -> tuple[LibrarySource, bool]:
        """Add a file; False with the source that is there already when the collection has this content."""

    def note(
        self,
        source: SourceId,
        *,
        presence: Presence | None = None,
        path: str | None = None,
        modified: float | None = None,
        language: str | None = None,
    ) -> LibrarySource:
        """Keep what became of it; None leaves as is. A path that is new brings the file's new name."""

    def remove(self, source: SourceId) -> tuple[str, ...]:
        """Delete it, what was sent with it, and all that was read; returns digests that no source names any more."""

    def hold(self, source: SourceId) -> None:
        """Somebody means to send this with a question: it stays though nothing names it. Waits for nothing.

        Who adds one beside a chat holds it already. It is held until a message or draft names it.
        """

    def let_go(self, source: SourceId) -> tuple[str, ...]:
        """Nobody means to send it any more: delete it, unless it is named or held; returns what `remove` does."""

    def waiting(self) -> tuple[LibrarySource, ...]:
        """Those that are not wholly read: begun ones first, then newest first."""

    def begin(self, source: SourceId, facts: DocumentFacts) -> LibrarySource:
        """Keep what it is; READING from now on. Pages that are stored already stay."""

    def put_pages(self, source: SourceId, pages: Sequence[tuple[Page, Sequence[Split]]]) -> LibrarySource:
        """Store pages with their passages, findable by words at once; a page that is there already is replaced."""

    def finish(
        self,
        source: SourceId,
        state: SourceState,
        *,
        troubles: Sequence[tuple[Trouble, tuple[int, ...]]] = (),
        failure: str = "",
        reason: str = "",
    ) -> LibrarySource:
        """Close the reading of it."""

    def again(self, source: SourceId) -> LibrarySource:
        """Read it anew from its first page: forgets its pages."""

    def page(self, source: SourceId, number: int) -> Page:
        """A stored page; SourceMissing when it is not there."""

    def digests(self) -> frozenset[str]:
        """The content of every source that is kept as a copy."""


class Passages(Protocol):
    """The passages, to be found. Thread safe."""

    def get(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        """In the given order; those that are gone are left out."""

    def in_order(self, scope: Scope, after: PassageId | None = None, limit: int = 500) -> tuple[Passage, ...]:
        """The passages of a scope as they stand in the documents: by source name, page and place."""

    def count(self, scope: Scope) -> tuple[int, int]:
        """How many passages, and how many characters."""

    def by_words(self, query: str, scope: Scope, limit: int) -> tuple[tuple[PassageId, float], ...]:
        """Passages that hold words of the query, best first, with a score where more is better.

        What stands in double quotes must be there literally. Accents do not count; Chinese, Japanese and Korean
        are compared by pairs of characters.
        """

    def without_vector(self, model: str, limit: int) -> tuple[Passage, ...]:
        """Passages that this model has not embedded, newest source first."""

    def put_vectors(self, model: str, dimensions: int, vectors: Sequence[tuple[PassageId, bytes]]) -> None:
        """Store what an embedder made; passages that are gone meanwhile are left out."""

    def vectors(self, model: str, scope: Scope) -> Vectors:
        """The vectors that this model made in a scope."""

    def generation(self) -> int:
        """A number that changes whenever passages or vectors do: what was loaded before is stale then."""

    def embedded(self, model: str) -> tuple[int, int]:
        """How many passages have a vector of this model, and how many there are."""

    def coverage(self, scope: Scope) -> Coverage:
        """How much of a scope can be searched."""

    def tables(self, scope: Scope) -> tuple[tuple[LibrarySource, Table], ...]:
        """The tables of a scope without their rows; those that go on over several pages as one."""

    def rows(self, source: SourceId, name: str) -> Iterator[tuple[Cell, ...]]:
        """The rows of one of those tables, over all pages."""


class Folders(Protocol):
    """The folders that collections follow. Thread safe; every write is one durable transaction."""

    def all(self) -> tuple[WatchedFolder, ...]:
        """Of all collections, by path."""

    def follow(self, folder: WatchedFolder) -> None:
        """Look at a folder from now on; one that is followed already is kept otherwise from now on."""

    def leave(self, folder: WatchedFolder) -> None:
        """Look at it no more; its sources stay."""

    def left_out(self, collection: CollectionId) -> frozenset[str]:
        """Paths in its folders that the person removed: they are not added again by themselves."""

    def leave_out(self, collection: CollectionId, path: str) -> None:
        """The person removed this file."""

    def take_in(self, collection: CollectionId, path: str) -> None:
        """The person wants this file after all."""


class Library(Protocol):
    """The library of one store."""

    def collect(self) -> tuple[str, ...]:
        """Delete what lay beside chats and nothing names or holds; returns digests that no source names any more."""

    def cited(self, source: SourceId) -> bool:
        """Whether a message names it: beside a question, or as what an answer was given."""

    def together(self) -> AbstractContextManager[None]:
        """Make what is written inside one durable transaction."""

    @property
    def collections(self) -> Collections:
        """The collections."""

    @property
    def sources(self) -> Sources:
        """The sources."""

    @property
    def passages(self) -> Passages:
        """The passages."""


class TableAsker(Protocol):
    """Runs a SELECT over tables: read only, on a copy in memory, within limits."""

    def ask(
        self, tables: Iterable[tuple[str, Table, Iterable[tuple[Cell, ...]]]], sql: str, most: int
    ) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...], int]:
        """Return columns, the first `most` rows, and how many there are; QueryRefused when it may not or cannot run."""
