"""What the meaning lane does all day: gives a vector to every passage that has none."""

from collections.abc import Callable

from desktop.core.errors import AppError, Cancelled, StoreFull, StoreUnwritable, VaultLocked
from desktop.core.events import Failed
from desktop.core.library import EmbeddingModel
from desktop.core.ports import Publish
from desktop.services.embedding import PassageEmbedding
from desktop.services.gate import Gate
from desktop.services.indexing_news import IndexingNews
from desktop.services.reading_loop import MEANING, Rhythm

DAY = 86_400.0
TRIES = 2


class EmbeddingLoop:
    """Embeds when there is something new and a model at hand; yields to a chat that is being answered.

    What is wrong with the model is told once: the documents are found by their words all the same.
    """

    def __init__(
        self,
        embedding: PassageEmbedding,
        model: Callable[[], EmbeddingModel | None],
        gate: Gate,
        news: IndexingNews,
        publish: Publish,
        rhythm: Rhythm | None = None,
    ) -> None:
        self._embedding = embedding
        self._model = model
        self._gate = gate
        self._news = news
        self._publish = publish
        self._rhythm = rhythm or Rhythm()
        self._seen = 0
        self._told: set[tuple[str, type[AppError]]] = set()

    def run(self) -> None:
        """Embed until the gate is stopped."""
        self._seen = self._gate.rest(self._rhythm.settle, self._seen)
        while not self._gate.stopped:
            self._round()
            self._news.end(MEANING, self._seen, self._gate.hold)
            self._seen = self._gate.rest(DAY, self._seen)

    def cancel(self) -> None:
        """End what is being embedded soon."""
        self._embedding.cancel()

    def _round(self) -> None:
        model = self._model()
        if model is None:
            return
        for rest in reversed(range(TRIES)):
            try:
                self._embedding.embed(model, self._enter, lambda: self._news.embedded(model))
            except (StoreFull, StoreUnwritable):
                self._gate.pause(paused=True)
                self._news.held(self._gate.hold)
                raise
            except VaultLocked:
                return
            except AppError as error:
                if not rest:
                    self._tell(model, error)
            except Cancelled:
                if self._gate.stopped:
                    raise
            else:
                return

    def _enter(self) -> None:
        self._news.begin(MEANING, self._seen)
        self._gate.enter(self._news.held)
        self._news.held(self._gate.hold)

    def _tell(self, model: EmbeddingModel, error: AppError) -> None:
        if (model.key, type(error)) not in self._told:
            self._told.add((model.key, type(error)))
            self._publish(Failed(error))
