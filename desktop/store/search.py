"""Full-text search over all messages and what is said in their files: every word, the last one as a prefix."""

import re
import unicodedata

from desktop.core.conversations import ConversationId, MatterId, MessageId, SearchHit
from desktop.store.cipher import Connection

SNIPPET_TOKENS = 16

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: in no language's text
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")

# "cross join" keeps the full-text index on the outside: it yields the best first, so that the limit ends the work early
_IN_ALL = "where message_search match :match order by rank limit :limit"
_IN_ONE = f"""cross join message on message.id = message_search.rowid and message.matter_id = :matter
    {_IN_ALL}"""

_MESSAGES = f"""
    select hit.rank, m.conversation_id, m.id, c.title, hit.snippet, m.created, c.archived, c.matter_id
    from (select message_search.rowid, rank,
                 snippet(message_search, 0, '{_OPEN}', '{_CLOSE}', '…', {SNIPPET_TOKENS}) as snippet
          from message_search %s) as hit
    join message m on m.id = hit.rowid
    join conversation c on c.id = m.conversation_id
    order by hit.rank"""

_SPOKEN = f"""
    select hit.rank, m.conversation_id, m.id, c.title, hit.snippet, m.created, c.archived, c.matter_id
    from (select rowid, rank, snippet(spoken_search, 0, '{_OPEN}', '{_CLOSE}', '…', {SNIPPET_TOKENS}) as snippet
          from spoken_search where spoken_search match :match order by rank) as hit
    join attachment_use u on u.attachment_id = hit.rowid
    join message m on m.id = u.message_id and m.matter_id = coalesce(:matter, m.matter_id)
    join conversation c on c.id = m.conversation_id
    order by hit.rank limit :limit"""

_TITLES = """
    select c.id, c.leaf_id, c.title, c.updated, c.archived, c.matter_id
    from conversation_search cross join conversation c on c.id = conversation_search.rowid
    where conversation_search match :match and c.leaf_id is not null and c.matter_id = coalesce(:matter, c.matter_id)
    order by rank limit :limit"""


def search(db: Connection, query: str, limit: int, matter: MatterId | None = None) -> tuple[SearchHit, ...]:
    """Return conversations whose title holds all words, then messages that do; of one folder when one is given."""
    match = expression(query)
    if not match:
        return ()
    terms = {"match": match, "limit": limit, "matter": matter}
    rows = {row[2]: row for row in db.execute(_SPOKEN, terms)}
    rows |= {row[2]: row for row in db.execute(_MESSAGES % (_IN_ALL if matter is None else _IN_ONE), terms)}
    hits = [_hit(*row) for _, *row in sorted(rows.values(), key=lambda row: row[0])]
    found = {one.conversation for one in hits}
    titled = [
        SearchHit(id_, leaf, title, title, (), updated, bool(archived), filed)
        for id_, leaf, title, updated, archived, filed in db.execute(_TITLES, terms)
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


def _hit(
    conversation: ConversationId,
    message: MessageId,
    title: str,
    marked: str,
    created: float,
    archived: int,
    matter: MatterId,
) -> SearchHit:
    marks, plain, start = [], 0, 0
    at = 0
    for match in _MARKS.finditer(marked):
        plain += match.start() - at
        at = match.end()
        if match.group() == _OPEN:
            start = plain
        else:
            marks.append((start, plain))
    plain_text = _MARKS.sub("", marked)
    return SearchHit(conversation, message, title, plain_text, tuple(marks), created, bool(archived), matter)
