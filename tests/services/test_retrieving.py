"""Finding by words and by meaning in a real store, with a scripted embedder."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.core.conversations import GENERAL
from desktop.core.coverage import PassageId
from desktop.core.document_errors import EmbedderCrashed
from desktop.core.documents import Page
from desktop.core.errors import AppError, Cancelled
from desktop.core.library import EmbeddingModel, Scope, Split
from desktop.core.library_ports import Vectors
from desktop.services.nearest import Nearest
from desktop.services.retrieving import Retriever
from desktop.store.library import LibraryStore
from tests.shelves import opened, read

MODEL = EmbeddingModel(Path("m"), "key", "small", 4, ("en",))
TOPICS = ("rent", "dog", "garden", "court")
ALIKE = {"lease": "rent", "pet": "dog", "hound": "dog", "lawn": "garden", "judge": "court"}


@dataclass
class Topics:
    """An embedder that knows four topics and some words that mean them."""

    asked: list[str] = field(default_factory=list)
    fails: AppError | Cancelled | None = None

    def embed(self, model: EmbeddingModel, texts: Sequence[str], *, query: bool = False) -> tuple[bytes, ...]:
        self.asked += texts if query else []
        if self.fails:
            raise self.fails
        return tuple(self._vector(one) for one in texts)

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _vector(self, text: str) -> bytes:
        words = [ALIKE.get(one, one) for one in text.lower().replace("?", "").replace(".", "").split()]
        return bytes(127 if topic in words else 0 for topic in TOPICS)


@dataclass(frozen=True)
class Models:
    model: EmbeddingModel | None = MODEL

    def choose(self, wanted: str) -> EmbeddingModel | None:
        return self.model


@dataclass(frozen=True)
class OpenShelf:
    library: LibraryStore


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LibraryStore]:
    database, library = opened(tmp_path)
    read(library, "lease.txt", "The rent is due monthly.")
    read(library, "pets.txt", "A hound may live in the flat.", "The garden is shared.")
    read(library, "filler.txt", *(f"page {number} of something else" for number in range(6)))
    yield library
    database.close()


def embedded(library: LibraryStore, embedder: Topics) -> Retriever:
    """All passages have their vectors."""
    while some := library.passages.without_vector(MODEL.key, 100):
        rows = embedder.embed(MODEL, [one.text for one in some])
        library.passages.put_vectors(MODEL.key, 4, [(one.id, row) for one, row in zip(some, rows, strict=True)])
    return Retriever(OpenShelf(library), embedder, Models())


def test_without_a_model_everything_is_found_by_its_words(library: LibraryStore) -> None:
    for retriever in (Retriever(OpenShelf(library)), Retriever(OpenShelf(library), Topics(), Models(None))):
        (hit,) = retriever.search("when is the rent due", Scope(), 5)
        assert (hit.source.name, hit.passage.text) == ("lease.txt", "The rent is due monthly.")
        assert [hit.passage.text[start:end] for start, end in hit.marks] == ["rent", "due"]
        assert retriever.search("pet", Scope(), 5) == ()
        assert retriever.model() is None


def test_what_means_the_same_is_found(library: LibraryStore) -> None:
    retriever = embedded(library, Topics())
    hit = retriever.search("is a pet allowed", Scope(), 5)[0]
    assert hit.passage.text == "A hound may live in the flat."


def test_words_alone_ask_no_embedder(library: LibraryStore) -> None:
    embedder = Topics()
    retriever = embedded(library, embedder)
    assert [one.source.name for one in retriever.by_words("garden", Scope(), 5)] == ["pets.txt"]
    assert embedder.asked == []


def test_an_embedder_that_fails_leaves_what_words_find(library: LibraryStore) -> None:
    embedder = Topics()
    retriever = embedded(library, embedder)
    embedder.fails = EmbedderCrashed()
    assert [one.source.name for one in retriever.search("the garden", Scope(), 5)] == ["pets.txt"]
    embedder.fails = Cancelled()
    with pytest.raises(Cancelled):
        retriever.search("the garden", Scope(), 5)


def test_what_is_quoted_stands_in_every_hit(library: LibraryStore) -> None:
    read(library, "dogs.txt", "A dog needs a licence.")
    retriever = embedded(library, Topics())
    hits = retriever.search('a pet with a "licence"', Scope(), 5)
    assert [one.source.name for one in hits] == ["dogs.txt"]


def test_new_passages_are_found_and_deleted_ones_are_not(library: LibraryStore) -> None:
    retriever = embedded(library, Topics())
    assert retriever.search("the judge", Scope(), 1)[0].source.name != "ruling.txt"
    read(library, "ruling.txt", "The court has ruled.")
    embedded(library, Topics())
    assert retriever.search("the judge", Scope(), 1)[0].source.name == "ruling.txt"
    library.sources.remove(retriever.search("the judge", Scope(), 1)[0].source.id)
    assert all(one.source.name != "ruling.txt" for one in retriever.search("the judge", Scope(), 9))


def test_meaning_stays_in_the_scope_too(library: LibraryStore) -> None:
    other = library.collections.make("Other", GENERAL).id
    read(library, "else.txt", "A dog on its own.", collection=other)
    retriever = embedded(library, Topics())
    assert {one.source.name for one in retriever.search("pet", Scope(collections=(other,)), 9)} == {"else.txt"}


def test_neighbours_are_shown_as_they_stand_on_the_page(library: LibraryStore) -> None:
    page = Page(1, "The rent is high.\n \nThe rent is late.")
    source = read(library, "two.txt")
    library.sources.put_pages(source.id, [(page, [Split(0, 17), Split(20, 37)])])
    hits = Retriever(OpenShelf(library)).search("high late", Scope(), 5)
    assert [one.passage.text for one in hits] == [page.text]


def test_coverage_names_files_in_languages_that_the_model_lacks(library: LibraryStore) -> None:
    retriever = embedded(library, Topics())
    german = read(library, "Miete.txt", "Die Miete ist fällig.")
    library.sources.note(german.id, language="de")
    assert retriever.coverage(Scope()).by_words == ("Miete.txt",)
    assert Retriever(OpenShelf(library)).coverage(Scope()).by_words == ()


def vectors(count: int, dimensions: int = 384) -> tuple[Vectors, list[list[int]]]:
    import array

    rng = random.Random(5)
    rows = [[rng.randint(-12, 12) for _ in range(dimensions)] for _ in range(count)]
    ids = array.array("q", range(1000, 1000 + count)).tobytes()
    return Vectors(ids, b"".join(array.array("b", one).tobytes() for one in rows), dimensions), rows


@pytest.mark.parametrize("sifted", [10_000, 1], ids=["all compared", "sifted by signs first"])
def test_the_nearest_are_those_with_the_largest_product(sifted: int) -> None:
    import array

    kept, rows = vectors(1_300)
    query = rows[77]
    products = {PassageId(1000 + n): sum(a * b for a, b in zip(row, query, strict=True)) for n, row in enumerate(rows)}
    best = sorted(products, key=lambda one: -products[one])[:10]
    found = Nearest(kept, sifted).to(array.array("b", query).tobytes(), 10)
    assert [one for one, _ in found] == best
    assert found[0] == (1077, pytest.approx(products[best[0]] / 127**2, rel=1e-4))


def test_no_vectors_and_foreign_ones_find_nothing() -> None:
    assert Nearest(Vectors(b"", b"", 0)).to(b"\1\2", 3) == ()
    assert Nearest(vectors(3)[0]).to(b"\1\2", 3) == ()
    assert len(Nearest(vectors(3)[0]).to(bytes(384), 9)) == 3


def test_words_lead_where_the_model_has_not_learnt_the_language(library: LibraryStore) -> None:
    lease = read(library, "mietvertrag.txt", "Die Kaution wird nach dem Auszug mit Zinsen an den Mieter gezahlt.")
    library.sources.note(lease.id, language="de")
    retriever = embedded(library, Topics())
    for question in ("Wann wird die Kaution für den dog gezahlt, und wie ist das mit der Miete?", "Kaution des dog?"):
        assert retriever.search(question, Scope(), 5)[0].source.name == "mietvertrag.txt"
    assert retriever.search("is a pet allowed with the deposit", Scope(), 5)[0].source.name == "pets.txt"
