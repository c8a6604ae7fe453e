"""Reads a document in this process, as the reader would."""

import io

from desktop.core.documents import DocumentFacts, DocumentWish, Enclosed, Page
from desktop.documents import extract


def no_step(done: int, total: int) -> None:
    """Nobody asks to stop."""


def read(data: bytes, name: str = "a.pdf", wish: DocumentWish | None = None) -> list[DocumentFacts | Page | Enclosed]:
    return list(extract.read(io.BytesIO(data), name, wish or DocumentWish(), no_step))


def pages(data: bytes, name: str = "a.pdf", wish: DocumentWish | None = None) -> list[Page]:
    return [one for one in read(data, name, wish) if isinstance(one, Page)]
