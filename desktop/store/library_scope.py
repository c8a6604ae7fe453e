"""Which sources a scope means.

What was dropped on a chat is in no scope but one that names it, nor is the older content of a changed file. A source
that is named brings along what was sent with it; something sent with a message lies in the message's folder.
"""

import json
from collections.abc import Iterator
from typing import Any

from desktop.core.library import BESIDE, LibrarySource, Presence, Scope
from desktop.store import library_rows
from desktop.store.cipher import Connection

_NAMED = """s.id in (with recursive named(id) as (
    select value from json_each(:%s)
    union select source_id from enclosed_in join named on parent_id = named.id) select id from named)"""
_IN_MATTER = "s.collection_id in (select id from collection where matter_id = :matter)"
_PATH = "coalesce(nullif(s.path, ''), (select path from source where id = s.parent_id), '')"


def sources(db: Connection, scope: Scope) -> tuple[LibrarySource, ...]:
    """Return the sources of a scope, by name."""
    where, terms = _where(scope)
    found = (library_rows.source(row) for row in db.execute(f"{library_rows.SOURCE} where {where}", terms))
    return library_rows.by_name(one for one in found if _named_so(scope, one.name))


def source_ids(db: Connection, scope: Scope) -> str:
    """Return the ids of a scope's sources as a JSON array, for `json_each`."""
    where, terms = _where(scope)
    found = db.execute(f"select s.id, s.name from source s where {where}", terms)
    return json.dumps([id_ for id_, name in found if not scope.name or _named_so(scope, name)])


def is_everything(db: Connection, ids: str) -> bool:
    """Whether these ids, as of `source_ids`, are all there are: then nothing need be left out."""
    every: bool = db.execute("select (select count(*) from source) = json_array_length(?)", (ids,)).fetchone()[0]
    return every


def _named_so(scope: Scope, name: str) -> bool:
    return scope.name.casefold() in name.casefold()


def _where(scope: Scope) -> tuple[str, dict[str, Any]]:
    folder = scope.folder.rstrip("/\\")
    terms = {
        "matter": scope.matter,
        "collections": json.dumps(scope.collections),
        "sources": json.dumps(scope.sources),
        "also": json.dumps(scope.also),
        "kinds": json.dumps(scope.kinds),
        "below": json.dumps([f"{folder}/", f"{folder}\\"]),
        "length": len(folder) + 1,
        "since": scope.since,
        "until": scope.until,
    }
    where = " and ".join(_conditions(scope))
    return f"(({where}) or {_NAMED % 'also'})" if scope.also else where, terms


def _conditions(scope: Scope) -> Iterator[str]:
    if scope.sources:
        yield _NAMED % "sources"
    else:
        yield f"s.presence <> '{Presence.CHANGED}'"
        if BESIDE not in scope.collections:
            yield f"s.collection_id <> {BESIDE}"
    if scope.matter is not None:
        yield f"(s.collection_id = {BESIDE} or {_IN_MATTER})"
    if scope.collections:
        yield "s.collection_id in (select value from json_each(:collections))"
    if scope.kinds:
        yield "s.kind in (select value from json_each(:kinds))"
    if scope.folder:
        yield f"substr({_PATH}, 1, :length) in (select value from json_each(:below))"
    if scope.since is not None:
        yield "s.modified >= :since"
    if scope.until is not None:
        yield "s.modified <= :until"
    yield "true"
