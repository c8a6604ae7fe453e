"""index: documents through the whole house until every passage is found by meaning, against embedding alone.

A PDF of 500 pages, and 2,000 mails of one page: read by the reader process, split, stored encrypted, embedded. The
yardstick is the embedder in a process of its own, given the same texts in batches of the same size, started as cold.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.history_search import words
from tests.long_pdf import pdf_of

PAGES = 500
LINES = 34
MAILS = 2000


def measure() -> dict[str, object]:
    """Index both and compare."""
    from desktop.core.library import Scope

    result: dict[str, object] = {"benchmark": "index"}
    rng = random.Random(11)
    vocabulary = words(11, 6000)
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    with tempfile.TemporaryDirectory() as folder:
        pdf, mails = Path(folder) / "pdf", Path(folder) / "mails"
        pdf.mkdir()
        mails.mkdir()
        pages = [[" ".join(rng.choices(vocabulary, weights, k=11)) for _ in range(LINES)] for _ in range(PAGES)]
        (pdf / "long.pdf").write_bytes(pdf_of(pages))
        for number in range(MAILS):
            (mails / f"{number:04}.eml").write_text(mail(number, " ".join(rng.choices(vocabulary, weights, k=90))))
        for name, place, bound in (("pdf", pdf, 1.2), ("mails", mails, 1.5)):
            with opened(Path(folder) / f"profile {name}") as house:
                began = time.perf_counter()
                seconds_to_words = index(house, place)
                whole = time.perf_counter() - began
                library = house.shelf.library  # type: ignore[attr-defined]
                count, _ = library.passages.count(Scope())
                texts = list(embedded_texts(library))
            alone = embed(texts)
            part = {
                f"{name}_passages": count,
                f"{name}_seconds": round(whole, 1),
                f"{name}_words_ready": round(seconds_to_words, 1),
                f"{name}_embedding_alone": round(alone, 1),
                f"{name}_ratio": round(whole / alone, 2),
                f"{name}_bound": bound,
            }
            print(part, file=sys.stderr, flush=True)  # it takes minutes
            result |= part
    return {**result, "python": sys.version.split()[0]}


@contextmanager
def opened(root: Path) -> Iterator[object]:
    """Open a profile with all the real parts."""
    from desktop import app
    from desktop.core.paths import Profile

    app.guard_environment()
    lock = app.prepare(Profile(root))
    assert lock.acquire()
    house = app.build(Profile(root))
    try:
        house.vault.open_now()
        yield house
    finally:
        house.close()
        lock.release()


def index(house: object, place: Path) -> float:
    """Import a folder and wait until all of it is embedded; returns the seconds until all was found by words."""
    from desktop.core.library import Keeping
    from desktop.core.library_events import SourceChanged
    from desktop.services.library_verbs import ENDED

    began, words_ready = time.perf_counter(), 0.0
    for event in house.library.verbs.bring([str(place)], "Bench", Keeping.COPY):  # type: ignore[attr-defined]
        if isinstance(event, SourceChanged) and event.source.state in ENDED:
            words_ready = time.perf_counter() - began
    return words_ready


def embedded_texts(library: object) -> Iterator[str]:
    """Yield what was embedded, in the same words."""
    from desktop.core.library import Scope

    after = None
    sources = library.sources  # type: ignore[attr-defined]
    while passages := library.passages.in_order(Scope(), after):  # type: ignore[attr-defined]
        for one in passages:
            source = sources.get(one.source)
            title = source.title or source.name.rpartition(".")[0]
            yield "\n".join(part for part in (title, one.heading, one.header, one.text) if part)
        after = passages[-1].id


def embed(texts: list[str]) -> float:
    """Embed texts by the embedder alone; returns seconds, its start among them."""
    from desktop.core.paths import resources
    from desktop.engine.embedding import LocalEmbedder
    from desktop.engine.embedding_models import EmbeddingCatalog
    from desktop.services.embedding import BATCH

    model = EmbeddingCatalog((resources() / "models",)).choose("")
    assert model is not None
    embedder = LocalEmbedder()
    began = time.perf_counter()
    for first in range(0, len(texts), BATCH):
        embedder.embed(model, texts[first : first + BATCH])
    seconds = time.perf_counter() - began
    embedder.close()
    return seconds


def mail(number: int, text: str) -> str:
    """Write a mail."""
    head = f"From: a{number}@example.org\nTo: b@example.org\nSubject: Letter {number}\n"
    return f"{head}Date: Mon, 2 Mar 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
