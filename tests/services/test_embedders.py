"""Which embedding models there are, one that the person adds, and that it is used; through the whole house."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import app
from desktop.core.coverage import CollectionId
from desktop.core.document_errors import NotAnEmbedder
from desktop.core.events import Failed
from desktop.core.library import Keeping
from desktop.core.library_events import CollectionsListed, EmbeddersListed, IndexingProgress
from desktop.engine.embedding_models import describe
from tests.engine.tiny_embedder import write_tiny_bert
from tests.fakes import FakeEngine
from tests.houses import Recorder, opened

House = tuple[app.House, Recorder]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "p", FakeEngine()) as both:
        yield both


def test_the_models_at_hand_are_listed_and_the_languages_of_scans(house: House) -> None:
    house[0].embedders.list()
    listed = house[1].wait(EmbeddersListed)
    assert listed.best == listed.used
    assert listed.best in listed.models
    assert listed.best is not None
    assert (listed.best.languages, listed.best.size > 1_000_000) == (("en",), True)
    assert "en" in listed.scans


def test_a_file_that_is_added_is_used_from_then_on_and_after_the_next_start(tmp_path: Path) -> None:
    own = write_tiny_bert(tmp_path / "tiny-e5.gguf")
    with opened(tmp_path / "q", FakeEngine()) as (services, recorder):
        services.embedders.add(str(own))
        used = recorder.wait(EmbeddersListed, lambda one: one.used is not None and one.used.path == own).used
        assert used == services.library.retriever.model()
    with opened(tmp_path / "q", FakeEngine()) as (services, recorder):
        services.settings.change(embedding_model="")
        listed = recorder.wait(EmbeddersListed)
        assert own in [one.path for one in listed.models]
        assert listed.used == listed.best


def test_a_file_that_embeds_nothing_is_told_and_not_added(house: House, tmp_path: Path) -> None:
    (tmp_path / "letter.gguf").write_bytes(b"no model")
    house[0].embedders.add(str(tmp_path / "letter.gguf"))
    error = house[1].wait(Failed).error
    assert isinstance(error, NotAnEmbedder)
    assert "The file letter.gguf is not an embedding model, or not whole. Nothing was changed." in str(error)
    assert house[0].settings.current.embedding_files == ()
    assert house[0].settings.current.embedding_model == ""


def test_advice_that_was_closed_is_not_given_again(house: House) -> None:
    house[0].embedders.hush()
    assert house[1].wait(EmbeddersListed).noticed
    assert house[0].settings.current.languages_noticed


def test_what_is_in_the_library_is_embedded_anew_by_the_model_that_is_added(house: House, tmp_path: Path) -> None:
    services, recorder = house
    (tmp_path / "lease.txt").write_text("The rent is due in advance. We bake bread.", "utf-8")
    collections: list[CollectionId] = []
    services.library.library.make("Leases", made=collections.append)
    recorder.wait(CollectionsListed, lambda _: bool(collections))
    services.library.library.add([str(tmp_path / "lease.txt")], collections[0], Keeping.COPY, "t")
    recorder.wait(IndexingProgress, lambda one: one.embedded == one.passages > 0 or one == IndexingProgress())
    own = describe(write_tiny_bert(tmp_path / "tiny-e5.gguf"))
    assert own is not None
    services.embedders.add(str(own.path))
    recorder.wait(IndexingProgress, lambda _: services.shelf.library.passages.embedded(own.key) == (1, 1))
