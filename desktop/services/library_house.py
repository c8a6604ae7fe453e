"""Builds the services of the library once and wires them once: what they share is made here."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from desktop.core.documents import Page
from desktop.core.events import Event, VaultChanged
from desktop.core.library import Split
from desktop.core.library_ports import DocumentReader, Embedder, EmbeddingModels
from desktop.core.ports import Publish
from desktop.services.announcer import Announcer
from desktop.services.document_reading import DocumentReading
from desktop.services.embedding import PassageEmbedding, RememberedModels, SharedEmbedder
from desktop.services.embedding_loop import EmbeddingLoop
from desktop.services.finding import OnDemandRetriever
from desktop.services.gate import Gate
from desktop.services.importing import Importer
from desktop.services.indexing import IndexingService
from desktop.services.indexing_news import IndexingNews
from desktop.services.lanes import Work
from desktop.services.library import LibraryService
from desktop.services.library_verbs import LocalLibraryVerbs
from desktop.services.lookup import PageService, PassageSearch
from desktop.services.page_run import Headings
from desktop.services.rates import Rates
from desktop.services.reading_loop import ReadingLoop, Rhythm
from desktop.services.shelf import Shelf
from desktop.services.watching import Watcher


@dataclass(frozen=True, slots=True)
class LibraryParts:
    """What reads, embeds and knows the models: the adapters, or scripted ones."""

    reader: DocumentReader
    """For what is taken in."""
    drawer: DocumentReader
    """Another one, so that a page that somebody looks at waits for nothing."""
    embedder: Embedder
    models: EmbeddingModels
    wanted: Callable[[], str] = str
    """Path of the embedding model that the person chose, or nothing."""
    rhythm: Rhythm = Rhythm()  # noqa: RUF009 - it does not change


@dataclass(frozen=True, slots=True)
class LibraryLanes:
    """Where the work is done."""

    quick: Work
    """What takes no time: lists, words, the text of a page."""
    intake: Work
    """Files are looked at, hashed and kept."""
    reading: Work
    """Documents are read, folders are watched; its own."""
    meaning: Work
    """Passages are embedded; its own."""
    finding: Work
    """The search by meaning."""
    drawing: Work
    """Pages are drawn."""


@dataclass(frozen=True, slots=True)
class LibraryHouse:
    """The services of the library, wired."""

    library: LibraryService
    indexing: IndexingService
    search: PassageSearch
    pages: PageService
    retriever: OnDemandRetriever
    """For who answers from the documents; from any thread."""
    verbs: LocalLibraryVerbs
    embedder: SharedEmbedder

    def follow(self, event: Event) -> None:
        """Follow the vault and the chats."""
        self.indexing.follow(event)
        if isinstance(event, VaultChanged) and event.locked:
            self.retriever.forget()

    def stop(self) -> None:
        """Begin nothing more, and end what is under way; what is stored by now stays."""
        self.library.stop()
        self.search.stop()
        self.pages.stop()
        self.indexing.end()

    def close(self) -> None:
        """End the processes; after the lanes, before the store."""
        self.indexing.close()
        self.pages.close()
        self.embedder.close()
        self.retriever.forget()


def build(
    shelf: Shelf,
    parts: LibraryParts,
    lanes: LibraryLanes,
    announcer: Announcer,
    monotonic: Callable[[], float] = time.monotonic,
) -> LibraryHouse:
    """Build them; nothing is opened, loaded or begun yet."""
    publish: Publish = announcer.publish
    gate, rates = Gate(monotonic), Rates()
    importer = Importer(shelf, publish)
    news = IndexingNews(shelf, rates, publish, monotonic)
    reading = DocumentReading(shelf, parts.reader, _split, _language_of, importer, rates, publish, monotonic=monotonic)
    watcher = Watcher(shelf, importer, publish)
    loop = ReadingLoop(shelf, reading, watcher, gate, news, publish, rhythm=parts.rhythm, monotonic=monotonic)
    shared = SharedEmbedder(parts.embedder)
    retriever = OnDemandRetriever(shelf, shared, RememberedModels(parts.models, monotonic), parts.wanted)
    embedding = PassageEmbedding(shelf, shared, rates, monotonic)
    meaning = EmbeddingLoop(embedding, retriever.model, gate, news, publish, parts.rhythm)
    indexing = IndexingService(shelf, gate, reading, loop, importer, lanes.quick, publish)
    indexing.run_on(lanes.reading, lanes.meaning, meaning)
    library = LibraryService(shelf, importer, indexing, rates, lanes.quick, lanes.intake, publish)
    return LibraryHouse(
        library=library,
        indexing=indexing,
        search=PassageSearch(retriever, lanes.quick, lanes.finding, publish),
        pages=PageService(shelf, parts.drawer, indexing.password, importer, lanes.quick, lanes.drawing, publish),
        retriever=retriever,
        verbs=LocalLibraryVerbs(shelf, library, retriever, announcer),
        embedder=shared,
    )


def _split(page: Page, above: Headings) -> tuple[tuple[Split, ...], Headings]:
    from desktop.services import splitting  # noqa: PLC0415 - needed by the first document, not by the start

    return splitting.split(page, above)


def _language_of(text: str) -> str:
    from desktop.services import languages  # noqa: PLC0415 - as above

    return languages.language(text)
