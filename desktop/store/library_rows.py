"""Rows of the library as the values of core."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.core.conversations import MatterId
from desktop.core.coverage import CollectionId, PassageId, SourceId
from desktop.core.documents import DocumentKind, Trouble
from desktop.core.library import Collection, Keeping, LibrarySource, Passage, Presence, SourceState

SOURCE = """select s.id, s.collection_id, s.name, s.path, s.keeping, s.digest, s.size, s.modified, s.added, s.state,
    s.kind, s.title, s.language, s.pages, s.pages_read, s.passages,
    coalesce((select count from embedded where source_id = s.id and model_id =
        (select id from embedding_model order by turn desc limit 1)), 0),
    s.troubles, s.failure, s.reason, s.presence, s.parent_id
    from source s"""
"""`embedded` is of the model that embedded last."""
COLLECTION = """select c.id, c.name, c.matter_id, count(s.id), coalesce(sum(s.pages_read), 0),
    coalesce(sum(s.state in ('waiting', 'reading')), 0)
    from collection c left join source s on s.collection_id = c.id"""
PASSAGE = """select p.id, p.source_id, p.page, p.start_at, p.end_at, p.heading, p.header, p.page_id from passage p"""


def source(row: Sequence[Any]) -> LibrarySource:
    """Return the source of a row of SOURCE."""
    (id_, collection, name, path, keeping, digest, size, modified, added, state, *rest) = row
    kind, title, language, pages, pages_read, passages, embedded, troubles, failure, reason, presence, parent = rest
    return LibrarySource(
        id=SourceId(id_),
        collection=CollectionId(collection),
        name=name,
        path=path,
        keeping=Keeping(keeping),
        digest=digest,
        size=size,
        modified=modified,
        added=added,
        state=SourceState(state),
        kind=DocumentKind(kind) if kind else None,
        title=title,
        language=language,
        pages=pages,
        pages_read=pages_read,
        passages=passages,
        embedded=embedded,
        troubles=load_troubles(troubles),
        failure=failure,
        reason=reason,
        presence=Presence(presence),
        parent=SourceId(parent) if parent is not None else None,
    )


def by_name(sources: Iterable[LibrarySource]) -> tuple[LibrarySource, ...]:
    """Return them as people sort them."""
    return tuple(sorted(sources, key=lambda one: (one.name.casefold(), one.id)))


def collection(row: Sequence[Any]) -> Collection:
    """Return the collection of a row of COLLECTION."""
    id_, name, matter, sources, pages, waiting = row
    return Collection(CollectionId(id_), name, MatterId(matter), sources, pages, waiting)


def passage(row: Sequence[Any], text: str) -> Passage:
    """Return the passage of a row of PASSAGE; `text` is the whole page's."""
    id_, of, page, start, end, heading, header, _ = row
    return Passage(PassageId(id_), SourceId(of), page, start, end, text[start:end], heading, header)


def dump_troubles(troubles: Iterable[tuple[Trouble, tuple[int, ...]]]) -> str:
    """Return JSON."""
    return json.dumps([[str(trouble), list(pages)] for trouble, pages in troubles])


def load_troubles(dumped: str) -> tuple[tuple[Trouble, tuple[int, ...]], ...]:
    """Return what `dump_troubles` made this of."""
    return tuple((Trouble(trouble), tuple(pages)) for trouble, pages in json.loads(dumped))
