"""The documents of a collection in the order and the choice of the person; no Qt."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.coverage import SourceId
from desktop.core.documents import DocumentKind
from desktop.core.library import LibrarySource, Presence, SourceState

Key = tuple[float, str, int]


class Order(StrEnum):
    """What the documents are sorted by."""

    NAME = "name"
    NEWEST = "newest"
    STATE = "state"


RANKS = {
    SourceState.UNREADABLE: 0,
    SourceState.PARTLY: 1,
    SourceState.READING: 3,
    SourceState.WAITING: 4,
    SourceState.SEARCHED: 5,
}
"""What wants the person's eye comes first; 2 is a file that changed or went."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which documents are shown; empty fields let everything through."""

    words: str = ""
    """A part of the name, or the beginning of a path."""
    kinds: tuple[DocumentKind, ...] = ()
    since: float | None = None

    @property
    def is_path(self) -> bool:
        """Whether the words are a folder rather than a name."""
        return "/" in self.words or "\\" in self.words

    def holds(self, source: LibrarySource) -> bool:
        """Whether a document is shown."""
        if self.kinds and source.kind not in self.kinds:
            return False
        if self.since is not None and source.modified < self.since:
            return False
        if not self.words:
            return True
        words = self.words.casefold()
        return words in (source.path if self.is_path else source.name).casefold()


class SourceRows:
    """Knows every document; `shown` are those that are chosen, in order. A change costs the logarithm of them."""

    def __init__(self) -> None:
        self.known: dict[SourceId, LibrarySource] = {}
        self.shown: list[LibrarySource] = []
        self.order = Order.NAME
        self.choosing = Choosing()
        self._keys: list[Key] = []
        self._hidden: set[SourceId] = set()

    def fill(self, sources: Iterable[LibrarySource]) -> None:
        """Begin anew with these."""
        self.known = {one.id: one for one in sources}
        self.arrange()

    def arrange(self) -> None:
        """Choose and sort anew."""
        chosen = sorted((self._key(one), at) for at, one in enumerate(self.known.values()) if self._wants(one))
        every = list(self.known.values())
        self._keys = [key for key, _ in chosen]
        self.shown = [every[at] for _, at in chosen]

    def hide(self, sources: Iterable[SourceId], *, on: bool) -> None:
        """Show these no longer, or again."""
        if on:
            self._hidden.update(sources)
        else:
            self._hidden.difference_update(sources)
        self.arrange()

    def find(self, source: SourceId) -> int:
        """Return the row of a document, -1 when it is not shown."""
        known = self.known.get(source)
        if known is None:
            return -1
        key = self._key(known)
        at = bisect_left(self._keys, key)
        return at if at < len(self._keys) and self._keys[at] == key else -1

    def place_for(self, source: LibrarySource) -> int:
        """Return the row that a document would be in, -1 when it would not be shown."""
        return bisect_left(self._keys, self._key(source)) if self._wants(source) else -1

    def stays(self, source: LibrarySource) -> bool:
        """Whether a known document keeps its row with what is new of it."""
        at = self.find(source.id)
        return at >= 0 and self._wants(source) and self._keys[at] == self._key(source)

    def put(self, source: LibrarySource) -> None:
        """Take what is new of a document, or a new one."""
        self.take(source.id)
        at = self.place_for(source)
        self.known[source.id] = source
        if at >= 0:
            self._keys.insert(at, self._key(source))
            self.shown.insert(at, source)

    def take(self, source: SourceId) -> None:
        """Forget a document."""
        at = self.find(source)
        if at >= 0:
            del self._keys[at], self.shown[at]
        self.known.pop(source, None)

    def _wants(self, source: LibrarySource) -> bool:
        return source.id not in self._hidden and self.choosing.holds(source)

    def _key(self, source: LibrarySource) -> Key:
        name = source.name.casefold()
        match self.order:
            case Order.NAME:
                return 0.0, name, source.id
            case Order.NEWEST:
                return -source.added, name, source.id
            case Order.STATE:
                odd = source.presence is not Presence.HERE and source.state is SourceState.SEARCHED
                return 2.0 if odd else float(RANKS[source.state]), name, source.id
