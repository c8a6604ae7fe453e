"""What the documents of the library are called by, and how much of them could be looked at."""

from dataclasses import dataclass
from typing import NewType

CollectionId = NewType("CollectionId", int)
SourceId = NewType("SourceId", int)
PassageId = NewType("PassageId", int)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what was asked could be looked at."""

    searched: int = 0
    """Files that were read wholly."""
    total: int = 0
    partly: tuple[tuple[str, str], ...] = ()
    """Name and reason of files of which some pages could not be read."""
    unreadable: tuple[tuple[str, str], ...] = ()
    waiting: int = 0
    by_words: tuple[str, ...] = ()
    """Names of files whose language the embedding model does not know: they were searched by their words only."""


NOTHING = Coverage()
