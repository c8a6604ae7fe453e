"""What search by meaning stands on: the real MiniLM, and a small GGUF model, in the real process."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.core.document_errors import EmbedderCrashed, EmbedderDamaged, EmbedderMissing
from desktop.core.errors import Cancelled
from desktop.core.library import EmbeddingModel
from desktop.core.paths import resources
from desktop.engine import embed_wire
from desktop.engine.embedding import LocalEmbedder
from desktop.engine.embedding_models import CARD, TOKENIZER, WEIGHTS, EmbeddingCatalog, describe, prompts
from tests.engine.tiny_embedder import write_tiny_bert

MINILM = resources() / "models" / "minilm-l6-v2"


@pytest.fixture
def embedder() -> Iterator[LocalEmbedder]:
    made = LocalEmbedder()
    yield made
    made.close()


def cosine(one: bytes, other: bytes) -> float:
    a, b = (np.frombuffer(row, np.int8).astype(int) for row in (one, other))
    return float(a @ b) / 127**2


def minilm() -> EmbeddingModel:
    model = describe(MINILM)
    assert model is not None
    return model


def test_texts_of_like_meaning_lie_close_together(embedder: LocalEmbedder) -> None:
    texts = ["The tenant shall pay the rent in advance.", "Rent is due before the month.", "How do I bake bread?"]

    rent, due, bread = embedder.embed(minilm(), texts)

    assert len(rent) == 384
    assert cosine(rent, due) > 0.6
    assert cosine(rent, bread) < 0.2


def test_a_text_has_the_same_vector_alone_and_among_longer_ones(embedder: LocalEmbedder) -> None:
    short = "Rent is due."
    (alone,) = embedder.embed(minilm(), [short])
    *_, among = embedder.embed(minilm(), ["A much longer text about bread. " * 30, "Wine.", short])

    assert cosine(alone, among) > 0.999


def test_an_empty_text_and_signs_of_all_kinds_have_a_vector(embedder: LocalEmbedder) -> None:
    rows = embedder.embed(minilm(), ["", "\x00\ud800", "家賃は毎月払う", "a" * 100_000])

    assert [len(row) for row in rows] == [384] * 4


def test_a_gguf_model_embeds_too(embedder: LocalEmbedder, tmp_path: Path) -> None:
    model = describe(write_tiny_bert(tmp_path / "tiny-e5.gguf"))
    assert model is not None

    first, again, other = embedder.embed(model, ["the rent is due", "the rent is due", "we bake bread ."])

    assert (model.dimensions, model.languages, len(first)) == (32, (), 32)
    assert first == again
    assert cosine(first, other) < 0.99


def test_a_question_is_marked_as_its_model_wants_it(embedder: LocalEmbedder, tmp_path: Path) -> None:
    model = describe(write_tiny_bert(tmp_path / "tiny-e5.gguf"))
    assert model is not None

    assert prompts(model).query == "query: "
    (passage,), (query,) = embedder.embed(model, ["rent"]), embedder.embed(model, ["rent"], query=True)
    assert passage != query


def test_another_model_takes_the_place_of_the_first(embedder: LocalEmbedder, tmp_path: Path) -> None:
    tiny = describe(write_tiny_bert(tmp_path / "tiny.gguf"))
    assert tiny is not None

    assert [len(embedder.embed(one, ["rent"])[0]) for one in (minilm(), tiny, minilm())] == [384, 32, 384]


def test_a_process_that_died_is_started_anew(embedder: LocalEmbedder) -> None:
    (before,) = embedder.embed(minilm(), ["rent"])
    os.kill(embedder.pid or 0, signal.SIGKILL)

    rows: tuple[bytes, ...] = ()
    for _ in range(2):  # the end may be noticed while it is asked
        try:
            rows = embedder.embed(minilm(), ["rent"])
        except EmbedderCrashed:
            continue
        break

    assert rows == (before,)


def test_cancel_ends_a_long_batch(embedder: LocalEmbedder) -> None:
    class Texts(list[str]):
        def __iter__(self) -> Iterator[str]:
            yield from super().__iter__()
            embedder.cancel()

    with pytest.raises(Cancelled):
        embedder.embed(minilm(), Texts(["A text about rent and bread. " * 40] * 400))
    assert embedder.embed(minilm(), ["rent"])


def test_a_damaged_model_is_told_and_the_next_one_works(embedder: LocalEmbedder, tmp_path: Path) -> None:
    shutil.copytree(MINILM, tmp_path / "broken")
    (tmp_path / "broken" / WEIGHTS).write_bytes(b"no model at all")
    broken = describe(tmp_path / "broken")
    assert broken is not None

    with pytest.raises(EmbedderDamaged, match="all-MiniLM-L6-v2 cannot be used"):
        embedder.embed(broken, ["rent"])
    assert embedder.embed(minilm(), ["rent"])


def test_a_model_that_is_gone_is_told(embedder: LocalEmbedder, tmp_path: Path) -> None:
    with pytest.raises(EmbedderMissing):
        embedder.embed(EmbeddingModel(tmp_path / "none.gguf", "k", "none", 8), ["rent"])


def test_the_bundled_model_is_found_and_one_of_many_languages_is_preferred(tmp_path: Path) -> None:
    assert EmbeddingCatalog([MINILM.parent]).choose("") == minilm()

    write_tiny_bert(tmp_path / "multilingual-e5.gguf", name="multilingual-e5")
    shutil.copytree(MINILM, tmp_path / "minilm")
    chosen = EmbeddingCatalog([tmp_path]).choose("")

    assert chosen is not None
    assert chosen.name == "multilingual-e5"
    assert EmbeddingCatalog([tmp_path]).choose(str(tmp_path / "minilm")) is not None


@pytest.mark.parametrize("missing", [CARD, TOKENIZER, WEIGHTS])
def test_a_folder_that_lacks_a_file_is_no_model(tmp_path: Path, missing: str) -> None:
    shutil.copytree(MINILM, tmp_path / "minilm")
    (tmp_path / "minilm" / missing).unlink()

    assert EmbeddingCatalog([tmp_path]).choose("") is None


def test_a_model_without_dimensions_is_no_model(tmp_path: Path) -> None:
    shutil.copytree(MINILM, tmp_path / "minilm")
    card = (tmp_path / "minilm" / CARD).read_text("utf-8")
    (tmp_path / "minilm" / CARD).write_text(card.replace("384", "0"), "utf-8")

    assert EmbeddingCatalog([tmp_path]).choose("") is None


def test_a_chat_model_is_no_embedding_model() -> None:
    assert describe(Path(__file__).parents[1] / "models" / "tiny-gemma4-e.gguf") is None


def test_nothing_but_replies_is_taken_from_the_process() -> None:
    reply = embed_wire.Embedded(b"\x01\x02")

    assert embed_wire.decode(embed_wire.encode(reply)) == reply
    with pytest.raises(Exception, match="something else"):
        embed_wire.decode(b"cos\nsystem\n(S'true'\ntR.")
