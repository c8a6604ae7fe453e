"""The retriever, made when something is first looked for: what it knows of words is no part of the app's start."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.core.coverage import Coverage
from desktop.core.library import EmbeddingModel, Hit, Scope
from desktop.core.library_ports import Embedder, EmbeddingModels
from desktop.services.shelf import Shelf

if TYPE_CHECKING:
    from desktop.services.retrieving import Retriever


class OnDemandRetriever:
    """A Retriever that comes into being with the first question."""

    def __init__(
        self, shelf: Shelf, embedder: Embedder, models: EmbeddingModels, wanted: Callable[[], str] = str
    ) -> None:
        """Load nothing yet; the arguments are the retriever's."""
        self._shelf = shelf
        self._embedder = embedder
        self._models = models
        self._wanted = wanted

    def by_words(self, question: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Return what holds words of the question, best first."""
        return self._made.by_words(question, scope, limit)

    def search(self, question: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Return what fits the question by its words and its meaning, best first; Cancelled with the embedder."""
        return self._made.search(question, scope, limit)

    def coverage(self, scope: Scope) -> Coverage:
        """Return how much of a scope can be searched, and which of its files by their words only."""
        return self._made.coverage(scope)

    def model(self) -> EmbeddingModel | None:
        """Return the model that finds by meaning, None where there is none."""
        return self._models.choose(self._wanted())

    def forget(self) -> None:
        """Give the memory of the vectors back, as when the store closes."""
        if "_made" in self.__dict__:
            self._made.forget()

    @cached_property
    def _made(self) -> "Retriever":
        from desktop.services.retrieving import Retriever  # noqa: PLC0415 - not for the start

        return Retriever(self._shelf, self._embedder, self._models, self._wanted)
