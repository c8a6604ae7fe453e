"""The embedding models of this computer: folders with an ONNX model and its card, and GGUF files that embed.

A card is the file embedding.json beside model.onnx and tokenizer.json. A GGUF file tells what it is in its header;
which words its makers put before questions and passages is known for the families that people use.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desktop.core.document_errors import NotAnEmbedder
from desktop.core.errors import AppError
from desktop.core.library import EmbeddingModel
from desktop.engine.header import Header, read_any

CARD, WEIGHTS, TOKENIZER = "embedding.json", "model.onnx", "tokenizer.json"
MAX_DEPTH = 3
MAX_FOLDERS = 2000
MOST_DIMENSIONS = 1 << 16
"""A file that says more, or none, is damaged."""
FAMILIES = ("bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "neo-bert", "modern-bert", "gemma-embedding")
"""Architectures, in llama.cpp's names, that do nothing but embed."""
POOLING = "pooling_type"


@dataclass(frozen=True, slots=True)
class Prompts:
    """What stands before a question and before a passage."""

    query: str = ""
    passage: str = ""
    tokens: int = 512
    """As much of a text as is read."""


_BY_NAME = (
    ("embeddinggemma", Prompts("task: search result | query: ", "title: none | text: ")),
    ("gemma-embedding", Prompts("task: search result | query: ", "title: none | text: ")),
    ("e5", Prompts("query: ", "passage: ")),
    ("nomic-embed", Prompts("search_query: ", "search_document: ")),
    ("qwen3-embedding", Prompts("Instruct: Given a question, retrieve passages that answer it\nQuery: ")),
)
_ENGLISH = ("minilm", "bge-small-en", "bge-base-en", "bge-large-en", "gte-", "nomic-embed-text-v1", "e5-small-v2")


class EmbeddingCatalog:
    """Finds embedding models. Opens their cards and headers only."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def choose(self, wanted: str) -> EmbeddingModel | None:
        """Return the model at this path, or else the best one at hand: one of many languages before one of few."""
        if wanted and (named := describe(Path(wanted))):
            return named
        found = [model for model in map(describe, self._walk()) if model]
        return max(found, key=lambda one: (not one.languages, len(one.languages), one.name), default=None)

    def list(self, extra: Sequence[Path] = ()) -> tuple[EmbeddingModel, ...]:
        """Return every usable model once, the smallest first; `extra` are those the person added."""
        found: dict[str, EmbeddingModel] = {}
        for model in map(describe, (*self._walk(), *extra)):
            if model:
                found.setdefault(model.key, model)
        return tuple(sorted(found.values(), key=lambda one: (one.size, one.name)))

    def find(self, path: str) -> EmbeddingModel:
        """Return the model at this path.

        Raises:
            NotAnEmbedder: there is none, or not a whole one.
        """
        if model := describe(Path(path)):
            return model
        raise NotAnEmbedder(name=Path(path).name)

    def _walk(self) -> Iterator[Path]:
        seen = 0
        for base in self._folders:
            for root, folders, files in os.walk(base):
                seen += 1
                if seen > MAX_FOLDERS:
                    return
                if len(Path(root).relative_to(base).parts) >= MAX_DEPTH:
                    folders.clear()
                if CARD in files:
                    yield Path(root)
                yield from (Path(root) / one for one in sorted(files) if one.casefold().endswith(".gguf"))


def describe(path: Path) -> EmbeddingModel | None:
    """Return the embedding model that lies there; None: it is none, or not whole."""
    with suppress(OSError, ValueError, LookupError, TypeError, AppError):
        found = _of_folder(path) if path.is_dir() else _of_file(path)
        return found if found and 0 < found.dimensions <= MOST_DIMENSIONS else None
    return None


def prompts(model: EmbeddingModel) -> Prompts:
    """Return how a model wants its texts.

    Raises:
        OSError: its card is gone.
    """
    if model.path.is_dir():
        card = json.loads((model.path / CARD).read_text("utf-8"))
        return Prompts(str(card.get("query", "")), str(card.get("passage", "")), int(card.get("tokens", 512)))
    names = model.name.casefold(), model.path.name.casefold()
    return next((one for mark, one in _BY_NAME if any(mark in name for name in names)), Prompts())


def _of_folder(folder: Path) -> EmbeddingModel:
    card = json.loads((folder / CARD).read_text("utf-8"))
    weights = folder / WEIGHTS
    if not (folder / TOKENIZER).is_file():
        raise FileNotFoundError
    languages = tuple(map(str, card["languages"]))
    size = weights.stat().st_size
    return EmbeddingModel(folder, _digest_of(weights), str(card["name"]), int(card["dimensions"]), languages, size)


def _of_file(path: Path) -> EmbeddingModel | None:
    header = read_any(path)
    if not embeds(header):
        return None
    name = header.name
    names = name.casefold(), path.name.casefold()
    english = any(mark in one for mark in _ENGLISH for one in names)
    languages = ("en",) if english else ()
    dimensions = header.number("embedding_length")
    return EmbeddingModel(path, _digest_of(path), name, dimensions, languages, path.stat().st_size)


def embeds(header: Header) -> bool:
    """Return whether a GGUF file was made for embedding."""
    pooled = header.number(POOLING) > 0
    return header.architecture in FAMILIES or pooled


def _digest_of(path: Path) -> str:
    state = path.stat()
    return _digest(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=32)
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
