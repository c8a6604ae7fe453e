"""The vectors of many passages in memory, and those that are nearest to one: numpy, in blocks that fit the cache.

numpy is loaded by the lane that asks first, never at the start: it takes 0.1 s.
"""

from typing import Any

from desktop.core.coverage import PassageId
from desktop.core.library_ports import Vectors

BLOCK = 512
"""Rows whose floating-point copies stay in a core's cache."""
SIFTED = 300_000
"""From so many passages on, the signs of the vectors are compared first."""
SIFT = 50
"""So many times as many as wanted come through, at least."""
SIFT_LEAST = 20_000
LENGTH = 127.0


class Nearest:
    """The vectors of one model in one scope. Reading only, so that several threads may ask."""

    def __init__(self, vectors: Vectors, sifted: int = SIFTED) -> None:
        """Take them over without a copy.

        Args:
            vectors: as the store hands them out.
            sifted: from how many on their signs are compared first.
        """
        import numpy as np  # noqa: PLC0415 - see above

        self._numpy = np
        self._ids = np.frombuffer(vectors.ids, dtype=np.int64)
        self._rows = np.frombuffer(vectors.rows, dtype=np.int8).reshape(len(self._ids), -1 if len(self._ids) else 0)
        self._signs = self._signs_of(self._rows) if len(self._ids) >= sifted else None

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def size(self) -> int:
        """In bytes."""
        return int(self._rows.nbytes + self._ids.nbytes + (0 if self._signs is None else self._signs.nbytes))

    def to(self, query: bytes, limit: int) -> tuple[tuple[PassageId, float], ...]:
        """Return the passages that are nearest to a vector, with about their cosine, best first."""
        np = self._numpy
        wanted = np.frombuffer(query, dtype=np.int8).astype(np.float32)
        if not len(self._ids) or len(wanted) != self._rows.shape[1]:
            return ()
        among = None if self._signs is None else self._sift(wanted, limit)
        scores = self._scores(self._rows if among is None else self._rows[among], wanted)
        count = min(limit, len(scores))
        best = np.argpartition(scores, len(scores) - count)[len(scores) - count :]
        best = best[np.argsort(-scores[best], kind="stable")]
        places = best if among is None else among[best]
        scale = LENGTH * LENGTH
        return tuple(
            (PassageId(int(id_)), float(score) / scale)
            for id_, score in zip(self._ids[places], scores[best], strict=True)
        )

    def _scores(self, rows: Any, wanted: Any) -> Any:
        np = self._numpy
        scores = np.empty(len(rows), dtype=np.float32)
        block = np.empty((BLOCK, len(wanted)), dtype=np.float32)
        for at in range(0, len(rows), BLOCK):
            some = rows[at : at + BLOCK]
            np.copyto(block[: len(some)], some)
            np.dot(block[: len(some)], wanted, out=scores[at : at + len(some)])
        return scores

    def _signs_of(self, rows: Any) -> Any:
        np = self._numpy
        packed = np.packbits(rows > 0, axis=1)
        padded = np.zeros((len(rows), -(-packed.shape[1] // 8) * 8), dtype=np.uint8)
        padded[:, : packed.shape[1]] = packed
        return np.ascontiguousarray(padded.view(np.uint64).T)

    def _sift(self, wanted: Any, limit: int) -> Any:
        """Return the places of those whose signs differ least."""
        np = self._numpy
        signs = self._signs
        assert signs is not None
        query = self._signs_of(wanted.reshape(1, -1))[:, 0]
        differing = np.zeros(signs.shape[1], dtype=np.uint16)
        for column, one in zip(signs, query, strict=True):
            differing += np.bitwise_count(column ^ one)
        count = min(len(differing), max(SIFT_LEAST, SIFT * limit))
        return np.sort(np.argpartition(differing, count - 1)[:count])
