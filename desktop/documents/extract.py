"""Reads any document: tells its kind, checks its size, hands it to the module of its format.

What every format has in common is done here: a file that breaks off half way keeps the pages before, a file without
a word is said to be empty, and a parser that this build lacks is named.
"""

import importlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from desktop.core.document_errors import DocumentEmpty
from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Enclosed, Page, Trouble
from desktop.core.errors import FileDamaged, PartLeftOut
from desktop.core.media import Step
from desktop.documents import probe
from desktop.media.limits import MEGABYTE, check_size

Found = DocumentFacts | Page | Enclosed
Reader = Callable[[BinaryIO, str, DocumentWish, Step], Iterator[Found]]

READERS = {
    DocumentKind.PDF: ("pdf", 4_000),
    DocumentKind.PICTURE: ("picture", 256),
    DocumentKind.DOCX: ("word", 512),
    DocumentKind.XLSX: ("sheets", 512),
    DocumentKind.XLS: ("sheets", 512),
    DocumentKind.ODS: ("sheets", 512),
    DocumentKind.PPTX: ("slides", 2_000),
    DocumentKind.ODT: ("opendocument", 512),
    DocumentKind.ODP: ("opendocument", 2_000),
    DocumentKind.RTF: ("richtext", 64),
    DocumentKind.HTML: ("web", 64),
    DocumentKind.EPUB: ("book", 512),
    DocumentKind.EML: ("mail", 150),
    DocumentKind.MSG: ("outlook", 150),
    DocumentKind.CSV: ("delimited", 2_000),
    DocumentKind.TSV: ("delimited", 2_000),
    DocumentKind.MARKDOWN: ("markdown", 256),
    DocumentKind.TEXT: ("plain", 2_000),
}
"""The module of each kind, and how many megabytes such a file may have."""


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[Found]:
    """Read a document: its facts, its wished pages in order, what is enclosed.

    Args:
        file: readable and seekable, binary.
        name: of the file; also what errors call it.
        wish: from which page on, and what helps to read it.
        step: takes progress; may raise Cancelled.

    Yields:
        What was found. A page that cannot be read says so in its trouble.

    Raises:
        DocumentEmpty: there is not a word in it, and no page says why.
        DocumentLocked: it needs a password.
        FileDamaged: nothing of it can be read.
        AppError: it cannot be read for another reason that is told.
    """
    kind = probe.kind_of(file, name)
    module, megabytes = READERS[kind]
    check_size(file, name, megabytes * MEGABYTE)
    last, filled = 0, wish.first > 1
    try:
        for found in reader_of(module, name)(file, name, wish, step):
            if isinstance(found, Page):
                last = found.number
                filled = filled or bool(found.text.strip()) or found.trouble is not None
            filled = filled or isinstance(found, Enclosed)
            yield found
    except FileDamaged:
        if not last and wish.first == 1:
            raise
        yield Page(max(last + 1, wish.first), "", trouble=Trouble.DAMAGED)
        return
    if not filled:
        raise DocumentEmpty(name=name)


def reader_of(module: str, name: str) -> Reader:
    """Load the module of a format.

    Raises:
        PartLeftOut: this build comes without what it needs.
    """
    try:
        reader: Reader = importlib.import_module(f"desktop.documents.{module}").read
    except ModuleNotFoundError as error:
        raise PartLeftOut(name=name) from error
    return reader
