"""Writes an answer into a document, in slices and as it grows."""

from PySide6.QtGui import QTextDocument

from desktop.core.conversations import StoredMessage, TurnState
from desktop.ui.chat.citations import passages_of
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.markdown_writer import MarkdownWriter
from desktop.ui.theme import Theme

SLICE = 3_000
"""Letters that are written at once: a longer answer would hold the window up for more than 8 ms."""


class AnswerWriting:
    """How far one answer stands in its document."""

    def __init__(
        self, document: QTextDocument, theme: Theme, helpers: Helpers | None = None, reach: float = 0.0
    ) -> None:
        self._document, self._theme = document, theme
        self._writer = MarkdownWriter(document, theme, helpers, reach)
        self._written = 0
        self._closed = False
        self._marked = False

    @property
    def codes(self) -> list[str]:
        """The code of each fence, in order."""
        return self._writer.codes

    def has_all(self, stored: StoredMessage) -> bool:
        """Whether all words that there are now are in the document."""
        all_written = self._written == len(stored.message.text)
        return all_written and (self._closed or stored.state is TurnState.PARTIAL)

    def continues(self, before: StoredMessage, now: StoredMessage) -> bool:
        """Whether the message as it is now only goes on from what was written of it."""
        text, old = now.message.text, before.message.text
        return text == old or (not self._closed and text.startswith(old[: self._written]))

    def write(self, stored: StoredMessage) -> None:
        """Write the next slice; when all is there, mark what its sources do not bear out."""
        if not self.has_all(stored):
            self._write(stored)
        checks = stored.message.checks
        if self._closed and checks is not None and not self._marked:
            from desktop.ui.chat.verdict_marks import mark  # noqa: PLC0415 - most answers stand on no documents

            self._marked = True
            mark(self._document, stored.message.text, checks.checks, self._theme)

    def _write(self, stored: StoredMessage) -> None:
        text = stored.message.text
        if not self._writer.sources and stored.message.found is not None:
            self._writer.sources = passages_of(stored.message)
        end = min(len(text), self._written + SLICE)
        self._closed = end == len(text) and stored.state is not TurnState.PARTIAL
        self._writer.append(text[self._written : end], last=self._closed)
        self._written = end

    def fill_formulas(self) -> bool:
        """Show the formulas that have been drawn since; True when the text may have another height now."""
        return self._writer.fill_formulas()
