"""Embedding with a GGUF model through llama.cpp, pooled as the file says."""

import ctypes
from collections.abc import Sequence
from typing import Any

from desktop.core.document_errors import EmbedderDamaged
from desktop.core.errors import ModelDamaged, ModelMissing
from desktop.core.library import EmbeddingModel
from desktop.engine import machine
from desktop.engine.embedding_models import POOLING
from desktop.engine.header import read_any
from desktop.engine.worker import library

MEAN = 1
MOST_THREADS = 16


class GgufBackend:
    """One model and one context of llama.cpp, used for one text at a time."""

    def __init__(self, model: EmbeddingModel, tokens: int) -> None:
        """Check the header, then load it.

        Raises:
            EmbedderDamaged: it cannot be used.
        """
        try:
            header = read_any(model.path)
        except (ModelDamaged, ModelMissing) as error:
            reason = str(error.fields.get("reason", "it is not there any more"))
            raise EmbedderDamaged(name=model.name, reason=reason) from error
        api = self._api = library.load()
        parameters = api.llama_model_default_params()
        parameters.n_gpu_layers = 0
        self._model: Any = api.llama_model_load_from_file(str(model.path).encode("utf-8"), parameters)
        if not self._model:
            raise EmbedderDamaged(name=model.name, reason="llama.cpp could not load it")
        self._tokens = min(tokens, header.trained_context or tokens)
        self._context: Any = api.llama_init_from_model(self._model, self._parameters(pooled=header.number(POOLING) > 0))
        if not self._context:
            raise EmbedderDamaged(name=model.name, reason="llama.cpp could not use it")
        self._width = int(api.llama_model_n_embd(self._model))
        self._vocabulary = api.llama_model_get_vocab(self._model)

    def _parameters(self, *, pooled: bool) -> Any:
        """Why one batch holds a whole text: an encoder looks at all of it at once."""
        parameters = self._api.llama_context_default_params()
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = self._tokens
        parameters.n_threads = parameters.n_threads_batch = min(MOST_THREADS, machine.cores(physical=True))
        parameters.embeddings = True
        parameters.no_perf = True
        if not pooled:
            parameters.pooling_type = MEAN
        return parameters

    def embed(self, texts: Sequence[str]) -> Any:
        """Return an array of floats, a row a text."""
        import numpy as np

        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> Any:
        import numpy as np

        api = self._api
        raw = text.encode("utf-8", "replace")
        tokens = (ctypes.c_int32 * (len(raw) + 8))()
        count = api.llama_tokenize(self._vocabulary, raw, len(raw), tokens, len(tokens), True, False)
        kept = max(1, min(int(count), self._tokens))
        if count > kept:
            tokens[kept - 1] = tokens[count - 1]  # the token that ends a text
        memory = api.llama_get_memory(self._context)
        if memory:
            api.llama_memory_clear(memory, True)
        batch = api.llama_batch_get_one(ctypes.cast(tokens, ctypes.POINTER(ctypes.c_int32)), kept)
        run = api.llama_decode if memory else api.llama_encode
        if run(self._context, batch) != 0:
            raise RuntimeError("llama.cpp could not embed a text")
        pointer = api.llama_get_embeddings_seq(self._context, 0)
        return np.ctypeslib.as_array(pointer, shape=(self._width,)).astype(np.float32, copy=True)
