"""The chat engine, made when it is first asked: what drives a process is no part of the app's start."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.generation import Counted, EngineEvent, GenerateRequest, LoadOptions

if TYPE_CHECKING:
    from desktop.engine.client import LocalChatEngine


class OnDemandChatEngine:
    """A LocalChatEngine that comes into being with the first request."""

    def __init__(self) -> None:
        self._engine: LocalChatEngine | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running process."""
        return self._engine.pid if self._engine else None

    def generate(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        """Answer one request; the last event is Finished."""
        if self._engine is None:
            from desktop.engine.client import LocalChatEngine  # noqa: PLC0415 - not for the start

            self._engine = LocalChatEngine()
        return self._engine.generate(request)

    def count(self, model: Path, load: LoadOptions, text: str) -> Counted | None:
        """Count the tokens of a text, if this model is in memory, loaded so, and idle."""
        return self._engine.count(model, load, text) if self._engine else None

    def stop(self) -> None:
        """End the running turn soon."""
        if self._engine:
            self._engine.stop()

    def close(self) -> None:
        """End the process and give its memory back."""
        if self._engine:
            self._engine.close()
