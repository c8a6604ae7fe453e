"""Passages: found by words, walked through in order, and with their vectors."""

import array
import json
from collections.abc import Callable, Iterator, Sequence

from desktop.core.coverage import Coverage, PassageId, SourceId
from desktop.core.document_errors import SourceMissing
from desktop.core.documents import Cell, Table
from desktop.core.library import LibrarySource, Passage, Scope
from desktop.core.library_ports import Vectors
from desktop.core.words import asked
from desktop.store import library_pages, library_rows, library_scope, library_tables, library_words
from desktop.store.cipher import Connection
from desktop.store.database import Database
from desktop.store.library_coverage import coverage_of

BATCH = 500
_CACHE = "pragma cache_size = -16000"  # in KiB: an index of 100,000 passages has 43 MB, and 2 MB are the default
_HEAD_WEIGHT = 1.0
_BODY_WEIGHT = 1.0

# "cross join" keeps the full-text index on the outside, which walks its passages in the order of the table beside it
_IN_SCOPE = """cross join passage p on p.id = passage_search.rowid
    and p.source_id in (select value from json_each(:sources))"""
_BY_WORDS = f"""select passage_search.rowid, bm25(passage_search, {_HEAD_WEIGHT}, {_BODY_WEIGHT}) as score
    from passage_search %s where passage_search match :match order by score limit :limit"""
_VECTORS = """select passage_id, row from vector
    where model_id = (select id from embedding_model where key = :model)
    and source_id in (select value from json_each(:sources))"""
_UNFINISHED = """select s.id from source s
    left join embedded e on e.source_id = s.id and e.model_id = (select id from embedding_model where key = :model)
    where s.passages > coalesce(e.count, 0) order by s.added desc, s.id desc limit :limit"""
_WITHOUT = f"""{library_rows.PASSAGE} where p.source_id = :source and not exists (
        select 1 from vector where passage_id = p.id
        and model_id = (select id from embedding_model where key = :model))
    order by p.page, p.start_at limit :limit"""


