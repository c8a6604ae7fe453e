"""What messages read like on the page, made off the page and kept: for finding and copying what is out of sight."""

import time
from dataclasses import dataclass, field

from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.messages import Role
from desktop.ui.chat.answer_writing import AnswerWriting
from desktop.ui.chat.document_words import Words, words_of
from desktop.ui.chat.formula_placer import plain_text
from desktop.ui.chat.selection import Part
from desktop.ui.theme import Theme


@dataclass(slots=True)
class _Page:
    """An answer that is being written off the page."""

    stored: StoredMessage
    writing: AnswerWriting
    document: QTextDocument = field(repr=False)


class Renderings:
    """Writes answers the way their views do; a page under way goes on where it was when more words have come."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._words: dict[int, tuple[str, Words]] = {}
        self._pages: dict[int, _Page] = {}

    def forget(self) -> None:
        """Keep nothing: another conversation is shown."""
        self._words.clear()
        self._pages.clear()

    def words(self, stored: StoredMessage, until: float) -> Words | None:
        """Return the words of a message, None when the time was up before; ask again then.

        Args:
            stored: the message.
            until: on the clock `time.thread_time`; at least one slice is written.
        """
        text = stored.message.text
        known = self._words.get(stored.id)
        if known is not None and known[0] == text:
            return known[1]
        if stored.message.role is Role.USER:
            document = QTextDocument()
            document.setPlainText(text)
            found = words_of(document)
        else:
            page = self._page(stored)
            while True:
                page.writing.write(stored)
                if page.writing.has_all(stored):
                    break
                if time.thread_time() > until:
                    return None
            found = words_of(page.document)
            if stored.state is not TurnState.PARTIAL:
                del self._pages[stored.id]
        self._words[stored.id] = text, found
        return found

    def part(self, stored: StoredMessage, part: Part) -> str:
        """Return a part of a message, as it would be copied from the page."""
        document = QTextDocument()
        if stored.message.role is Role.USER:
            document.setPlainText(stored.message.text)
        else:
            writing = AnswerWriting(document, self._theme)
            while not writing.has_all(stored):
                writing.write(stored)
        cursor = QTextCursor(document)
        last = document.characterCount() - 1
        cursor.setPosition(min(part.start, last))
        cursor.setPosition(last if part.end is None else min(part.end, last), QTextCursor.MoveMode.KeepAnchor)
        return plain_text(cursor)

    def _page(self, stored: StoredMessage) -> _Page:
        page = self._pages.get(stored.id)
        if page is None or not page.writing.continues(page.stored, stored):
            document = QTextDocument()
            page = _Page(stored, AnswerWriting(document, self._theme), document)
            self._pages[stored.id] = page
        page.stored = stored
        return page
