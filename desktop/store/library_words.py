"""The full-text index of the passages: what goes in, what must come out again, and what a question looks like to it.

The index keeps no text: a passage is taken out of it by the same words that were put in, made anew from its page.
"""

from collections.abc import Iterable, Iterator

from desktop.core.words import Asked, in_a_row, indexed, stem, variants
from desktop.store import library_pages
from desktop.store.cipher import Connection

SHORTEST_BEGINNING = 4
"""Letters of a word that are looked for as the beginning of longer ones."""
_MANY = 100
_SHARE = 80

_PUT = "insert into passage_search(rowid, head, body) values (?, ?, ?)"
_OUT = "insert into passage_search(passage_search, rowid, head, body) values ('delete', ?, ?, ?)"
_SECURE = "insert into passage_search(passage_search, rank) values ('secure-delete', ?)"


def put(db: Connection, passage: int, heading: str, header: str, text: str) -> None:
    """Make a passage findable inside the caller's transaction."""
    db.execute(_PUT, (passage, *_columns(heading, header, text)))


def take_out(db: Connection, passages: Iterable[tuple[int, int, int, int, str, str]]) -> None:
    """Take passages out of the index, before their pages go, inside the caller's transaction.

    Why two ways: overwriting each word where it stands takes 3 ms a passage; writing the whole index anew without the
    words of many takes less than that.

    Args:
        db: the caller's connection.
        passages: of each its id, the row of its page, start, end, heading and header; ordered by page.
    """
    going = list(passages)
    many = len(going) > _MANY and len(going) > db.execute("select count(*) from passage").fetchone()[0] // _SHARE
    if many:
        db.execute(_SECURE, (0,))
    db.executemany(_OUT, _rows(db, going))
    if many:
        db.execute("insert into passage_search(passage_search) values ('optimize')")
        db.execute(_SECURE, (1,))


def expression(wanted: Asked) -> str:
    """Return an FTS5 expression: all that was quoted, any of the rest; nothing that a person types is an operator.

    Source: sqlite.org/fts5.html, section 3.
    """
    exact = [in_a_row(each) for one in wanted.exact for each in _forms(one)]
    terms = [*(_phrase(one) for one in dict.fromkeys(exact) if one), *(_word(one) for one in wanted.words)]
    terms = [one for one in terms if one]
    quoted = [_phrase(one) for one in wanted.quoted]
    if quoted and terms:
        return f"({' AND '.join(quoted)}) AND ({' OR '.join([quoted[0], *terms])})"
    return " AND ".join(quoted) if quoted else " OR ".join(terms)


def _columns(heading: str, header: str, text: str) -> tuple[str, str]:
    return indexed(f"{heading}\n{header}"), indexed(text)


def _rows(db: Connection, passages: list[tuple[int, int, int, int, str, str]]) -> Iterator[tuple[int, str, str]]:
    page, text = -1, ""
    for id_, of, start, end, heading, header in passages:
        if of != page:
            page, text = of, library_pages.text_of(db, of)
        yield (id_, *_columns(heading, header, text[start:end]))


def _forms(exact: str) -> Iterator[str]:
    *before, number = exact.split(" ")
    yield from (" ".join((*before, one)) for one in variants(number))


def _phrase(tokens: str) -> str:
    return f'"{tokens}"'


def _word(word: str) -> str:
    tokens = in_a_row(word)
    if " " in tokens or not tokens:
        return _phrase(tokens) if tokens else ""
    short = stem(tokens)
    single = len(tokens) == 1 and not tokens.isascii()
    return f'"{short}"*' if single or len(short) >= SHORTEST_BEGINNING else _phrase(tokens)
