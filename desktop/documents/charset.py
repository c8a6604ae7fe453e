"""Which encoding is a text in? The mark of byte order, then strict UTF-8, then a guess from its bytes.

Why the guess is not taken as it comes: the Western single-byte encodings differ in so few bytes that statistics mix
them up. Among those the person's languages decide.
"""

import codecs
import locale
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from desktop.documents.wording import clean

CHUNK = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_CHECKED = 64 * 1024 * 1024
"""How far a text is followed to see whether it is UTF-8 to the end."""
_CENTRAL = frozenset(("pl", "cs", "sk", "hu", "sl", "hr", "ro", "sq", "bs"))
_PAGES = {"tr": "cp1254", "et": "cp1257", "lv": "cp1257", "lt": "cp1257"} | dict.fromkeys(_CENTRAL, "cp1250")
_LATIN = frozenset((
    "cp1250", "cp1252", "cp1254", "cp1257", "latin_1", "iso8859_1", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_9",
    "iso8859_10", "iso8859_13", "iso8859_14", "iso8859_15", "iso8859_16", "mac_roman", "mac_latin2", "mac_iceland",
    "mac_turkish", "cp437", "cp775", "cp850", "cp852", "cp857", "cp858", "cp860", "cp861", "cp863", "cp865", "cp037",
    "cp1140", "cp500", "cp273", "cp1026", "hp_roman8", "ascii",
))  # fmt: skip


def encoding_of(file: BinaryIO, languages: Sequence[str] = ()) -> str:
    """Return the encoding of an open text. Leaves the position at its start.

    Args:
        file: readable and seekable, binary.
        languages: two-letter codes, likeliest first; empty: that of the system.
    """
    file.seek(0)
    head = file.read(_SAMPLE)
    encoding = _by_mark(head) or _wide(head) or (_utf8(file) and "utf-8") or _guessed(head, languages)
    file.seek(0)
    return encoding


def decoded(data: bytes, languages: Sequence[str] = (), said: str = "") -> str:
    """Return bytes as text: as what they say they are where that fits, else as what they look like."""
    if said:
        try:
            return data.decode(said)
        except (LookupError, ValueError):
            pass
    marked = _by_mark(data[:8])
    if marked:
        return data.decode(marked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_wide(data[:_SAMPLE]) or _guessed(data[:_SAMPLE], languages), "replace")


def pieces(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield an open text from its start, some hundred thousand characters at a time, cleaned."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    held = ""
    while data := file.read(CHUNK):
        text = held + decoder.decode(data)
        held = text[-1:] if text.endswith("\r") else ""  # its line feed may come with the next piece
        yield clean(text[: len(text) - len(held)])
    yield clean(held + decoder.decode(b"", final=True))


def lines(file: BinaryIO, encoding: str, longest: int) -> Iterator[str]:
    """Yield the lines of an open text with their ends; one that is longer than that comes in parts."""
    rest = ""
    for piece in pieces(file, encoding):
        rest += piece
        whole = rest.split("\n")
        rest = whole.pop()
        for line in whole:
            yield from _parts(line + "\n", longest)
        while len(rest) > longest:
            yield rest[:longest]
            rest = rest[longest:]
    if rest:
        yield from _parts(rest, longest)


def _parts(line: str, longest: int) -> Iterator[str]:
    for at in range(0, len(line), longest):
        yield line[at : at + longest]


def _by_mark(head: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every second byte of Latin script is 0."""
    odd, even = head[1::2], head[::2]
    if len(head) < 4 or abs(odd.count(0) - even.count(0)) < 0.4 * len(even):
        return ""
    return "utf-16-le" if odd.count(0) > even.count(0) else "utf-16-be"


def _utf8(file: BinaryIO) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for _ in range(_CHECKED // CHUNK):
            data = file.read(CHUNK)
            decoder.decode(data, final=not data)
            if not data:
                break
    except UnicodeDecodeError:
        return False
    return True


def _guessed(head: bytes, languages: Sequence[str]) -> str:
    import charset_normalizer  # noqa: PLC0415 - only texts that are no UTF-8 ask for it

    ours = _page_of(languages)
    best = charset_normalizer.from_bytes(head[: head.rfind(b"\n") + 1] or head).best()
    guess = best.encoding if best else ours
    if guess not in _LATIN:
        return guess
    try:
        text = head.decode(ours)
    except UnicodeDecodeError:
        return guess
    return guess if any("\x80" <= one < "\xa0" for one in text) else ours


def _page_of(languages: Sequence[str]) -> str:
    if languages:
        return _PAGES.get(languages[0], "cp1252")
    system = locale.getlocale()[0] or ""
    return _PAGES.get(system[:2].lower(), "cp1252")
