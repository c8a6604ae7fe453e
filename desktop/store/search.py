"""Full-text search over all messages: every word, the last one as a prefix, best match first."""

import re
import unicodedata

from desktop.core.conversations import SearchHit
from desktop.store.cipher import Connection

SNIPPET_TOKENS = 16

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: in no language's text
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")

_MESSAGES = f"""
    select m.conversation_id, m.id, c.title, hit.snippet, m.created
    from (select rowid, rank, snippet(message_search, 0, '{_OPEN}', '{_CLOSE}', '…', {SNIPPET_TOKENS}) as snippet
          from message_search where message_search match ? order by rank limit ?) as hit
    join message m on m.id = hit.rowid
    join conversation c on c.id = m.conversation_id
    order by hit.rank"""

_TITLES = """
    select c.id, c.leaf_id, c.title, c.updated
    from (select rowid from conversation_search where conversation_search match ? order by rank limit ?) as hit
    join conversation c on c.id = hit.rowid where c.leaf_id is not null"""


def search(db: Connection, query: str, limit: int) -> tuple[SearchHit, ...]:
    """Return conversations whose title holds all words, then messages that do."""
    match = expression(query)
    if not match:
        return ()
    hits = [_hit(*row) for row in db.execute(_MESSAGES, (match, limit))]
    found = {one.conversation for one in hits}
    titled = [
        SearchHit(id_, leaf, title, title, (), updated)
        for id_, leaf, title, updated in db.execute(_TITLES, (match, limit))
        if id_ not in found
    ]
    return tuple((*titled, *hits)[:limit])


def expression(query: str) -> str:
    """Return an FTS5 expression for what a person typed; nothing they type is an operator.

    Accents are joined to their letters first: the index joins them too, and a word must not fall apart at one.
    Source: sqlite.org/fts5.html, section 3 (strings in double quotes, prefix queries).
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", query))
    return " ".join(f'"{word}"' for word in words) + "*" if words else ""


def _hit(conversation: int, message: int, title: str, marked: str, created: float) -> SearchHit:
    marks, plain, start = [], 0, 0
    at = 0
    for match in _MARKS.finditer(marked):
        plain += match.start() - at
        at = match.end()
        if match.group() == _OPEN:
            start = plain
        else:
            marks.append((start, plain))
    return SearchHit(conversation, message, title, _MARKS.sub("", marked), tuple(marks), created)  # type: ignore[arg-type]
