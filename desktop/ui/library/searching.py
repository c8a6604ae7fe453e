"""The search of the library: asks, keeps what answers the newest question, and says how complete that is."""

from itertools import count

from PySide6.QtCore import QObject, Signal

from desktop.core.library import Scope
from desktop.core.library_events import LibrarySearched
from desktop.ui.i18n import translate
from desktop.ui.library.commands import SearchCommands
from desktop.ui.library.hits import HitModel
from desktop.ui.library.wording import number


class Searching(QObject):
    """Passages come twice: those with the words at once, those with the meaning a moment later."""

    found = Signal()

    def __init__(self, search: SearchCommands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._tokens = (f"search-{one}" for one in count(1))
        self._token = ""
        self._answered = False
        self._complete = False
        self._by_words_only = False
        self.query = ""
        self.hits = HitModel(self)

    def ask(self, query: str, scope: Scope) -> None:
        """Look for something else; what was found before stays until there is an answer."""
        self.query, self._token = query, next(self._tokens)
        self._answered = self._complete = False
        self._search.search(query, scope, self._token)

    def leave(self) -> None:
        """Look for nothing any more."""
        self.query = self._token = ""
        self.hits.show(())

    def apply(self, event: LibrarySearched) -> None:
        """Show what was found for the newest question."""
        if not self._token or event.token != self._token:
            return
        if not self._answered:
            self._by_words_only = event.complete
        self._answered, self._complete = True, event.complete
        self.hits.show(event.hits)
        self.found.emit()

    def answers(self, query: str) -> bool:
        """Whether what is shown was found for this question."""
        return self._answered and self.query == query

    @property
    def is_empty(self) -> bool:
        """Whether the search has ended without finding anything."""
        return self._complete and not self.hits.rowCount()

    def line(self) -> str:
        """Return how much was found, and by what."""
        if not self._answered:
            return ""
        rows = self.hits.rowCount()
        one, many = translate("library", "1 passage"), translate("library", "{count} passages")
        told = one if rows == 1 else many.format(count=number(rows))
        if not self._complete:
            return told + " · " + translate("library", "now by meaning…")
        if self._by_words_only:
            return told + " · " + by_words_only()
        return told


def by_words_only() -> str:
    """Return the quiet line that tells that no embedding model is there."""
    return translate("library", "found by words: the search by meaning is not installed")
