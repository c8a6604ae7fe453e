"""Opens a PDF and tells what it says of itself."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

import pypdfium2 as pdfium
from pypdfium2 import raw

from desktop.core.document_errors import DocumentLocked
from desktop.core.documents import DocumentFacts, DocumentKind
from desktop.core.errors import FileDamaged

DAMAGE = (pdfium.PdfiumError, ctypes.ArgumentError, ValueError, ArithmeticError)
"""What is raised where a page cannot be, or is of a size that no number holds."""
LONGEST_FACT = 500
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?\s*(?:([+-])(\d\d)'?(\d\d)?|Z)?")


@contextmanager
def opened(file: BinaryIO, name: str, password: str) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF; closed at the end.

    Raises:
        DocumentLocked: a password is needed, or this one is wrong.
        FileDamaged: it is no PDF that can be read.
    """
    try:
        document = pdfium.PdfDocument(file, password=password or None)
    except pdfium.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise DocumentLocked(name=name) from error
        raise FileDamaged(name=name) from error
    except ValueError as error:  # a password with characters that none can have
        raise DocumentLocked(name=name) from error
    try:
        with suppress(pdfium.PdfiumError):  # without it the rest can still be read
            document.init_forms()  # before a page is counted: what was filled in is drawn and read only then
        if len(document) == 0:
            raise FileDamaged(name=name)
        yield document
    except DAMAGE as error:
        raise FileDamaged(name=name) from error
    finally:
        document.close()


def facts(document: pdfium.PdfDocument) -> DocumentFacts:
    """Return what a PDF says of itself."""
    told = document.get_metadata_dict()
    title, author = (_line(told.get(key, "")) for key in ("Title", "Author"))
    date = iso_date(told.get("CreationDate", "")) or iso_date(told.get("ModDate", ""))
    return DocumentFacts(DocumentKind.PDF, len(document), title, author, date)


def label(document: pdfium.PdfDocument, number: int) -> str:
    """Return what stands on a page as its number, empty where that is its number."""
    try:
        text = _line(document.get_page_label(number - 1))
    except (pdfium.PdfiumError, UnicodeError):
        return ""
    return "" if text == str(number) else text


def iso_date(told: str) -> str:
    """Return the date of a PDF as ISO 8601, empty where it is none."""
    match = _DATE.match(told)
    if match is None:
        return ""
    year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
    if not ("01" <= (month or "01") <= "12" and "01" <= (day or "01") <= "31"):
        return ""
    date = f"{year}-{month or '01'}-{day or '01'}"
    if hour is None or hour > "23" or minute > "59":
        return date
    zone = f"{sign}{hours}:{minutes or '00'}" if sign else ("Z" if "Z" in match[0] else "")
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"


def _line(text: str) -> str:
    """Return one line of text without what nobody sees."""
    sound = text.encode("utf-8", "ignore").decode("utf-8")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in sound).split())[:LONGEST_FACT]
