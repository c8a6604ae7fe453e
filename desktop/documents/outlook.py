"""MSG, Outlook's own files, to pages and enclosures. A message within a message is handed on as an EML."""

from collections.abc import Iterator
from datetime import datetime
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from typing import Any, BinaryIO

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Enclosed, Page
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import compressed_rtf, letters, richtext, web
from desktop.documents.blocks import Block, Grid, Words
from desktop.documents.damage import DAMAGE, Parsing
from desktop.documents.letters import Enclosure, Letter
from desktop.documents.wording import clean, one_line

_SUBJECT, _SENDER, _SENDER_ADDRESS, _SENDER_SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01
_TO, _COPIES, _SUBMITTED, _DELIVERED = 0x0E04, 0x0E03, 0x0039, 0x0E06
_BODY, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _DATA, _HIDDEN = 0x3707, 0x3704, 0x3001, 0x3701, 0x7FFE
_HEADER, _INNER_HEADER, _ENCLOSURE_HEADER = 32, 24, 8
"""Bytes before the properties of a message, of one within another, of an enclosure."""
_INNER = "__substg1.0_3701000D"


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page | Enclosed]:
    """Read a message. See extract.read."""
    import olefile  # noqa: PLC0415 - loaded when such a message asks for it
    from oxmsg.storage import Storage  # noqa: PLC0415

    file.seek(0)
    with Parsing(name):
        with olefile.OleFileIO(file) as streams:
            storage = Storage.from_ole(streams)
        message = _Message(storage, _HEADER)
        letter = message.letter()
        body = list(message.blocks(name))
        enclosed = tuple(message.enclosed(name, 1))
    yield from letters.read(DocumentKind.MSG, letter, body, enclosed, wish, step)


class _Message:
    """The properties of one message, those that are damaged left out."""

    def __init__(self, storage: Any, header: int) -> None:
        from oxmsg.properties import Properties  # noqa: PLC0415

        self._storage = storage
        self._properties = Properties(storage, properties_header_offset=header)

    def text(self, *ids: int) -> str:
        """Return the first of these that says something."""
        for one in ids:
            try:
                said = self._properties.str_prop_value(one)
            except DAMAGE:
                continue
            if said:
                return clean(said)
        return ""

    def data(self, which: int) -> bytes:
        """Return bytes."""
        try:
            return self._properties.binary_prop_value(which) or b""
        except DAMAGE:
            return b""

    def letter(self) -> Letter:
        """Return the head."""
        sender = one_line(self.text(_SENDER))
        address = one_line(self.text(_SENDER_SMTP, _SENDER_ADDRESS))
        if "@" in address and address != sender:
            sender = f"{sender} <{address}>".strip()
        when = self._when()
        return Letter(
            sender, one_line(self.text(_TO)), one_line(self.text(_COPIES)), when, one_line(self.text(_SUBJECT)), when
        )

    def _when(self) -> str:
        for one in (_SUBMITTED, _DELIVERED):
            try:
                date = self._properties.date_prop_value(one)
                if date is not None:
                    return str(date.isoformat())
            except DAMAGE:
                continue
        return ""

    def blocks(self, name: str) -> Iterator[Block]:
        """Yield the words: the plain ones, or else those of the HTML, or else those of the rich text."""
        plain = self.text(_BODY)
        if plain.strip():
            yield from letters.plain_blocks(plain)
            return
        said = self.text(_HTML)
        if said or (html := self.data(_HTML)):
            tree = web.tree_of_text(said, name) if said else web.tree_of(html, name, DocumentWish())
            yield from web.blocks(tree)
            return
        if rich := self.data(_RTF):
            yield from richtext.blocks(compressed_rtf.unpacked(rich), name)

    def enclosed(self, name: str, depth: int) -> Iterator[Enclosure]:
        """Yield the files, and the messages within."""
        for number, storage in enumerate(self._storage.iter_attachment_storages(), 1):
            one = _Message(storage, _ENCLOSURE_HEADER)
            called = one.text(_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME)
            inner = next((part for part in storage.storages if part.name == _INNER), None)
            if inner is not None:
                if depth < letters.DEEPEST:
                    yield _as_mail(_Message(inner, _INNER_HEADER), called, number, name, depth)
            elif data := one.data(_DATA):
                yield Enclosure(letters.file_name(called, number, ".bin"), data)


def _as_mail(inner: _Message, called: str, number: int, name: str, depth: int) -> Enclosure:
    letter = inner.letter()
    mail = MIMEMultipart()
    for field, said in (
        ("From", letter.sender), ("To", letter.to), ("Cc", letter.copies), ("Subject", letter.subject),
    ):  # fmt: skip
        if said:
            mail[field] = Header(said, "utf-8").encode()
    if letter.when:
        mail["Date"] = format_datetime(datetime.fromisoformat(letter.when))
    try:
        body = "\n\n".join(_words(block) for block in inner.blocks(name))
    except FileDamaged:
        body = ""
    mail.attach(MIMEText(body, "plain", "utf-8"))
    for one in inner.enclosed(name, depth + 1):
        part = MIMEApplication(one.data)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", one.name))
        mail.attach(part)
    title = letter.subject or called.removesuffix(".msg")
    return Enclosure(letters.file_name(f"{title}.eml" if title else "", number, ".eml"), mail.as_bytes())


def _words(block: Block) -> str:
    match block:
        case Words(text):
            return text
        case Grid(rows):
            return "\n".join(" | ".join(row) for row in rows)
        case _:
            return ""
