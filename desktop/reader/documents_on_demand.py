"""The document reader, made when the first document comes: what drives a process is no part of the app's start."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.core.documents import DocumentFacts, DocumentWish, Enclosed, Page, PageWish
from desktop.core.media import Picture, Progress, Source

if TYPE_CHECKING:
    from desktop.reader.documents import LocalDocumentReader


class OnDemandDocumentReader:
    """A LocalDocumentReader that comes into being with the first document."""

    def __init__(self) -> None:
        self._reader: LocalDocumentReader | None = None

    def read(self, source: Source, wish: DocumentWish) -> Iterator[DocumentFacts | Page | Enclosed | Progress]:
        """Read a document page by page; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().read(source, wish)

    def look(self, source: Source, wish: PageWish) -> Picture:
        """Draw a page; AppError when it cannot be read, Cancelled after `cancel`."""
        return self._made().look(source, wish)

    def cancel(self) -> None:
        """End what is being read soon. From any thread."""
        if self._reader:
            self._reader.cancel()

    def close(self) -> None:
        """End the process and give its memory back. From the user thread; from any other, `cancel` first."""
        if self._reader:
            self._reader.close()

    def _made(self) -> "LocalDocumentReader":
        if self._reader is None:
            from desktop.reader.documents import LocalDocumentReader  # noqa: PLC0415 - not for the start

            self._reader = LocalDocumentReader()
        return self._reader
