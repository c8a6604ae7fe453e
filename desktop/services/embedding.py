"""Makes the search by meaning ready: passages get their vectors, in small batches, while no chat is answered."""

import threading
import time
from collections.abc import Callable, Sequence

from desktop.core.coverage import SourceId
from desktop.core.document_errors import SourceMissing
from desktop.core.library import EmbeddingModel, Passage
from desktop.core.library_ports import Embedder, EmbeddingModels
from desktop.services.rates import Rates
from desktop.services.shelf import Shelf

REMEMBERED_SECONDS = 20.0
FETCHED = 512
"""Passages that are asked of the store at a time."""
BATCH = 32
"""Passages that are embedded at a time: a question that comes meanwhile waits no longer than for these."""


class SharedEmbedder:
    """The port `Embedder` for several threads: one at a time, and who asks a question goes before who indexes."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._free = threading.Condition()
        self._busy = False
        self._questions = 0

    def embed(self, model: EmbeddingModel, texts: Sequence[str], *, query: bool = False) -> tuple[bytes, ...]:
        """Return a vector for each text; errors as the embedder's."""
        with self._free:
            self._questions += query
            try:
                while self._busy or (self._questions and not query):
                    self._free.wait()
            finally:
                self._questions -= query
            self._busy = True
        try:
            return self._embedder.embed(model, texts, query=query)
        finally:
            with self._free:
                self._busy = False
                self._free.notify_all()

    def cancel(self) -> None:
        """End what is being embedded soon; its caller gets Cancelled."""
        self._embedder.cancel()

    def close(self) -> None:
        """End the process; after the threads that use it."""
        self._embedder.cancel()
        self._embedder.close()


class RememberedModels:
    """The port `EmbeddingModels`, asked at every letter of a search: the disk is looked at now and then only."""

    def __init__(self, models: EmbeddingModels, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._models = models
        self._monotonic = monotonic
        self._known: dict[str, tuple[float, EmbeddingModel | None]] = {}

    def choose(self, wanted: str) -> EmbeddingModel | None:
        """Return the model at this path, or else the best one at hand, as it was a moment ago."""
        now = self._monotonic()
        when, model = self._known.get(wanted, (0.0, None))
        if wanted not in self._known or now - when > REMEMBERED_SECONDS:
            model = self._models.choose(wanted)
            self._known[wanted] = (now, model)
        return model


class PassageEmbedding:
    """Gives passages their vectors. Works on the meaning lane."""

    def __init__(
        self,
        shelf: Shelf,
        embedder: Embedder,
        rates: Rates,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shelf = shelf
        self._embedder = embedder
        self._rates = rates
        self._monotonic = monotonic
        self._titles: dict[SourceId, str] = {}
        self._warm = False

    def embed(self, model: EmbeddingModel, go_on: Callable[[], None], told: Callable[[], None]) -> None:
        """Embed every passage that has no vector of this model, the newest source first.

        Args:
            model: which model.
            go_on: passed between two batches; raises to end it: what is stored by then stays.
            told: called after each batch.

        Raises:
            AppError: the model cannot be used, or the disk is full.
        """
        passages = self._shelf.library.passages
        while waiting := passages.without_vector(model.key, FETCHED):
            for first in range(0, len(waiting), BATCH):
                go_on()
                batch = waiting[first : first + BATCH]
                began = self._monotonic()
                vectors = self._embedder.embed(model, [self._text(one) for one in batch])
                if self._warm:  # the first ones wait for a process and a model, which says nothing about the others
                    self._rates.embedded(len(batch), self._monotonic() - began)
                self._warm = True
                numbered = [(one.id, vector) for one, vector in zip(batch, vectors, strict=True)]
                passages.put_vectors(model.key, model.dimensions, numbered)
                told()
        self._titles.clear()

    def cancel(self) -> None:
        """End what is being embedded soon; its caller gets Cancelled."""
        self._embedder.cancel()

    def _text(self, passage: Passage) -> str:
        """Return what stands for a passage: where it stands says much of what it is about."""
        title = self._title(passage.source)
        return "\n".join(one for one in (title, passage.heading, passage.header, passage.text) if one)

    def _title(self, source: SourceId) -> str:
        if source not in self._titles:
            try:
                found = self._shelf.library.sources.get(source)
            except SourceMissing:
                return ""
            self._titles[source] = found.title or found.name.rpartition(".")[0]
        return self._titles[source]
