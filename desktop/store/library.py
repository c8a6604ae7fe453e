"""The library in the encrypted database: collections, sources and passages."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desktop.core.coverage import SourceId
from desktop.store.database import Database
from desktop.store.library_collections import CollectionStore
from desktop.store.library_held import HeldSources
from desktop.store.library_passages import PassageStore
from desktop.store.library_sources import SourceStore

_generations = itertools.count(1)
"""Of all stores of this process: what was loaded from one that is closed never counts as another's."""

_CITED = """select 1 from source_use where source_id = :source and message_id is not null
    union all select 1 from message, json_each(iif(message.parts like '%"kind": "found"%', message.parts, '[]')) part,
    json_each(part.value, '$.passages') passage where passage.value ->> 'source' = :source limit 1"""


class LibraryStore:
    """The port `Library`."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        """Look at nothing yet.

        Args:
            database: the encrypted file.
            clock: seconds since the epoch.
        """
        self._database = database
        self._generation = next(_generations)
        self._held = HeldSources(database, self._changed)
        self.collections = CollectionStore(database, clock, self._changed)
        self.sources = SourceStore(database, self._held, clock, self._changed)
        self.passages = PassageStore(database, lambda: self._generation, self._changed)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make what is written inside one durable transaction."""
        with self._database.write():
            yield

    def cited(self, source: SourceId) -> bool:
        """Whether a message names it: beside a question, or as what an answer was given."""
        with self._database.snapshot() as db:
            return db.execute(_CITED, {"source": source}).fetchone() is not None

    def collect(self) -> tuple[str, ...]:
        """Delete what was dropped on chats and nothing names any more, and nobody holds.

        Not inside a transaction. To be called at the start and whenever messages or drafts went; the attachments
        are collected after it, since a source names its kept copy. Returns digests that no source names any more.
        """
        return self._held.collect()

    def _changed(self) -> None:
        self._generation = next(_generations)