class PassageStore:
    """The port `Passages` on the encrypted database."""

    def __init__(self, database: Database, generation: Callable[[], int], changed: Callable[[], None]) -> None:
        self._database = database
        self._generation = generation
        self._changed = changed

    def get(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        """In the given order; those that are gone are left out."""
        with self._database.snapshot() as db:
            found = db.execute(
                f"{library_rows.PASSAGE} where p.id in (select value from json_each(?)) order by p.page_id",
                (json.dumps(list(ids)),),
            )
            known = {one.id: one for one in _cut(db, found)}
        return tuple(known[one] for one in ids if one in known)

    def in_order(self, scope: Scope, after: PassageId | None = None, limit: int = BATCH) -> tuple[Passage, ...]:
        """The passages of a scope as they stand in the documents: by source name, page and place.

        Raises:
            SourceMissing: the passage to go on after is gone.
        """
        with self._database.snapshot() as db:
            sources = [one.id for one in library_scope.sources(db, scope)]
            place = (-1, -1)
            if after is not None:
                row = db.execute("select source_id, page, start_at from passage where id = ?", (after,)).fetchone()
                if row is None or row[0] not in sources:
                    raise SourceMissing
                sources, place = sources[sources.index(row[0]) :], (row[1], row[2])
            return tuple(_walk(db, sources, place, limit))

    def count(self, scope: Scope) -> tuple[int, int]:
        """How many passages, and how many characters."""
        with self._database.snapshot() as db:
            passages, characters = db.execute(
                """select count(*), coalesce(sum(end_at - start_at), 0) from passage
                where source_id in (select value from json_each(?))""",
                (library_scope.source_ids(db, scope),),
            ).fetchone()
        return passages, characters

    def by_words(self, query: str, scope: Scope, limit: int) -> tuple[tuple[PassageId, float], ...]:
        """Passages that hold words of the query, best first, with a score where more is better."""
        found: list[tuple[int, float]] = []
        with self._database.snapshot() as db:
            db.execute(_CACHE)
            sources = library_scope.source_ids(db, scope)
            terms = {"sources": sources, "limit": limit}
            select = _BY_WORDS % ("" if library_scope.is_everything(db, sources) else _IN_SCOPE)
            for match in library_words.expressions(db, asked(query)):
                found = db.execute(select, {**terms, "match": match}).fetchall()
                if len(found) >= limit:
                    break
        return tuple((PassageId(id_), -score) for id_, score in found)

    def without_vector(self, model: str, limit: int) -> tuple[Passage, ...]:
        """Passages that this model has not embedded, newest source first."""
        found: list[Passage] = []
        with self._database.snapshot() as db:
            terms = {"model": model, "limit": limit}
            for (source,) in db.execute(_UNFINISHED, terms).fetchall():
                rows = db.execute(_WITHOUT, {**terms, "source": source, "limit": limit - len(found)})
                found += _cut(db, rows)
                if len(found) >= limit:
                    break
        return tuple(found)

    def put_vectors(self, model: str, dimensions: int, vectors: Sequence[tuple[PassageId, bytes]]) -> None:
        """Store what an embedder made; passages that are gone meanwhile are left out.

        Raises:
            ValueError: this model has vectors of other dimensions.
        """
        if any(len(row) != dimensions for _, row in vectors):
            raise ValueError(dimensions)
        with self._database.write() as db:
            db.execute(
                """insert into embedding_model(key, dimensions, turn)
                values (?, ?, (select coalesce(max(turn), 0) + 1 from embedding_model))
                on conflict(key) do update set turn = excluded.turn
                where turn < (select max(turn) from embedding_model)""",
                (model, dimensions),
            )
            id_, known = db.execute("select id, dimensions from embedding_model where key = ?", (model,)).fetchone()
            if known != dimensions:
                raise ValueError(dimensions)
            db.executemany(
                """insert into vector(model_id, source_id, passage_id, row)
                select ?, source_id, id, ? from passage where id = ?
                on conflict(model_id, source_id, passage_id) do update set row = excluded.row""",
                ((id_, row, passage) for passage, row in vectors),
            )
        self._changed()

    def vectors(self, model: str, scope: Scope) -> Vectors:
        """The vectors that this model made in a scope."""
        with self._database.snapshot() as db:
            known = db.execute("select dimensions from embedding_model where key = ?", (model,)).fetchone()
            if known is None:
                return Vectors(b"", b"", 0)
            found = db.execute(_VECTORS, {"model": model, "sources": library_scope.source_ids(db, scope)}).fetchall()
        return Vectors(
            array.array("q", (id_ for id_, _ in found)).tobytes(), b"".join(row for _, row in found), known[0]
        )

    def generation(self) -> int:
        """A number that changes whenever passages or vectors do: what was loaded before is stale then."""
        return self._generation()

    def embedded(self, model: str) -> tuple[int, int]:
        """How many passages have a vector of this model, and how many there are."""
        with self._database.snapshot() as db:
            done: int = db.execute(
                """select coalesce(sum(count), 0) from embedded
                where model_id = (select id from embedding_model where key = ?)""",
                (model,),
            ).fetchone()[0]
            return done, db.execute("select coalesce(sum(passages), 0) from source").fetchone()[0]

    def coverage(self, scope: Scope) -> Coverage:
        """How much of a scope can be searched."""
        with self._database.snapshot() as db:
            return coverage_of(library_scope.sources(db, scope))

    def tables(self, scope: Scope) -> tuple[tuple[LibrarySource, Table], ...]:
        """The tables of a scope without their rows; those that go on over several pages as one."""
        with self._database.snapshot() as db:
            return tuple(
                (source, table)
                for source in library_scope.sources(db, scope)
                for table, _ in library_tables.of(db, source.id)
            )

    def rows(self, source: SourceId, name: str) -> Iterator[tuple[Cell, ...]]:
        """The rows of one of those tables, over all pages; no transaction is open between two of its pages."""
        with self._database.snapshot() as db:
            pieces = next((pieces for table, pieces in library_tables.of(db, source) if table.name == name), ())
        for piece in pieces:
            with self._database.snapshot() as db:
                row = db.execute("select rows from page_table where id = ?", (piece,)).fetchone()
            if row is None:
                raise SourceMissing
            yield from library_pages.load_rows(row[0])


def _walk(db: Connection, sources: Sequence[SourceId], place: tuple[int, int], limit: int) -> Iterator[Passage]:
    left = limit
    for source in sources:
        rows = db.execute(
            f"""{library_rows.PASSAGE} where p.source_id = ? and (p.page, p.start_at) > (?, ?)
            order by p.page, p.start_at limit ?""",
            (source, *place, left),
        ).fetchall()
        yield from _cut(db, rows)
        left, place = left - len(rows), (-1, -1)
        if left <= 0:
            return


def _cut(db: Connection, rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> Iterator[Passage]:
    """Cut passages from their pages; each page is unpacked once when they come in its order."""
    page, text = -1, ""
    for row in list(rows):
        if row[-1] != page:
            page = int(str(row[-1]))
            text = library_pages.text_of(db, page)
        yield library_rows.passage(row, text)
