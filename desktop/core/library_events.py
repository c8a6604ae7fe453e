"""What happens in the library: taken in, read, searched, shown; and while an answer is prepared from it."""

from dataclasses import dataclass

from desktop.core.conversations import ConversationId, MessageId
from desktop.core.coverage import CollectionId, SourceId
from desktop.core.errors import AppError
from desktop.core.library import Collection, EmbeddingModel, Hit, LibrarySource, PageShown, Survey
from desktop.core.media import Picture


@dataclass(frozen=True, slots=True)
class CollectionsListed:
    """All collections, by name."""

    collections: tuple[Collection, ...]


@dataclass(frozen=True, slots=True)
class SourcesListed:
    """The sources of a collection, by name."""

    collection: CollectionId
    sources: tuple[LibrarySource, ...]


@dataclass(frozen=True, slots=True)
class SourceChanged:
    """A source was added or read further, or something became of its file."""

    source: LibrarySource


@dataclass(frozen=True, slots=True)
class SourceRemoved:
    """A source is gone from the library."""

    source: SourceId
    collection: CollectionId


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What an import would take, in answer to the command that named this token."""

    token: str
    survey: Survey


@dataclass(frozen=True, slots=True)
class ImportFailed:
    """Nothing was added by the command that named this token."""

    token: str
    error: AppError


@dataclass(frozen=True, slots=True)
class Imported:
    """All files that the command named this token for are in the library; they are read one after the other."""

    token: str
    collection: CollectionId
    added: int
    known: int = 0
    """Files whose content was in the collection already."""


@dataclass(frozen=True, slots=True)
class IndexingProgress:
    """How far the reading of new documents is. All zero: there is nothing to do."""

    files_done: int = 0
    files_total: int = 0
    pages_done: int = 0
    """Of the file that is being read."""
    pages_total: int = 0
    name: str = ""
    """Of that file."""
    embedded: int = 0
    """Passages that can be found by meaning."""
    passages: int = 0
    seconds_left: float = 0.0
    """0 = not known yet."""
    paused: bool = False
    """By the person."""
    waiting: bool = False
    """For a chat that is being answered."""


@dataclass(frozen=True, slots=True)
class PasswordWanted:
    """A document is protected; `wrong` when the password that was given does not open it."""

    source: LibrarySource
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class LibrarySearched:
    """Passages for a query, best first. `complete` is False while the search by meaning is still to come."""

    token: str
    query: str
    hits: tuple[Hit, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class PageOpened:
    """A page to be shown, in answer to the command that named this token; its picture follows where it has one."""

    token: str
    shown: PageShown


@dataclass(frozen=True, slots=True)
class PagePictured:
    """The look of a page; None when the file cannot be had any more: the text is shown instead."""

    token: str
    source: SourceId
    page: int
    picture: Picture | None
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class DocumentReady:
    """A document was put beside a question; it is read while the question is written."""

    token: str
    source: LibrarySource


@dataclass(frozen=True, slots=True)
class TurnSearching:
    """The documents are being looked through for an answer; in passages where it is exhaustive, else both 0."""

    conversation: ConversationId
    turn: MessageId
    done: int = 0
    total: int = 0
    found: int = 0
    seconds_left: float = 0.0


@dataclass(frozen=True, slots=True)
class EmbeddersListed:
    """The embedding models of this computer, and which one is used."""

    models: tuple[EmbeddingModel, ...] = ()
    """The smallest first."""
    best: EmbeddingModel | None = None
    """The one that is used where none is chosen; None: there is none."""
    used: EmbeddingModel | None = None
    scans: tuple[str, ...] = ()
    """Two-letter codes of the languages that scans can be read in."""
    noticed: bool = False
    """The person wants no advice on languages that the model does not know."""


LibraryEvent = (
    CollectionsListed
    | SourcesListed
    | SourceChanged
    | SourceRemoved
    | Surveyed
    | ImportFailed
    | Imported
    | IndexingProgress
    | PasswordWanted
    | LibrarySearched
    | PageOpened
    | PagePictured
    | DocumentReady
    | TurnSearching
    | EmbeddersListed
)
