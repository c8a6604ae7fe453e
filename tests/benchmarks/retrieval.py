"""retrieval: the labelled questions over real texts, through the reader process, the store and the embedder.

Says how often what answers is among the first ten, for the half that was tuned on and the half that was held out, by
words alone and by both. Scans are left out where there is no data to read them, and that is said.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.index import index, opened
from tests.retrieval import labelled

SPLITS = ("tune", "held_out")


def measure(splits: Sequence[str] = SPLITS) -> dict[str, object]:
    """Import the texts and ask every question."""
    from desktop.core.library import Scope

    result: dict[str, object] = {"benchmark": "retrieval", "bound": "recall@10 of the rest >= 0.95"}
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "profile") as house:
        index(house, labelled.TEXTS)
        shelf, retriever = house.shelf, house.library.retriever  # type: ignore[attr-defined]
        sources = {one.name: one for one in shelf.library.sources.within(Scope())}
        unread = sorted(set(_names()) - {name for name, one in sources.items() if one.passages})
        result["not_read"] = unread
        result["passages"] = sum(one.passages for one in sources.values())
        for split in splits:
            asked = [one for one in labelled.questions(split) if one.answerable and one.file not in unread]
            none = [one for one in labelled.questions(split) if not one.answerable]
            fused = partial(retriever.search, scope=Scope(), limit=labelled.LIMIT)
            words = partial(retriever.by_words, scope=Scope(), limit=labelled.LIMIT)
            result[split] = labelled.measured(asked, fused)
            result[f"{split} by words"] = {
                name: one for name, one in labelled.measured(asked, words).items() if name in ("all", "hard", "rest")
            }
            result[f"{split} top score"] = {
                "answerable": _top(fused(one.question) for one in asked),
                "unanswerable": _top(fused(one.question) for one in none),
            }
    return {**result, "python": sys.version.split()[0]}


def _names() -> Iterable[str]:
    return (one.name for one in labelled.TEXTS.iterdir())


def _top(found: Iterable[Sequence[object]]) -> dict[str, float]:
    """Return the quartiles of the best scores; no promise is made of what they say about whether there is an answer."""
    best = [hits[0].score if hits else 0.0 for hits in found]  # type: ignore[attr-defined]
    low, middle, high = statistics.quantiles(best, n=4) if len(best) > 1 else (best * 3)[:3]
    return {"lower": round(low, 2), "median": round(middle, 2), "upper": round(high, 2)}
