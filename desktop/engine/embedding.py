"""The Embedder port over a process of its own: a crash costs one batch, the next starts it anew."""

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from desktop.core.child import BROKEN_PIPE, Child, Entry, new_flag
from desktop.core.document_errors import EmbedderCrashed, EmbedderMissing
from desktop.core.errors import AppError, Cancelled
from desktop.core.library import EmbeddingModel
from desktop.engine import embed_wire as wire
from desktop.engine.worker import embed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne, in seconds. A few texts are one step, slow with a large model."""

    silent: float = 120.0
    after_cancel: float = 3.0
    quitting: float = 2.0


class LocalEmbedder:
    """Embeds in a child process that is started when needed; one process holds one model."""

    def __init__(self, entry: Entry = embed.run, patience: Patience | None = None) -> None:
        """Start nothing yet.

        Args:
            entry: what the child runs; tests hand in a scripted one.
            patience: how long silence is borne.
        """
        self._entry = entry
        self._patience = patience or Patience()
        self._flag = new_flag()
        self._child: Child | None = None
        self._held = ""

    @property
    def pid(self) -> int | None:
        """The number of the running process, for tests."""
        return self._child.pid if self._child is not None and self._child.alive else None

    def embed(self, model: EmbeddingModel, texts: Sequence[str], *, query: bool = False) -> tuple[bytes, ...]:
        """Return a vector for each text; AppError when that fails, Cancelled after `cancel`."""
        if not texts:
            return ()
        self._flag[0] = 0
        if not model.path.exists():
            raise EmbedderMissing
        try:
            rows = self._ask(self._running(model), wire.Embed(model, tuple(texts), query))
        except AppError:
            if not self._flag[0]:
                raise
            raise Cancelled from None
        width = model.dimensions
        if len(rows) != width * len(texts):
            self._discard()
            raise EmbedderCrashed
        return tuple(rows[at : at + width] for at in range(0, len(rows), width))

    def cancel(self) -> None:
        """End what is being embedded soon; its caller gets Cancelled. From any thread."""
        self._flag[0] = 1

    def close(self) -> None:
        """End the process. From the user thread; from any other, `cancel` first."""
        if self._child is not None:
            with suppress(OSError):
                self._child.pipe.send(wire.Quit())
            self._child.join(self._patience.quitting)
        self._discard()

    def _running(self, model: EmbeddingModel) -> Child:
        if self._held != model.key or self._child is None or not self._child.alive:
            self._discard()
            try:
                self._child = Child(self._entry, self._flag, "embedding")
            except OSError as error:
                raise EmbedderCrashed from error
            self._held = model.key
        return self._child

    def _ask(self, child: Child, command: wire.Embed) -> bytes:
        try:
            child.pipe.send(command)
            while not isinstance(reply := self._receive(child), wire.CLOSING):
                pass
        except BROKEN_PIPE as error:
            self._discard()
            raise EmbedderCrashed from error
        match reply:
            case wire.Embedded(rows):
                return rows
            case wire.Stopped():
                raise Cancelled
            case wire.Failure(failure):
                self._discard()
                raise failure
            case wire.Broken(what, where):
                log.error("the embedding process met a bug: %s in %s", what, where)
                self._discard()
                raise EmbedderCrashed

    def _receive(self, child: Child) -> wire.Reply:
        began = time.monotonic()
        cancelled: list[float] = []

        def look() -> None:
            now = time.monotonic()
            if self._flag[0] and not cancelled:
                cancelled.append(now)
            late = bool(cancelled) and now > cancelled[0] + self._patience.after_cancel
            if late or now > began + self._patience.silent:
                self._discard()
                raise EmbedderCrashed

        return wire.decode(child.receive(wire.MAX_REPLY, look))

    def _discard(self) -> None:
        child, self._child, self._held = self._child, None, ""
        if child is not None:
            child.kill()
            child.pipe.close()
