"""The words of a document as a reader sees them, and where in the document each one stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from desktop.ui.chat.formula_placer import OBJECT, formula_sources

WIDEST = "\uffff"
"""Letters beyond it take two places in a document."""


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a document, formulas as their LaTeX.

    `places` has the position in the document of each letter and of the end; empty when they are the same as in the
    text. `passed_over` are ranges of letters that no one wrote: the line above each code block.
    """

    text: str
    places: tuple[int, ...] = ()
    passed_over: tuple[tuple[int, int], ...] = ()

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield where the pattern is found, as positions in the document."""
        for found in pattern.finditer(self.text):
            start, end = found.span()
            if start == end or any(low <= start < high for low, high in self.passed_over):
                continue
            yield (self.places[start], max(self.places[end], self.places[start] + 1)) if self.places else (start, end)


def words_of(document: QTextDocument) -> Words:
    """Read a document."""
    text = document.toPlainText()
    heads = _heads(document)
    if OBJECT not in text and (text.isascii() or max(text, default="") <= WIDEST):
        return Words(text, (), heads)
    sources = iter(formula_sources(document))
    letters, places, position = [], [], 0
    for letter in text:
        shown = next(sources, letter) if letter == OBJECT else letter
        letters.append(shown)
        places += [position] * len(shown)
        position += 1 + (letter > WIDEST)
    places.append(position)
    index = {place: at for at, place in reversed(list(enumerate(places)))}
    return Words("".join(letters), tuple(places), tuple((index[low], index[high]) for low, high in heads))


def _heads(document: QTextDocument) -> tuple[tuple[int, int], ...]:
    """Where the lines above the code blocks stand, which name the language and offer to copy."""
    found = []
    for frame in document.rootFrame().childFrames():
        if not isinstance(frame, QTextTable):
            block = QTextCursor(frame.firstCursorPosition()).block()
            found.append((block.position(), block.position() + block.length() - 1))
    return tuple(found)
