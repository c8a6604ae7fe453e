"""What was dropped on chats: kept for as long as somebody means to send it, or a message or draft names it."""

import threading
from collections import Counter
from collections.abc import Callable

from desktop.store.database import Database
from desktop.store.library_removal import named, remove_sources, unnamed


class HeldSources:
    """Who holds which sources in this session. Each who adds or holds one lets go of it for itself. Thread safe."""

    def __init__(self, database: Database, changed: Callable[[], None]) -> None:
        self._database = database
        self._changed = changed
        self._lock = threading.Lock()  # taken after the database's, never before it
        self._held: Counter[int] = Counter()

    def hold(self, source: int) -> None:
        """Somebody means to send it with a question. Waits for nothing."""
        with self._lock:
            self._held[source] += 1

    def let_go(self, source: int) -> tuple[str, ...]:
        """Nobody means to send it any more; returns what `collect` does."""
        with self._lock:
            self._held[source] -= 1
            self._held += Counter()  # without what nobody holds any more
        return self.collect()

    def collect(self) -> tuple[str, ...]:
        """Delete what no message and no draft names and nobody holds; what is held and named by now is let go.

        Not inside a transaction. Returns digests that no source names any more.
        """
        with self._database.snapshot() as db:
            loose, settled = unnamed(db), named(db)
        with self._lock:
            for one in self._held.keys() & settled:  # not all but the loose: one that is just being added is neither
                del self._held[one]
            idle = not loose - self._held.keys()
        if idle:
            return ()
        with self._database.write() as db:
            loose = unnamed(db)
            with self._lock:
                going = loose - self._held.keys()
            freed = remove_sources(db, going)
        self._changed()
        return freed
