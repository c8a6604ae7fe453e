"""What is asked about real texts is found in them, by the real embedder; and the labels are right.

The whole set, with all its numbers: python tests/benchmarks/run.py retrieval.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from desktop.core.library import EmbeddingModel, Scope
from desktop.core.paths import resources
from desktop.engine.embedding import LocalEmbedder
from desktop.engine.embedding_models import EmbeddingCatalog
from desktop.services.embedding import PassageEmbedding
from desktop.services.rates import Rates
from desktop.services.retrieving import Retriever
from desktop.services.shelf import Shelf
from desktop.store.library_folders import FolderStore
from tests import shelves
from tests.retrieval import labelled, mark

FEW = (
    "capital-gains-and-budgets.md",
    "mail-currency.eml",
    "mail-dividends.eml",
    "mail-expenses.eml",
    "mail-other-assets.eml",
    "mail-return-of-capital.eml",
    "mail-splits.eml",
    "releases.xlsx",
)
HARD_AT_LEAST, REST_AT_LEAST = 0.8, 0.95


@dataclass(frozen=True)
class Models:
    """Hands out the model that comes along."""

    def choose(self, wanted: str) -> EmbeddingModel | None:
        return EmbeddingCatalog((resources() / "models",)).choose(wanted)


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[Retriever]:
    """Some of the texts, split, stored and embedded as the app does."""
    database, library = shelves.opened(tmp_path)
    for name in FEW:
        shelves.read(library, name, *mark.pages(name))
    shelf, embedder = Shelf(), LocalEmbedder()
    shelf.put_library(library, FolderStore(database))
    model = Models().choose("")
    assert model is not None, "the embedder comes along with the set-up"
    PassageEmbedding(shelf, embedder, Rates()).embed(model, lambda: None, lambda: None)
    yield Retriever(shelf, embedder, Models())
    embedder.close()
    shelf.clear()
    database.close()


def test_what_is_asked_is_found(retriever: Retriever) -> None:
    asked = [one for one in labelled.questions("tune") if one.file in FEW]
    told = labelled.measured(asked, partial(retriever.search, scope=Scope(), limit=labelled.LIMIT))
    assert told["all"]["questions"] == 22
    assert told["rest"]["recall@10"] >= REST_AT_LEAST, told
    assert told["hard"]["recall@10"] >= HARD_AT_LEAST, told


@pytest.mark.parametrize("name", sorted({one.file for one in labelled.questions() if one.answerable}))
def test_each_label_stands_on_its_page(name: str) -> None:
    read = mark.pages(name)
    for one in labelled.questions():
        if one.file == name:
            numbers, texts = mark.place(one.quote, read)
            assert numbers == list(one.pages), one.id
            assert labelled.overlap(one.question, texts) == pytest.approx(one.overlap, abs=0.01), one.id


def test_the_set_is_as_large_and_as_mixed_as_promised() -> None:
    every = labelled.questions()
    asked = [one for one in every if one.answerable]
    assert len({one.id for one in every}) == len({one.question for one in every}) == len(every)
    counts = {name: sum(one.language == name for one in asked) for name in ("en", "de", "fr", "ja")}
    assert counts == {"en": 255, "de": 44, "fr": 40, "ja": 22}
    assert len(every) - len(asked) == 50
    assert sum(one.hard for one in asked) >= len(asked) / 3
    assert abs(sum(one.split == "tune" for one in every) * 2 - len(every)) <= 10


def test_what_shares_few_words_with_its_passage_counts_as_hard() -> None:
    assert labelled.overlap("When is the rent due?", ["The rent is due monthly."]) == 1.0
    assert labelled.overlap("When must tenants pay?", ["The rent is due monthly.", "Tenants"]) == pytest.approx(1 / 2)
