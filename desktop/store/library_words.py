"""The full-text index of the passages: what goes in, what must come out again, and what a question looks like to it.

The index keeps no text: a passage is taken out of it by the same words that were put in, made anew from its page.
"""

from collections.abc import Iterable, Iterator

from desktop.core.words import Asked, in_a_row, indexed, stem, variants
from desktop.store import library_pages
from desktop.store.cipher import Connection

SHORTEST_BEGINNING = 4
"""Letters of a word that are looked for as the beginning of longer ones."""
FEW = 1_000
"""Passages that are looked at whatever they share with the question."""
COMMON_SHARE = 20
TELLING = 0.25
"""What stands in more passages does not change their order."""
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


def expressions(db: Connection, wanted: Asked) -> tuple[str, ...]:
    """Return FTS5 expressions, each to be tried when the one before finds too little.

    All that was quoted must be there, and any of the rest; nothing that a person types is an operator. A word that
    stands in every twentieth passage tells little, so it finds nothing as long as rarer ones are asked for, it only
    orders what they find; where all are as common, those passages come first that hold all of them.
    Source: sqlite.org/fts5.html, section 3.
    """
    exact = [in_a_row(each) for one in wanted.exact for each in _forms(one)]
    terms = [*(_phrase(one) for one in dict.fromkeys(exact) if one), *(_word(one) for one in wanted.words)]
    terms = [one for one in dict.fromkeys(terms) if one]
    quoted = [_phrase(one) for one in wanted.quoted]
    if quoted:
        must = " AND ".join(quoted)
        return (f"({must}) AND ({_any([quoted[0], *terms])})" if terms else must,)
    if len(terms) < 2:
        return tuple(terms)
    shares = _shares(db, terms)
    rare = [one for one in terms if not shares[one]]
    if not rare:
        return " AND ".join(terms), _any(terms)
    telling = [one for one in terms if shares[one] < TELLING]
    return (f"({_any(rare)}) AND ({_any(telling)})" if len(rare) < len(telling) else _any(rare),)


def _any(terms: Iterable[str]) -> str:
    return " OR ".join(terms)


def _shares(db: Connection, terms: Iterable[str]) -> dict[str, float]:
    """Return about which share of the passages holds a term, 0 where it is rare.

    Why about: to count a common word takes as long as to search for it. How far the index must be walked for the first
    twentieth says enough.
    """
    total: int = db.execute("select coalesce(sum(passages), 0) from source").fetchone()[0]
    last: int = db.execute("select coalesce(max(id), 0) from passage").fetchone()[0]
    most = max(FEW, total // COMMON_SHARE)
    shares = {}
    for term in terms:
        row = db.execute(
            "select rowid from passage_search where passage_search match ? limit 1 offset ?", (term, most)
        ).fetchone()
        shares[term] = min(1.0, most / total * last / row[0]) if row else 0.0
    return shares


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
