"""What kind of document is this? Told by its content; the name decides only between kinds of plain text.

Standard library only but for old Office files, whose list of streams is read.
"""

import re
from pathlib import PurePath
from typing import BinaryIO

from desktop.core.document_errors import FormatTooOld, ProtectionUnknown
from desktop.core.documents import DocumentKind
from desktop.core.errors import FileDamaged, FileNotRecognised
from desktop.core.media import PICTURES
from desktop.documents import archive
from desktop.documents.damage import Parsing
from desktop.media.probe import of_bytes

HEAD_BYTES = 64 * 1024
_BLANK = b"\xef\xbb\xbf\0 \t\r\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": DocumentKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": DocumentKind.ODS,
    b"application/vnd.oasis.opendocument.presentation": DocumentKind.ODP,
    b"application/epub+zip": DocumentKind.EPUB,
}
_OPEN = {".odt": DocumentKind.ODT, ".ods": DocumentKind.ODS, ".odp": DocumentKind.ODP}
_OF_STREAMS = (".xls", ".msg", ".doc", ".ppt")
_PARTS = (
    ("word/", DocumentKind.DOCX),
    ("xl/", DocumentKind.XLSX),
    ("ppt/", DocumentKind.PPTX),
    ("meta-inf/container.xml", DocumentKind.EPUB),
)
_BY_NAME = {
    ".csv": DocumentKind.CSV, ".tsv": DocumentKind.TSV, ".xls": DocumentKind.CSV, ".xlsx": DocumentKind.CSV,
    ".md": DocumentKind.MARKDOWN, ".markdown": DocumentKind.MARKDOWN, ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML, ".xhtml": DocumentKind.HTML, ".eml": DocumentKind.EML,
}  # fmt: skip
"""Sheets that programs save as text but call .xls are common."""
_HTML = re.compile(
    rb"(?:<\?xml[^>]*+>\s*+|<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I | re.S
)
_HEADER = re.compile(rb"(?:>?From [^\n]*\n)?((?:[A-Za-z][A-Za-z0-9-]*:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)++)\r?\n")
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.M)
_OF_MAIL = {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"}
_OF_ANY_MAIL = {b"from", b"date", b"to", b"subject"}
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 26, 27})


def kind_of(file: BinaryIO, name: str) -> DocumentKind:
    """Return the kind of a document. Leaves the position anywhere.

    Args:
        file: readable and seekable, binary.
        name: of the file; also what errors call it.

    Raises:
        ArchiveTooLarge: a packed file is a bomb.
        FileDamaged: a packed file cannot be opened.
        FileNotRecognised: it is none of ours.
        FormatTooOld: it is of a kind that no kept library reads.
        ProtectionUnknown: it is encrypted.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if head.startswith(_OLE):
        return _of_streams(file, name)
    if head.startswith(_ZIP):
        return _of_parts(file, name)
    bare = head.lstrip(_BLANK)
    if bare.startswith(b"%PDF-") or (name.lower().endswith(".pdf") and b"%PDF-" in head[:1024]):
        return DocumentKind.PDF
    if bare.startswith(b"{\\rtf"):
        return DocumentKind.RTF
    if of_bytes(head) in PICTURES:
        return DocumentKind.PICTURE
    return _of_text(head, bare, name)


def _of_parts(file: BinaryIO, name: str) -> DocumentKind:
    with archive.opened(file, name) as packed:
        if "mimetype" in packed:
            mimetype = packed.read("mimetype", 1024).strip()
            kind = next((kind for start, kind in _MIMETYPES.items() if mimetype.startswith(start)), None)
            if kind:
                return kind
        if "content.xml" in packed and (kind := _OPEN.get(PurePath(name).suffix.lower())):
            return kind  # its own word for what it is got lost
        names = [part.casefold() for part in packed.names]
        for start, kind in _PARTS:
            if any(part.startswith(start) for part in names):
                return kind
    raise FileNotRecognised(name=name)


def _of_streams(file: BinaryIO, name: str) -> DocumentKind:
    import olefile  # noqa: PLC0415 - only old Office files ask for it

    file.seek(0)
    with Parsing(name), olefile.OleFileIO(file) as streams:
        names = {"/".join(path).casefold() for path in streams.listdir()}
    if "encryptedpackage" in names:
        raise ProtectionUnknown(name=name)
    if names & {"workbook", "book"}:
        return DocumentKind.XLS
    if any(one.startswith("__properties_version1.0") for one in names):
        return DocumentKind.MSG
    if "worddocument" in names:
        raise FormatTooOld(name=name, better="DOCX")
    if "powerpoint document" in names:
        raise FormatTooOld(name=name, better="PPTX")
    if PurePath(name).suffix.lower() in _OF_STREAMS:
        raise FileDamaged(name=name)
    raise FileNotRecognised(name=name)


def _of_text(head: bytes, bare: bytes, name: str) -> DocumentKind:
    by_name = _BY_NAME.get(PurePath(name).suffix.lower(), DocumentKind.TEXT)
    if not is_text(head):
        raise FileNotRecognised(name=name)
    if _HTML.match(bare) or (by_name is not DocumentKind.TEXT and b"<\0h\0t\0m\0l\0" in head[:2048].lower()):
        return DocumentKind.HTML
    if by_name is DocumentKind.TEXT and _is_mail(bare):
        return DocumentKind.EML
    return by_name


def _is_mail(bare: bytes) -> bool:
    found = _HEADER.match(bare)
    if not found:
        return False
    fields = {one.lower() for one in _FIELD.findall(found[1])}
    return bool(fields & _OF_MAIL) and bool(fields & _OF_ANY_MAIL)


def is_text(head: bytes) -> bool:
    """Return whether these may be the first bytes of a text in some encoding."""
    if head.startswith(_WIDE_MARKS):
        return True
    odd, even = head[1::2], head[::2]
    if len(head) > 1 and abs(odd.count(0) - even.count(0)) > 0.4 * len(odd):
        return True  # UTF-16 without its mark: every second byte of Latin script is 0
    return len(head.translate(None, _CONTROLS)) >= 0.97 * len(head)
