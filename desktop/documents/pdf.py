"""Reads a PDF page by page: its own text where it has some, recognised words where a page is a picture.

A scan may carry a hidden layer of text that another program recognised. It is taken when it is sane, for it is what
other programs find and copy too; when it is not, the page is read anew.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

import pypdfium2 as pdfium
from pypdfium2 import raw

from desktop.core.documents import ENCLOSED_PIECE, DocumentFacts, DocumentWish, Enclosed, Page, Table, Trouble
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import bounds, pdf_file, pdf_lines, pdf_objects, pdf_outline, pdf_tables, plausible, tongues
from desktop.documents.sheet import Sheet

if TYPE_CHECKING:
    from desktop.documents.ocr import Recogniser

_FEW_LETTERS = 200
"""A page under a picture with fewer is a scan that was stamped or numbered."""
_COVERED = 0.5
_DOTS = (150, 300)
"""Points to an inch that a scan is read with: its own, within these."""
_USUAL_DOTS = 250
_POINTS_AN_INCH = 72
_MOST_PIXELS = 12_000_000
"""A4 with 300 to the inch has 8.7 million."""
_MOST_ENCLOSED, _MOST_ENCLOSED_BYTES = 100, 256 * 1024 * 1024
_MOST_LOST = 200
"""Pages in a row that cannot be loaded: then their number was made up."""
_FORMS = (raw.FORMTYPE_ACRO_FORM, raw.FORMTYPE_XFA_FOREGROUND)


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page | Enclosed]:
    """Read a PDF: its facts, its pages, then the files that lie in it.

    Raises:
        DocumentLocked: a password is needed, or this one is wrong.
        FileDamaged: it is no PDF that can be read.
        Cancelled: the person asked to stop.
    """
    with pdf_file.opened(file, name, wish.password) as document:
        yield pdf_file.facts(document)
        reader = _Pages(document, wish.languages)
        try:
            lost = 0
            for number in range(max(1, wish.first), len(document) + 1):
                step(number - 1, len(document))
                page = reader.page(number)
                lost = lost + 1 if page.trouble is Trouble.DAMAGED else 0
                if lost > _MOST_LOST:
                    raise FileDamaged(name=name)
                yield page
        finally:
            reader.close()
        yield from _enclosed(document, step)


@dataclass(slots=True)
class _Pages:
    """Reads single pages, and remembers what the ones before have taught."""

    document: pdfium.PdfDocument
    languages: tuple[str, ...]
    typography: pdf_lines.Typography = field(default_factory=pdf_lines.Typography)
    fills_forms: bool = field(init=False)
    outline: Mapping[int, pdf_outline.Headings] = field(init=False)
    recogniser: "Recogniser | None" = None
    without: bool = False
    """This build comes without what recognises words."""

    def __post_init__(self) -> None:
        self.fills_forms = self.document.formenv is not None and self.document.get_formtype() in _FORMS
        self.outline = pdf_outline.of(self.document)

    def close(self) -> None:
        if self.recogniser:
            self.recogniser.close()

    def page(self, number: int) -> Page:
        """Return a page; one that cannot be read comes with its trouble."""
        try:
            with self._loaded(number) as page:
                found = bounds.whole_page(self._read(page, number))
        except pdf_file.DAMAGE:
            found = Page(number, "", trouble=Trouble.DAMAGED)
        return replace(found, label=pdf_file.label(self.document, number))

    @contextmanager
    def _loaded(self, number: int) -> Iterator[pdfium.PdfPage]:
        """Load a page; what was filled into the fields of a form becomes part of its text."""
        page = self.document[number - 1]
        try:
            if self.fills_forms and raw.FPDFPage_GetAnnotCount(page.raw) and _flattened(page):
                page.close()
                page = self.document[number - 1]
            yield page
        finally:
            page.close()

    def _read(self, page: pdfium.PdfPage, number: int) -> Page:
        make = pdf_objects.look(page)
        written = pdf_lines.read(page, self.typography, self.outline.get(number))
        letters = sum(map(str.isalnum, written.text))
        sane = plausible.is_text(written.text)
        own = self._own(page, written, make, number)
        covered = make.covered >= _COVERED
        layer = covered and make.hidden > 0
        if layer:  # whose sizes are those of single words
            own = replace(own, scanned=True, headings=())
        if not sane:
            return _instead(own, self._recognised(page, make, number))
        if covered and letters < _FEW_LETTERS:
            return _more(own, self._recognised(page, make, number))
        if layer and not tongues.guess(own.text):
            recognised = self._recognised(page, make, number)
            return recognised if recognised.trouble is None and tongues.guess(recognised.text) else own
        return own

    def _own(self, page: pdfium.PdfPage, written: pdf_lines.Written, make: pdf_objects.Make, number: int) -> Page:
        tables: tuple[Table, ...] = ()
        if make.whole and pdf_tables.FEWEST_PATHS <= make.paths <= pdf_tables.MOST_PATHS and written.runs:
            written, tables = pdf_tables.add(page, written)
        trouble = None if written.whole else Trouble.CUT
        return Page(number, written.text, "", written.runs, written.headings, tables, trouble=trouble)

    def _recognised(self, page: pdfium.PdfPage, make: pdf_objects.Make, number: int) -> Page:
        if self.recogniser is None and not self.without:
            try:
                from desktop.documents.ocr import Recogniser  # noqa: PLC0415 - only scans need it
            except ModuleNotFoundError:
                self.without = True
            else:
                self.recogniser = Recogniser(self.languages)
        if self.recogniser is None:
            return Page(number, "", scanned=True, trouble=Trouble.NO_RECOGNISER)
        return self.recogniser.read(_sheet(page, make), number)


def _flattened(page: pdfium.PdfPage) -> bool:
    try:
        return bool(page.flatten() == raw.FLATTEN_SUCCESS)
    except pdfium.PdfiumError:
        return False


def _sheet(page: pdfium.PdfPage, make: pdf_objects.Make) -> Sheet:
    """Draw a page as a recogniser wants it."""
    dots = min(max(make.dots or _USUAL_DOTS, _DOTS[0]), _DOTS[1])
    width, height = page.get_size()
    scale = min(dots / _POINTS_AN_INCH, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return Sheet(bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy(), round(scale * _POINTS_AN_INCH))
    finally:
        bitmap.close()


def _instead(own: Page, recognised: Page) -> Page:
    """Take what was made out for what is no text; where nothing could be made out, say so of what there is."""
    if recognised.text and recognised.trouble is None:
        return recognised
    return replace(own, trouble=recognised.trouble or Trouble.UNSURE)


def _more(own: Page, recognised: Page) -> Page:
    """Take what was made out when it is more than the file says: what can be seen has all of it."""
    if len(recognised.text) > len(own.text):
        return recognised
    return replace(own, trouble=None if recognised.trouble is Trouble.NO_WORDS and own.text else recognised.trouble)


def _enclosed(document: pdfium.PdfDocument, step: Step) -> Iterator[Enclosed]:
    """Yield the files that lie in it; one that cannot be taken out is no part of what is read."""
    room = _MOST_ENCLOSED_BYTES
    for index in range(min(document.count_attachments(), _MOST_ENCLOSED)):
        step(index, 0)
        try:
            attachment = document.get_attachment(index)
            name, data = attachment.get_name(), bytes(attachment.get_data())
        except (pdfium.PdfiumError, UnicodeError):
            continue
        room -= len(data)
        if room < 0:
            return
        for start in range(0, max(len(data), 1), ENCLOSED_PIECE):
            piece = data[start : start + ENCLOSED_PIECE]
            yield Enclosed(pdf_lines.sound(name), piece, last=start + ENCLOSED_PIECE >= len(data))
