"""EML to pages and enclosures. The plain words are preferred; a message in HTML alone is reduced to its words.

Why headers are decoded here and not by the library's newer policy: that one takes minutes for a hostile list of
addresses, and raises what it should not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_binary_file
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from desktop.core.document_errors import ProtectionUnknown
from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Enclosed, Page
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import charset, letters, web
from desktop.documents.blocks import Block, Words
from desktop.documents.damage import DAMAGE, Parsing
from desktop.documents.letters import Enclosure, Letter
from desktop.documents.wording import one_line

Part = Message
_ENDINGS = {
    "application/pdf": ".pdf", "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "image/jpeg": ".jpg",
    "image/png": ".png", "image/tiff": ".tif", "application/rtf": ".rtf", "text/rtf": ".rtf", "message/rfc822": ".eml",
    "application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-outlook": ".msg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt", "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}  # fmt: skip
"""Of enclosures without a name. Python's own list would open files of the system, which the reader may not."""
_SMALL_PICTURE = 20_000
"""Bytes: one that is shown within the words and no larger is a logo."""
_TOO_DEEP = "A message that lies too deep within others was left out."
_BROKEN: tuple[type[Exception], ...] = (*DAMAGE, MessageError)


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page | Enclosed]:
    """Read a message. See extract.read."""
    file.seek(0)
    with Parsing(name, MessageError):
        message = message_from_binary_file(file)
        _check_protection(message, name)
        content = Content(wish)
        content.gather(message)
        letter = letter_of(message)
    yield from letters.read(DocumentKind.EML, letter, content.blocks(name), tuple(content.enclosed), wish, step)


def _check_protection(message: Part, name: str) -> None:
    kind = message.get_content_type()
    enveloped = "signed-data" not in str(message.get_param("smime-type", ""))
    if kind == "multipart/encrypted" or (kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and enveloped):
        raise ProtectionUnknown(name=name)


def letter_of(message: Part) -> Letter:
    """Return the head of a message."""
    date = header(message, "date")
    try:
        when = parsedate_to_datetime(date).isoformat()
    except _BROKEN:
        when = ""
    return Letter(
        header(message, "from"), header(message, "to"), header(message, "cc"), date, header(message, "subject"), when
    )


def header(message: Part, field_: str) -> str:
    """Return a header, decoded where that can be done."""
    return decoded_header(message.get(field_, ""))


def decoded_header(said: object) -> str:
    """Return words that were encoded to pass through a header."""
    try:
        return one_line(str(make_header(decode_header(str(said)))))
    except _BROKEN:
        return one_line(str(said))


@dataclass(slots=True)
class Content:
    """What lies in a message: words, and files."""

    wish: DocumentWish
    texts: list[tuple[bool, str]] = field(default_factory=list)
    """Whether it is HTML, and the text."""
    enclosed: list[Enclosure] = field(default_factory=list)
    left_out: bool = False

    def blocks(self, name: str) -> Iterator[Block]:
        """Yield the words."""
        for is_html, text in self.texts:
            if not is_html:
                yield from letters.plain_blocks(text)
                continue
            try:
                yield from web.blocks(web.tree_of_text(text, name))
            except FileDamaged:
                yield from letters.plain_blocks(text)
        if self.left_out:
            yield Words(f"[{_TOO_DEEP}]")

    def gather(self, part: Part) -> None:
        """Take a part in, and all its parts."""
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            self._enclose_message(part)
        elif kind == "multipart/alternative":
            self.gather_best(part)
        elif part.is_multipart():
            for inner in _parts(part):
                self.gather(inner)
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not _name(part):
            self.texts.append((kind == "text/html", self._text(part)))
        else:
            self._enclose(part)

    def gather_best(self, part: Part) -> None:
        """Take in the plain one of several versions of the same words, or else the last, which is the richest."""
        versions = [Content(self.wish) for _ in _parts(part)]
        for version, inner in zip(versions, _parts(part), strict=True):
            version.gather(inner)
            self.enclosed += version.enclosed
            self.left_out = self.left_out or version.left_out
        spoken = [one for one in versions if any(text.strip() for _, text in one.texts)]
        plain = [one for one in spoken if not any(is_html for is_html, _ in one.texts)]
        best = plain[:1] or spoken[-1:]
        self.texts += best[0].texts if best else []

    def _text(self, part: Part) -> str:
        said = part.get_content_charset() or ""
        return charset.decoded(_payload(part), self.wish.languages, "" if said == "us-ascii" else said)

    def _enclose(self, part: Part) -> None:
        data = _payload(part)
        logo = part.get_content_maintype() == "image" and part["content-id"] and len(data) < _SMALL_PICTURE
        if data and not (logo and part.get_content_disposition() != "attachment"):
            ending = _ENDINGS.get(part.get_content_type(), ".bin")
            self.enclosed.append(Enclosure(letters.file_name(_name(part), len(self.enclosed) + 1, ending), data))

    def _enclose_message(self, part: Part) -> None:
        inner = _parts(part)[0]
        self.left_out = _prune(inner, 1) or self.left_out
        subject = header(inner, "subject")
        name = letters.file_name(f"{subject}.eml" if subject else "", len(self.enclosed) + 1, ".eml")
        self.enclosed.append(Enclosure(name, packed(inner)))


def packed(message: Part) -> bytes:
    """Return a message as the bytes of a file."""
    try:
        return message.as_bytes()
    except _BROKEN:
        return message.as_string().encode("utf-8", "replace")


def _prune(part: Part, depth: int) -> bool:
    """Take out messages that lie deeper than is followed; return whether there were any."""
    pruned = False
    for inner in _parts(part):
        if inner.get_content_type() != "message/rfc822":
            pruned = _prune(inner, depth) or pruned
        elif depth >= letters.DEEPEST:
            for field_ in ("content-disposition", "content-type", "content-transfer-encoding"):
                del inner[field_]
            inner.set_payload(_TOO_DEEP, "us-ascii")
            pruned = True
        else:
            pruned = _prune(inner, depth + 1) or pruned
    return pruned


def _parts(part: Part) -> list[Part]:
    found = part.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def _payload(part: Part) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _name(part: Part) -> str:
    return decoded_header(part.get_filename() or "")
