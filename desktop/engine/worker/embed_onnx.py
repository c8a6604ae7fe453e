"""Embedding with an ONNX model: the mean of the last layer over the tokens (Sentence-BERT, Reimers & Gurevych 2019)."""

from collections.abc import Sequence
from typing import Any

from desktop.core.document_errors import EmbedderDamaged
from desktop.core.library import EmbeddingModel
from desktop.engine import machine
from desktop.engine.embedding_models import TOKENIZER, WEIGHTS


class OnnxBackend:
    """A BERT-like encoder with inputs `input_ids`, `attention_mask` and, where it wants them, `token_type_ids`."""

    def __init__(self, model: EmbeddingModel, tokens: int) -> None:
        """Load it.

        Raises:
            EmbedderDamaged: it cannot be used.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, machine.cores(physical=True) - 1)
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False  # it would keep what the longest batch took
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(model.path / TOKENIZER))
            self._session: Any = onnxruntime.InferenceSession(
                str(model.path / WEIGHTS), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise classes of their own, without a common base
            raise EmbedderDamaged(name=model.name, reason="its files are damaged or incomplete") from error
        self._tokenizer.enable_truncation(tokens)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Any:
        """Return an array of floats, a row a text."""
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        last = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        weights = mask[..., None].astype(np.float32)
        return (last * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
