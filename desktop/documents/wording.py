"""Foreign text made fit to store and to show: no control characters, no halves of characters, no odd blanks."""

import re

_UNWANTED = dict.fromkeys((*range(9), 11, *range(14, 32), 127, *range(0x80, 0x85), *range(0x86, 0xA0), 0xFEFF, 0xAD))
"""Control characters but tab, line feed and form feed; the mark of byte order; the hyphen that is not seen. Below:
odd line ends and blanks, and bullets of the font of symbols."""
_UNWANTED |= {12: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n", 0xA0: " ", 0x202F: " ", 0xF0B7: "•", 0xF0A7: "•"}
_HALVES = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t]+")
_GAPS = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Return text without what no file should hold. Line ends become line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _HALVES.search(text):  # two halves that belong together are joined, others marked as unreadable
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.translate(_UNWANTED)


def one_line(text: str) -> str:
    """Return cleaned text as one line with single blanks: a heading, a cell, a title."""
    return " ".join(clean(text).split())


def lines(text: str) -> str:
    """Return cleaned text whose lines have no blanks at their ends nor more than one inside, and no wide gaps."""
    stripped = "\n".join(_BLANKS.sub(" ", line).strip() for line in clean(text).split("\n"))
    return _GAPS.sub("\n\n", stripped).strip("\n")
