"""The embedder, made when something is first embedded: what drives a process is no part of the app's start."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.library import EmbeddingModel

if TYPE_CHECKING:
    from desktop.engine.embedding import LocalEmbedder
    from desktop.engine.embedding_models import EmbeddingCatalog


class OnDemandEmbedder:
    """A LocalEmbedder that comes into being with the first text."""

    def __init__(self) -> None:
        self._embedder: LocalEmbedder | None = None

    def embed(self, model: EmbeddingModel, texts: Sequence[str], *, query: bool = False) -> tuple[bytes, ...]:
        """Return a vector for each text; AppError when that fails, Cancelled after `cancel`."""
        if self._embedder is None:
            from desktop.engine.embedding import LocalEmbedder  # noqa: PLC0415 - not for the start

            self._embedder = LocalEmbedder()
        return self._embedder.embed(model, texts, query=query)

    def cancel(self) -> None:
        """End what is being embedded soon. From any thread."""
        if self._embedder:
            self._embedder.cancel()

    def close(self) -> None:
        """End the process and give its memory back. From the user thread; from any other, `cancel` first."""
        if self._embedder:
            self._embedder.close()


class OnDemandEmbeddingModels:
    """An EmbeddingCatalog whose reading of headers is loaded when a model is first looked for."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def choose(self, wanted: str) -> EmbeddingModel | None:
        """Return the model at this path, or else the best one at hand."""
        return self._catalog().choose(wanted)

    def list(self, extra: Sequence[Path] = ()) -> tuple[EmbeddingModel, ...]:
        """Return every usable model once, the smallest first; `extra` are those the person added."""
        return self._catalog().list(extra)

    def find(self, path: str) -> EmbeddingModel:
        """Return the model at this path; NotAnEmbedder when there is none."""
        return self._catalog().find(path)

    def _catalog(self) -> "EmbeddingCatalog":
        from desktop.engine.embedding_models import EmbeddingCatalog  # noqa: PLC0415 - not for the start

        return EmbeddingCatalog(self._folders)
