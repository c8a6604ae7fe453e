"""The library as the store hands it out: collections, sources, passages, hits.

A source is one file of a collection. Its pages and passages stay when the file itself changes or goes, so that what
was cited can still be looked at.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.core.conversations import GENERAL, MatterId
from desktop.core.coverage import CollectionId, PassageId, SourceId
from desktop.core.documents import UNITS, DocumentKind, Page, PageUnit, Trouble

BESIDE = CollectionId(0)
"""Holds what was dropped on a chat, for that conversation alone; never in a list of collections."""


class Keeping(StrEnum):
    """Whose the bytes of a source are."""

    COPY = "copy"  # a sealed copy is kept
    LINKED = "linked"  # the file stays where it is; its text is kept


class SourceState(StrEnum):
    """How far a source is."""

    WAITING = "waiting"
    READING = "reading"  # under way, or broken off: it goes on at the page after the last one that is stored
    SEARCHED = "searched"
    PARTLY = "partly"  # some pages could not be read
    UNREADABLE = "unreadable"


class Presence(StrEnum):
    """What became of the file that a source was made of."""

    HERE = "here"
    CHANGED = "changed"  # another content lies there now; this is the older one, kept because it was cited
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that are asked together."""

    id: CollectionId
    name: str
    matter: MatterId = GENERAL
    sources: int = 0
    pages: int = 0
    waiting: int = 0
    """Sources that are not wholly read yet."""


@dataclass(frozen=True, slots=True)
class LibrarySource:
    """One file of the library. Times are seconds since the epoch, UTC; sizes are bytes."""

    id: SourceId
    collection: CollectionId
    name: str
    path: str
    """Where it was found; empty for what was sent with a message."""
    keeping: Keeping
    digest: str
    """SHA-256 of its content."""
    size: int
    modified: float
    added: float
    state: SourceState = SourceState.WAITING
    kind: DocumentKind | None = None
    """None until it was looked at."""
    title: str = ""
    language: str = ""
    """Two letters; empty where it could not be told."""
    pages: int = 0
    """How many it has; 0 until that is known."""
    pages_read: int = 0
    passages: int = 0
    embedded: int = 0
    troubles: tuple[tuple[Trouble, tuple[int, ...]], ...] = ()
    """What went wrong, and on which pages."""
    failure: str = ""
    """Name of the AppError class that made it UNREADABLE, with its sentence in `reason`."""
    reason: str = ""
    presence: Presence = Presence.HERE
    parent: SourceId | None = None
    """The message that it was sent with."""

    @property
    def unit(self) -> PageUnit:
        """What its pages are called."""
        return UNITS.get(self.kind, PageUnit.SECTION) if self.kind else PageUnit.PAGE


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder of the person's that a collection follows."""

    collection: CollectionId
    path: str
    keeping: Keeping


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. Empty fields do not narrow it; an empty scope is the whole matter's library."""

    matter: MatterId | None = None
    """None: all matters."""
    collections: tuple[CollectionId, ...] = ()
    sources: tuple[SourceId, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    folder: str = ""
    """Only sources whose path lies in it."""
    since: float | None = None
    """Only files that were changed at or after this moment."""
    until: float | None = None
    name: str = ""
    """Only sources whose name holds this, whatever the case."""
    also: tuple[SourceId, ...] = ()
    """Sources that are looked into besides, whatever the other fields say."""


@dataclass(frozen=True, slots=True)
class Split:
    """A passage on its way into the store: a part of one page, in characters of its text."""

    start: int
    end: int
    heading: str = ""
    """The path of headings above it, from the highest: “Terms › Payment”."""
    header: str = ""
    """The header row of the table that it is a part of."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage."""

    id: PassageId
    source: SourceId
    page: int
    start: int
    end: int
    text: str
    """The page's text from start to end, cut by the store."""
    heading: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, best first; scores are comparable within one search only."""

    passage: Passage
    source: LibrarySource
    label: str
    """The page's label."""
    score: float
    marks: tuple[tuple[int, int], ...] = ()
    """Words of the question in the passage, as ranges of its text."""


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page for the eye."""

    source: LibrarySource
    page: Page


@dataclass(frozen=True, slots=True)
class Survey:
    """What an import would take, before it begins."""

    files: tuple[Path, ...]
    size: int
    """In bytes, of all files."""
    passed_over: tuple[tuple[str, str], ...] = ()
    """Name and reason of what is none of the kinds that can be read, or is hidden."""
    known: int = 0
    """Files whose content is in the collection already."""
    seconds: float = 0.0
    """About how long it will take on this computer; 0 = not known."""
    space: int = 0
    """About how many bytes it will take in the profile."""


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A model that turns text into vectors."""

    path: Path
    """A folder with an ONNX model, or a GGUF file."""
    key: str
    """Tells it from every other, by its content: an index never mixes two."""
    name: str
    dimensions: int
    languages: tuple[str, ...] = ()
    """Two-letter codes that it was trained on; empty = a hundred and more."""
    size: int = 0
    """Bytes of its weights; 0 = not known."""


def is_foreign(source: LibrarySource, model: EmbeddingModel) -> bool:
    """Return whether a document is in a language that the model does not know: its words find it, not its meaning."""
    read = source.state in (SourceState.SEARCHED, SourceState.PARTLY)
    return read and bool(source.language and model.languages) and source.language not in model.languages


SUFFIXES = frozenset({
    ".pdf", ".docx", ".xlsx", ".xlsm", ".xls", ".ods", ".pptx", ".odt", ".odp", ".rtf", ".html", ".htm", ".xhtml",
    ".epub", ".eml", ".msg", ".csv", ".tsv", ".md", ".markdown", ".txt", ".text", ".log",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif", ".heic",
})  # fmt: skip
"""The endings of file names that an import looks at; a file of another name is passed over."""


def readable(path: Path) -> bool:
    """Return whether an import looks at a file of this name."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))
