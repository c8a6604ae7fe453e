"""What a voice says of a document, sentence by sentence, and where in the document each one stands.

Code blocks are left out, a link is its words alone, and LaTeX is said as “formula”.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable

from desktop.core.sentences import sentences
from desktop.ui.chat.document_words import WIDEST
from desktop.ui.chat.formula_finder import prepare
from desktop.ui.chat.formula_placer import LINE_BREAK, OBJECT
from desktop.ui.chat.markdown_styles import is_code, units
from desktop.ui.i18n import translate


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """What is said, and where it stands, as positions in the document."""

    words: str
    start: int
    end: int


def spoken_sentences(document: QTextDocument) -> tuple[SpokenSentence, ...]:
    """Read a document; its sentences are as many whether its formulas are drawn by now or not."""
    return tuple(_sentences(document))


def _sentences(document: QTextDocument) -> Iterator[SpokenSentence]:
    formula = translate("chat", "formula")
    block = document.begin()
    while block.isValid():
        if block.text().strip() and not _is_code(block):
            yield from _of_block(block, formula)
        block = block.next()


def _is_code(block: QTextBlock) -> bool:
    frame = QTextCursor(block).currentFrame()
    return is_code(block) or (frame != block.document().rootFrame() and not isinstance(frame, QTextTable))


def _of_block(block: QTextBlock, formula: str) -> Iterator[SpokenSentence]:
    text, first = block.text(), block.position()
    formulas = tuple(_formulas(text))
    if not formulas and max(text) <= WIDEST:
        for start, end in sentences(text):
            yield SpokenSentence(text[start:end], first + start, first + end)
        return
    said, at = "", 0
    places: list[int] = []
    for start, end in (*formulas, (len(text), len(text))):
        said += text[at:start]
        places += range(at, start)
        if start < end:
            said += formula
            places += [start] * len(formula)
        at = end
    places.append(len(text))
    for start, end in sentences(said):
        low, high = units(text[: places[start]]), units(text[: places[end]])
        yield SpokenSentence(said[start:end], first + low, first + max(high, low + 1))


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    """Yield where formulas stand in a paragraph: as drawings, or as the LaTeX of those that are not drawn."""
    found = [(one.start(), one.end()) for one in re.finditer(OBJECT, text)]
    at, lines = 0, text.replace(LINE_BREAK, "\n")
    for formula in prepare(lines).formulas:
        start = lines.find(formula.raw, at)
        if start >= 0:
            at = start + len(formula.raw)
            found.append((start, at))
    yield from sorted(found)
