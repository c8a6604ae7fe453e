"""search_100k: 100,000 passages, found by words and by meaning, against sqlite-vec's search of the same vectors.

Both lie in SQLCipher. The yardstick looks for meaning only; it is given a page cache that holds all its vectors
(`ratio`), and the one it has by default (`ratio_default_cache`).
"""

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSAGES = 100_000
DIMENSIONS = 384
PAGES = 10
ROUNDS = 30
LIMIT = 10
LARGE_CACHE = "pragma cache_size = -200000"


def measure() -> dict[str, object]:
    """Fill both stores with the same vectors, then ask both the same questions in turn."""
    import numpy as np

    from tests.benchmarks.history_search import words

    rng, numbers = random.Random(7), np.random.default_rng(7)
    vocabulary = words(7)
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
    middles = numbers.normal(size=(400, DIMENSIONS))
    rows = middles[numbers.integers(0, 400, PASSAGES)] + 0.7 * numbers.normal(size=(PASSAGES, DIMENSIONS))
    rows = np.rint(rows / np.linalg.norm(rows, axis=1, keepdims=True) * 127).astype(np.int8)
    with tempfile.TemporaryDirectory() as folder:
        house, library, retriever, embedder = _library(Path(folder), rng, vocabulary, weights, rows)
        peer = _peer(Path(folder), rows)
        ours: list[float] = []
        by_words: list[float] = []
        theirs: dict[str, list[float]] = {"pragma cache_size = -2000": [], LARGE_CACHE: []}
        agree = 0
        for number in range(-1, ROUNDS):
            query = " ".join(rng.choices(vocabulary, cum_weights=weights, k=rng.randint(3, 8)))
            noise = 0.3 * numbers.normal(size=DIMENSIONS)
            wanted = rows[rng.randrange(PASSAGES)] / 127 + noise / np.sqrt(DIMENSIONS)
            embedder.vector = np.rint(wanted / np.linalg.norm(wanted) * 127).astype(np.int8).tobytes()
            times = [_timed(lambda query=query: retriever.search(query, _scope(), LIMIT))]
            times.append(_timed(lambda query=query: library.passages.by_words(query, _scope(), 40)))
            for cache, found in theirs.items():
                peer.execute(cache)
                peer.execute(_PEER, (embedder.vector,)).fetchall()
                found.append(_timed(lambda: peer.execute(_PEER, (embedder.vector,)).fetchall()))
            if number >= 0:  # the first round loads the vectors
                ours.append(times[0])
                by_words.append(times[1])
                meant = {one for one, _ in retriever.nearest_to(embedder.vector)}
                agree += len(meant & {one for (one,) in peer.execute(_PEER, (embedder.vector,))})
            else:
                first = times[0]
        house.close()
        peer.close()
    mine = statistics.median(ours)
    small, large = (statistics.median(found[1:]) for found in theirs.values())
    return {
        "benchmark": "search_100k",
        "passages": PASSAGES,
        "ms": round(mine * 1e3, 1),
        "words_ms": round(statistics.median(by_words) * 1e3, 1),
        "first_ms": round(first * 1e3),
        "sqlite_vec_ms": round(large * 1e3, 1),
        "sqlite_vec_default_cache_ms": round(small * 1e3, 1),
        "ratio": round(mine / large, 2),
        "ratio_default_cache": round(mine / small, 2),
        "bound": 0.4,
        "same_nearest": round(agree / (ROUNDS * LIMIT), 3),
        "python": sys.version.split()[0],
    }


_PEER = f"select rowid from v where row match vec_int8(?) and k = {LIMIT}"


def _scope() -> Any:
    from desktop.core.conversations import GENERAL
    from desktop.core.library import Scope

    return Scope(matter=GENERAL)


@dataclass
class _Embedder:
    """Gives the vector it was told: the embedding itself costs both sides the same."""

    vector: bytes = b""

    def embed(self, model: object, texts: Sequence[str], *, query: bool = False) -> tuple[bytes, ...]:
        return (self.vector,) * len(texts)

    def cancel(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is held."""


def _library(folder: Path, rng: random.Random, vocabulary: list[str], weights: list[float], rows: Any) -> Any:
    from desktop.core.conversations import GENERAL
    from desktop.core.documents import DocumentFacts, DocumentKind, Page
    from desktop.core.library import EmbeddingModel, Scope, SourceState, Split
    from desktop.services.retrieving import Retriever
    from tests.shelves import new, opened

    database, library = opened(folder)
    collection = library.collections.make("Cases", GENERAL).id
    number = 0
    while number < PASSAGES:
        source, _ = library.sources.add(collection, new(f"{number}.pdf"))
        library.sources.begin(source.id, DocumentFacts(DocumentKind.PDF, PAGES))
        pages = []
        for page in range(1, PAGES + 1):
            text = " ".join(rng.choices(vocabulary, cum_weights=weights, k=550))
            pages.append((Page(page, text), [Split(at, at + 900) for at in range(0, 3_600, 900)]))
        library.sources.put_pages(source.id, pages)
        library.sources.finish(source.id, SourceState.SEARCHED)
        number += 4 * PAGES
    at = 0
    while some := library.passages.without_vector("key", 2_000):
        library.passages.put_vectors("key", DIMENSIONS, [(one.id, rows[one.id - 1].tobytes()) for one in some])
        at += len(some)
    assert at == PASSAGES
    model = EmbeddingModel(folder, "key", "synthetic", DIMENSIONS)

    class Models:
        def choose(self, wanted: str) -> EmbeddingModel:
            return model

    class OpenShelf:
        def __init__(self) -> None:
            self.library = library

    class Measured(Retriever):
        def nearest_to(self, vector: bytes) -> Any:
            return self._nearest(model, _scope()).to(vector, LIMIT)

    embedder = _Embedder()
    assert library.passages.count(Scope())[0] == PASSAGES
    return database, library, Measured(OpenShelf(), embedder, Models()), embedder


def _peer(folder: Path, rows: Any) -> Any:
    import sqlite_vec

    from desktop.store import cipher

    peer = cipher.connect(folder / "peer.db", bytes(32))
    peer.enable_load_extension(True)
    sqlite_vec.load(peer)
    peer.enable_load_extension(False)
    peer.execute(f"create virtual table v using vec0(row int8[{DIMENSIONS}] distance_metric=cosine)")
    peer.execute("begin")
    peer.executemany(
        "insert into v(rowid, row) values (?, vec_int8(?))",
        ((number, row.tobytes()) for number, row in enumerate(rows, 1)),
    )
    peer.execute("commit")
    peer.execute("pragma wal_checkpoint(truncate)")
    return peer


def _timed(search: Callable[[], object]) -> float:
    start = time.perf_counter()
    search()
    return time.perf_counter() - start
