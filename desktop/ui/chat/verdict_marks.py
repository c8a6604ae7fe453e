"""Marks in an answer what its sources do not bear out: a dotted line below the words, the reason as its tool tip."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from desktop.core.grounding import Check
from desktop.ui.chat.citation_links import fragments
from desktop.ui.chat.document_words import words_of
from desktop.ui.chat.markdown_styles import units
from desktop.ui.chat.verdict_words import LOUD, reason
from desktop.ui.sources.wording import plain_tip
from desktop.ui.theme import Theme

_WORD = re.compile(r"[^\W_]+")
FAR = 400
"""Words that are looked over for the beginning of a statement: what stands between may be code or a drawing."""


def warning_color(theme: Theme) -> str:
    """Return the colour of what should be looked at: amber, on either ground."""
    return "#e0b252" if theme.is_dark else "#9a6400"


@dataclass(frozen=True, slots=True)
class Statement:
    """A compared sentence and where it stands, as positions in the document."""

    check: Check
    start: int
    end: int


def statements(document: QTextDocument, text: str, checks: Sequence[Check]) -> Iterator[Statement]:
    """Yield where compared sentences stand; those that read otherwise on the page are left out.

    Why by words: the places of a check are letters of the Markdown, and its signs are not on the page.
    """
    page = words_of(document)
    found = [(one.group(), one.start(), one.end()) for one in _WORD.finditer(page.text)]
    words, at = [one[0] for one in found], 0
    for check in checks:
        wanted = _WORD.findall(text[check.start : check.end])
        place = _place(words, wanted, at)
        if place is None:
            continue
        start, end = found[place][1], found[place + len(wanted) - 1][2]
        at = place + len(wanted)
        yield Statement(check, *((page.places[start], page.places[end]) if page.places else (start, end)))


def mark(document: QTextDocument, text: str, checks: Sequence[Check], theme: Theme) -> None:
    """Mark what is to be looked at; citations keep their own look."""
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    look.setUnderlineColor(QColor(warning_color(theme)))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()  # the layout follows once
    for one in list(statements(document, text, checks)):
        if one.check.verdict in LOUD:
            look.setToolTip(plain_tip(reason(one.check)))
            for start, end in _plain_pieces(document.findBlock(one.start), one.start, one.end):
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(look)
    cursor.endEditBlock()


def _place(words: list[str], wanted: list[str], at: int) -> int | None:
    if not wanted:
        return None
    for place in range(at, min(at + FAR, len(words) - len(wanted) + 1)):
        if words[place] == wanted[0] and words[place : place + len(wanted)] == wanted:
            return place
    return None


def _plain_pieces(block: QTextBlock, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a range that are no links."""
    found = []
    while block.isValid() and block.position() < end:
        for position, text, form in fragments(block):
            first, last = max(start, position), min(end, position + units(text))
            if first < last and not form.isAnchor():
                found.append((first, last))
        block = block.next()
    return found
