"""Reads a document of any kind: told by its content, then by its name, and handed to the module of its kind."""

from collections.abc import Iterator
from typing import BinaryIO

from desktop.core.documents import DocumentFacts, DocumentWish, Enclosed, Page
from desktop.core.errors import FileNotRecognised
from desktop.core.media import PICTURES, Step
from desktop.media.probe import format_of

_HEAD = 1024


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page | Enclosed]:
    """Read a document: its facts, its pages, then what is enclosed.

    Raises:
        AppError: it cannot be read.
        Cancelled: the person asked to stop.
    """
    file.seek(0)
    if b"%PDF-" in file.read(_HEAD):
        from desktop.documents import pdf  # noqa: PLC0415 - each kind loads its own library

        return pdf.read(file, name, wish, step)
    if format_of(file) in PICTURES:
        from desktop.documents import picture  # noqa: PLC0415 - as above

        return picture.read(file, name, wish, step)
    raise FileNotRecognised(name=name)
