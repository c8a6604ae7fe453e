"""Looking things up in the library: passages as you type, and pages as they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.core.coverage import SourceId
from desktop.core.document_errors import SourceAltered, SourceGone
from desktop.core.documents import DRAWN, PageWish
from desktop.core.errors import AppError, Cancelled
from desktop.core.library import EmbeddingModel, Hit, Keeping, LibrarySource, PageShown, Presence, Scope
from desktop.core.library_events import LibrarySearched, PageOpened, PagePictured
from desktop.core.library_ports import DocumentReader
from desktop.core.media import Picture, Source
from desktop.core.ports import Publish
from desktop.services.importing import Importer, digest_of, found_file
from desktop.services.keeping import opened
from desktop.services.lanes import Work
from desktop.services.shelf import Shelf

MOST_HITS = 30


class Finder(Protocol):
    """Finds passages for a query, best first."""

    def by_words(self, question: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Return what holds its words; at once."""

    def search(self, question: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Return what fits it by its words and its meaning."""

    def model(self) -> EmbeddingModel | None:
        """Return the model that finds by meaning, None where there is none."""


class PassageSearch:
    """Searches as somebody types: by words at once, then by meaning; only the newest query is looked for."""

    def __init__(self, finder: Finder, quick: Work, finding: Work, publish: Publish) -> None:
        """Look for nothing yet.

        Args:
            finder: finds.
            quick: a lane for what takes no time.
            finding: a lane for the search by meaning, which may have to start a process first.
            publish: announces.
        """
        self._finder = finder
        self._quick = quick
        self._finding = finding
        self._publish = publish
        self._token = ""

    def search(self, query: str, scope: Scope, token: str) -> None:
        """Announce LibrarySearched by words with `complete` False, then with what is found by meaning too."""
        self._token = token

        def by_words() -> None:
            if self._token != token:
                return
            hits = self._finder.by_words(query, scope, MOST_HITS) if query.strip() else ()
            more = bool(query.strip()) and self._finder.model() is not None
            self._publish(LibrarySearched(token, query, hits, complete=not more))
            if more:
                self._finding.submit(lambda: by_meaning(hits))

        def by_meaning(found: tuple[Hit, ...]) -> None:
            if self._token != token:
                return
            try:
                found = self._finder.search(query, scope, MOST_HITS)
            finally:
                self._publish(LibrarySearched(token, query, found))

        self._quick.submit(by_words)

    def stop(self) -> None:
        """Look for nothing more."""
        self._token = ""


class PageService:
    """Shows pages: their text from the store at once, their look drawn from the file where it can still be had."""

    def __init__(
        self,
        shelf: Shelf,
        reader: DocumentReader,
        password: Callable[[SourceId], str],
        importer: Importer,
        quick: Work,
        drawing: Work,
        publish: Publish,
    ) -> None:
        self._shelf = shelf
        self._reader = reader
        self._password = password
        self._importer = importer
        self._quick = quick
        self._drawing = drawing
        self._publish = publish
        self._wanted: set[str] = set()
        self._current = ""

    def open_page(self, source: SourceId, page: int, token: str, width: int = 1000) -> None:
        """Announce PageOpened, then PagePictured if pages of this kind have a look; Failed if it is gone."""
        self._wanted.add(token)

        def job() -> None:
            if token not in self._wanted:
                return
            sources = self._shelf.library.sources
            shown = PageShown(self._at_present(sources.get(source)), sources.page(source, page))
            self._publish(PageOpened(token, shown))
            if shown.source.kind in DRAWN:
                self._drawing.submit(lambda: self._draw(shown, token, width))
            else:
                self._wanted.discard(token)

        self._quick.submit(job)

    def leave(self, token: str) -> None:
        """Nobody looks at it any more: it is not drawn."""
        self._wanted.discard(token)
        if self._current == token:
            self._reader.cancel()

    def stop(self) -> None:
        """Draw nothing more: the app is closing."""
        self._wanted.clear()
        self._reader.cancel()

    def close(self) -> None:
        """End the reader's process; after its lane."""
        self._reader.cancel()
        self._reader.close()

    def _at_present(self, source: LibrarySource) -> LibrarySource:
        """Return the source with what became of its file by now: one that is linked may be gone."""
        if source.keeping is Keeping.LINKED and source.presence is not Presence.CHANGED:
            there = found_file(Path(source.path)) is not None
            if there != (source.presence is Presence.HERE):
                return self._importer.note_presence(source, Presence.HERE if there else Presence.GONE)
        return source

    def _draw(self, shown: PageShown, token: str, width: int) -> None:
        source, number = shown.source, shown.page.number
        picture: Picture | None = None
        failed: AppError | None = None
        self._current = token
        try:
            if token not in self._wanted:
                return
            picture = self._look(source, PageWish(number, width, self._password(source.id)))
        except Cancelled:
            return
        except AppError as error:
            failed = error
        except BaseException:
            self._publish(PagePictured(token, source.id, number, None, AppError()))
            raise
        finally:
            self._current = ""
            self._wanted.discard(token)
        self._publish(PagePictured(token, source.id, number, picture, failed))

    def _look(self, source: LibrarySource, wish: PageWish) -> Picture:
        if source.keeping is Keeping.COPY:
            with self._shelf.attachments.open(source.digest, source.name) as kept:
                return self._reader.look(kept, wish)
        file = found_file(Path(source.path))
        if source.presence is Presence.GONE or file is None:
            raise SourceGone(name=source.name)
        changed = source.presence is Presence.CHANGED
        if changed or (not file.is_the_file_of(source) and digest_of(file) != source.digest):
            raise SourceAltered(name=source.name)
        with opened(file.path, source.name) as handle:
            return self._reader.look(Source(handle, source.name), wish)
