"""The embedding process: loads one model and turns texts into vectors of signed bytes.

Importing this module is cheap: the libraries are loaded with the model, after the isolation that keeps them from the
network.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Protocol

from desktop.core import isolation
from desktop.core.child import StopFlag, place_of
from desktop.core.errors import AppError, Cancelled
from desktop.core.library import EmbeddingModel
from desktop.engine import embed_wire as wire
from desktop.engine.embedding_models import Prompts, prompts

STEP = 16
"""Texts that are embedded together."""


class Backend(Protocol):
    """A loaded model."""

    def embed(self, texts: Sequence[str]) -> Any:
        """Return an array of floats, a row a text."""


def run(pipe: Connection, flag: StopFlag) -> None:
    """Serve until Quit or the end of the pipe. The entry of the child process."""
    isolation.apply()
    try:
        Worker(pipe, flag).serve()
    except (EOFError, OSError):  # the app is gone
        os._exit(1)
    os._exit(0)


@dataclass(slots=True)
class Worker:
    """Holds the loaded model between batches."""

    pipe: Connection
    flag: StopFlag
    backend: Backend | None = None
    prompts: Prompts | None = None

    def serve(self) -> None:
        """Embed one batch after the other.

        Raises:
            EOFError: the app closed its end.
        """
        while not isinstance(command := self.pipe.recv(), wire.Quit):
            try:
                reply: wire.Reply = wire.Embedded(self._embed(command))
            except Cancelled:
                reply = wire.Stopped()
            except AppError as error:
                reply = wire.Failure(error)
            except Exception as error:  # noqa: BLE001 - the one place of the worker: a bug is told, not hidden
                reply = wire.Broken(type(error).__name__, place_of(error))
            self.send(reply)

    def send(self, reply: wire.Reply) -> None:
        """Send one reply."""
        self.pipe.send_bytes(wire.encode(reply))

    def _embed(self, command: wire.Embed) -> bytes:
        """Embed the texts, those of like length together: a batch costs as much as its longest text.

        Raises:
            EmbedderDamaged: the model cannot be used.
            Cancelled: the app stopped it.
        """
        if self.backend is None or self.prompts is None:
            self.prompts = prompts(command.model)
            self.backend = load(command.model, self.prompts)
        before = self.prompts.query if command.query else self.prompts.passage
        texts = [(before + text).encode("utf-8", "replace").decode() for text in command.texts]
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        rows: list[bytes] = [b""] * len(texts)
        for at in range(0, len(order), STEP):
            if self.flag[0]:
                raise Cancelled
            indexes = order[at : at + STEP]
            for index, row in zip(indexes, quantized(self.backend.embed([texts[one] for one in indexes])), strict=True):
                rows[index] = row
            self.send(wire.Alive())
        return b"".join(rows)


def load(model: EmbeddingModel, wanted: Prompts) -> Backend:
    """Load a model.

    Raises:
        EmbedderDamaged: it cannot be used.
    """
    if model.path.is_dir():
        from desktop.engine.worker.embed_onnx import OnnxBackend

        return OnnxBackend(model, wanted.tokens)
    from desktop.engine.worker.embed_gguf import GgufBackend

    return GgufBackend(model, wanted.tokens)


def quantized(rows: Any) -> list[bytes]:
    """Return each row scaled to the length 127 and rounded to signed bytes.

    Why not to the largest component: the product of two such rows is the cosine, times 127 squared, without a scale
    of its own to be kept for each.
    """
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled = np.nan_to_num(rows / np.maximum(lengths, 1e-12)) * 127.0
    return [row.tobytes() for row in np.clip(np.rint(scaled), -127, 127).astype(np.int8)]
