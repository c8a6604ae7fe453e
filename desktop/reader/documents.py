"""The DocumentReader port over a process of its own: hands it documents, passes pages on."""

from collections.abc import Iterator

from desktop.core.child import Entry
from desktop.core.documents import DocumentFacts, DocumentWish, Enclosed, Page, PageWish
from desktop.core.media import Picture, Progress, Source
from desktop.reader.process import Patience
from desktop.reader.session import ReaderSession
from desktop.reader.worker import main as worker


class LocalDocumentReader:
    """Reads documents in a child process. The time a document takes is counted page by page."""

    def __init__(self, entry: Entry = worker.run, patience: Patience | None = None) -> None:
        """Start nothing yet.

        Args:
            entry: what the child runs; tests hand in a scripted one.
            patience: what a file and a page may take.
        """
        self._session = ReaderSession(entry, patience)

    @property
    def pid(self) -> int | None:
        """The number of the running process, for tests."""
        return self._session.pid

    def read(self, source: Source, wish: DocumentWish) -> Iterator[DocumentFacts | Page | Enclosed | Progress]:
        """Read a document: its facts, then its pages in order, then what is enclosed. Leaving early stops it.

        AppError when it cannot be read, ReaderHung when a page takes too long; Cancelled after `cancel`.
        """
        return self._session.many(source, wish, DocumentFacts, Page, Enclosed)

    def look(self, source: Source, wish: PageWish) -> Picture:
        """Draw a page; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._session.one(source, wish, Picture)

    def cancel(self) -> None:
        """End what is being read soon; its caller gets Cancelled. From any thread."""
        self._session.cancel()

    def close(self) -> None:
        """End the process. From the user thread; from any other, `cancel` first."""
        self._session.close()
