"""Takes sources and what was read of them out of the store, words included; and tells which ones nothing names."""

import json
from collections.abc import Iterable

from desktop.core.coverage import SourceId
from desktop.core.grounding import DocumentPart
from desktop.core.library import BESIDE
from desktop.store import library_words
from desktop.store.cipher import Connection

_PASSAGES = "select id, page_id, start_at, end_at, heading, header from passage p"
_UNNAMED = f"""select id from source where collection_id = {BESIDE} and parent_id is null
    and not exists (select 1 from source_use where source_id = source.id)
    and not exists (select 1 from enclosed_in where source_id = source.id)"""
_ORPHANS = """select id from source child where parent_id in (select value from json_each(:going))
    and id not in (select value from json_each(:going))
    and not exists (select 1 from enclosed_in where source_id = child.id
        and parent_id not in (select value from json_each(:going)))"""
_ADOPT = """update source set parent_id = (select min(parent_id) from enclosed_in where source_id = source.id
        and parent_id not in (select value from json_each(:going)))
    where parent_id in (select value from json_each(:going))
    and id not in (select value from json_each(:going))"""


def remove_sources(db: Connection, sources: Iterable[int]) -> tuple[str, ...]:
    """Delete sources and what was sent with them alone; returns the digests that no source names any more."""
    ids = list(sources)
    while orphans := db.execute(_ORPHANS, {"going": json.dumps(ids)}).fetchall():
        ids += [id_ for (id_,) in orphans]
    db.execute(_ADOPT, {"going": json.dumps(ids)})
    going = db.execute(
        "select id, digest from source where id in (select value from json_each(?))", (json.dumps(ids),)
    ).fetchall()
    forget(db, [id_ for id_, _ in going])
    db.executemany("delete from source where id = ?", ((id_,) for id_, _ in going))
    digests = dict.fromkeys(digest for _, digest in going)
    return tuple(one for one in digests if not db.execute("select 1 from source where digest = ?", (one,)).fetchone())


def forget(db: Connection, sources: Iterable[int]) -> None:
    """Delete the pages of sources, and all that was made of them."""
    named = json.dumps(list(sources))
    _take_out(db, "p.source_id in (select value from json_each(?))", (named,))
    db.execute("delete from page where source_id in (select value from json_each(?))", (named,))


def forget_page(db: Connection, source: SourceId, number: int) -> None:
    """Delete one page, and all that was made of it."""
    _take_out(db, "p.source_id = ? and p.page = ?", (source, number))
    db.execute("delete from page where source_id = ? and number = ?", (source, number))


def unnamed(db: Connection) -> set[int]:
    """Return the sources beside chats that no message and no draft names."""
    return {id_ for (id_,) in db.execute(_UNNAMED)}


def named(db: Connection) -> set[int]:
    """Return the sources that a message or draft names."""
    return {id_ for (id_,) in db.execute("select source_id from source_use")}


def name_in_message(db: Connection, message: int, matter: int, documents: Iterable[DocumentPart]) -> None:
    """Remember, inside the caller's transaction, that a message names these; one that is gone is passed over."""
    db.executemany(
        """insert into source_use(source_id, matter_id, message_id) select id, ?, ? from source where id = ?""",
        ((matter, message, one) for one in {one.source for one in documents}),
    )


def name_in_draft(db: Connection, conversation: int, documents: Iterable[DocumentPart]) -> None:
    """Remember, inside the caller's transaction, which ones a draft names; one that is gone is passed over."""
    db.execute("delete from source_use where draft_id = ?", (conversation,))
    db.executemany(
        """insert into source_use(source_id, matter_id, draft_id)
        select source.id, draft.matter_id, draft.conversation_id from source, draft
        where source.id = ? and conversation_id = ?""",
        ((one, conversation) for one in {one.source for one in documents}),
    )


def _take_out(db: Connection, where: str, terms: tuple[object, ...]) -> None:
    found = db.execute(f"{_PASSAGES} where {where} order by page_id", terms).fetchall()
    if found:
        library_words.take_out(db, found)
