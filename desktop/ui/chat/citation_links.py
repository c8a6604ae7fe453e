"""Makes links of the citations in a document, with what they lead to as their tool tips."""

from collections.abc import Iterator, Mapping

from PySide6.QtGui import QBrush, QColor, QTextBlock, QTextCharFormat, QTextCursor

from desktop.core.grounding import FoundPassage
from desktop.ui.chat.citations import address_of, citations
from desktop.ui.chat.markdown_styles import PIXELS, SPOKEN, units
from desktop.ui.sources.wording import named, tool_tip
from desktop.ui.theme import Theme

SMALL = 12


def link_citations(block: QTextBlock, theme: Theme, passages: Mapping[int, FoundPassage]) -> None:
    """Make links of the citations of a block; code, other links and numbers that are no source stay as they are."""
    if "[" not in block.text():
        return
    found = [
        (position + units(text[:start]), end - start, number)
        for position, text, form in fragments(block)
        if not (form.isAnchor() or form.fontFamilies())  # only code has a font of its own
        for start, end, number in citations(text)
        if number in passages
    ]
    for start, length, number in found:
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(_look(theme, passages[number]))


def fragments(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    """Yield the pieces of a block that look the same: where each begins, its words, its look."""
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        yield fragment.position(), fragment.text(), fragment.charFormat()
        pieces += 1


def _look(theme: Theme, passage: FoundPassage) -> QTextCharFormat:
    link = QTextCharFormat()
    link.setAnchor(True)
    link.setAnchorHref(address_of(passage.number))
    link.setToolTip(tool_tip(passage))
    link.setProperty(SPOKEN, named(passage))
    link.setForeground(QBrush(QColor(theme.accent)))
    link.setBackground(QBrush(QColor(theme.bubble)))
    link.setProperty(PIXELS, theme.px(SMALL))
    return link
