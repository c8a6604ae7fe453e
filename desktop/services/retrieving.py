"""Finds passages of the library for a question: by their words always, by their meaning where there is a model.

Words come at once; meaning costs the embedder's process. What an embedder cannot do is no reason to find nothing.
"""

import logging
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from desktop.core.coverage import Coverage, PassageId, SourceId
from desktop.core.document_errors import SourceMissing
from desktop.core.errors import AppError
from desktop.core.library import EmbeddingModel, Hit, LibrarySource, Passage, Scope, is_foreign
from desktop.core.library_ports import Embedder, EmbeddingModels, Library
from desktop.core.words import Asked, asked, holds, marks
from desktop.services import languages, ranking
from desktop.services.nearest import Nearest
from desktop.services.ranking import Found, Weights

log = logging.getLogger(__name__)

DEEP = 4
"""So many times as many passages as wanted are looked at, by words and by meaning."""
SHALLOWEST = 40
TELLING = 5
"""So many of the first passages found by words tell the language of a question that is too short to show it."""
LOADED = 3
"""Scopes whose vectors stay in memory."""
LARGEST = 512 * 1024 * 1024
"""Bytes of them; the newest stays, however large."""


class HasLibrary(Protocol):
    """Where the opened library is had from."""

    @property
    def library(self) -> Library:
        """The library; raises VaultLocked while there is none."""


class Retriever:
    """Finds passages. From any thread; one at a time asks the embedder."""

    def __init__(
        self,
        shelf: HasLibrary,
        embedder: Embedder | None = None,
        models: EmbeddingModels | None = None,
        wanted: Callable[[], str] = str,
    ) -> None:
        """Load nothing yet.

        Args:
            shelf: where the library is.
            embedder: makes vectors of questions; None: everything is found by words.
            models: which embedding models there are.
            wanted: returns the path of the one that the person chose, or nothing.
        """
        self._shelf = shelf
        self._embedder = embedder
        self._models = models
        self._wanted = wanted
        self._lock = threading.RLock()
        self._loaded: OrderedDict[tuple[str, Scope], tuple[int, Nearest]] = OrderedDict()

    def by_words(self, question: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Return what holds words of the question, best first; quick enough to be asked at every letter."""
        words = self._shelf.library.passages.by_words(question, scope, self._depth(limit))
        wanted = asked(question)
        return self._hits(wanted, words, (), ranking.weights(wanted), limit)

    def search(self, question: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
        """Return what fits the question by its words and its meaning, best first.

        What the question has in quotes stands in every hit.

        Raises:
            Cancelled: the embedder was cancelled.
        """
        words = self._shelf.library.passages.by_words(question, scope, self._depth(limit))
        meaning = self._by_meaning(question, scope, self._depth(limit))
        wanted = asked(question)
        counting = ranking.weights(wanted, foreign=bool(meaning) and self._asks_in_foreign(question, words))
        return self._hits(wanted, words, meaning, counting, limit)

    def coverage(self, scope: Scope) -> Coverage:
        """Return how much of a scope can be searched, and which of its files by their words only."""
        library, model = self._shelf.library, self.model()
        coverage = library.passages.coverage(scope)
        if model is None or not model.languages:
            return coverage
        foreign = (one.name for one in library.sources.within(scope) if is_foreign(one, model))
        return replace(coverage, by_words=tuple(foreign))

    def model(self) -> EmbeddingModel | None:
        """Return the model that finds by meaning, None where there is none."""
        return self._models.choose(self._wanted()) if self._models and self._embedder else None

    def forget(self) -> None:
        """Give the memory of the vectors back, as when the store closes."""
        with self._lock:
            self._loaded.clear()

    def _depth(self, limit: int) -> int:
        return max(SHALLOWEST, DEEP * limit)

    def _by_meaning(self, question: str, scope: Scope, depth: int) -> Found:
        model = self.model()
        if model is None or self._embedder is None or not question.strip():
            return ()
        with self._lock:
            nearest = self._nearest(model, scope)
            if not len(nearest):
                return ()
            try:
                (vector,) = self._embedder.embed(model, (question,), query=True)
            except AppError as error:
                log.info("a question is not searched by meaning: %s", type(error).__name__)
                return ()
        return nearest.to(vector, depth)

    def _nearest(self, model: EmbeddingModel, scope: Scope) -> Nearest:
        passages, key = self._shelf.library.passages, (model.key, scope)
        generation = passages.generation()
        known = self._loaded.pop(key, None)
        if known is None or known[0] != generation:
            known = (generation, Nearest(passages.vectors(model.key, scope)))
        self._loaded[key] = known
        while len(self._loaded) > 1 and (
            len(self._loaded) > LOADED or sum(one.size for _, one in self._loaded.values()) > LARGEST
        ):
            self._loaded.popitem(last=False)
        return known[1]

    def _asks_in_foreign(self, question: str, words: Found) -> bool:
        """Return whether a question is in a language that the model has not learnt."""
        model = self.model()
        if model is None or not model.languages:
            return False
        language = languages.language(question) or self._language_of(words[:TELLING])
        return bool(language) and language not in model.languages

    def _language_of(self, found: Found) -> str:
        """Return the language of the documents that all of these passages but one are from."""
        library = self._shelf.library
        counted: Counter[str] = Counter()
        for passage in library.passages.get([one for one, _ in found]):
            with suppress(SourceMissing):
                counted[library.sources.get(passage.source).language] += 1
        language, times = counted.most_common(1)[0] if counted else ("", 0)
        return language if times >= min(len(found), TELLING - 1) else ""

    def _hits(self, wanted: Asked, words: Found, meaning: Found, counting: Weights, limit: int) -> tuple[Hit, ...]:
        scores = ranking.fuse(words, meaning, counting)
        passages = self._shelf.library.passages.get(tuple(scores))
        if wanted.quoted:
            passages = self._quoting(wanted, passages, {one for one, _ in words})
        return tuple(self._shown(wanted, ranking.chosen(passages, scores, limit)))

    def _quoting(self, wanted: Asked, passages: Iterable[Passage], checked: set[PassageId]) -> tuple[Passage, ...]:
        """Return those that hold all that was quoted; what was found by words does."""
        return tuple(
            one
            for one in passages
            if one.id in checked
            or all(any(holds(each, part) for part in (one.text, one.heading, one.header)) for each in wanted.quoted)
        )

    def _shown(self, wanted: Asked, found: Iterable[tuple[Passage, float]]) -> Iterable[Hit]:
        sources = self._shelf.library.sources
        known: dict[SourceId, LibrarySource] = {}
        for passage, score in found:
            try:
                page = sources.page(passage.source, passage.page)
                source = known.get(passage.source) or sources.get(passage.source)
            except SourceMissing:
                continue
            known[source.id] = source
            whole = replace(passage, text=page.text[passage.start : passage.end])
            yield Hit(whole, source, page.label, score, marks(wanted, whole.text))
