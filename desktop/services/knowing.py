"""The chat engine with the library beside it: a question that asks documents is answered from them.

It is an engine itself, so that who asks need not know of documents. What looks into them is made with the first
question of that kind: it is no part of the app's start.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.generation import Counted, EngineEvent, Finished, GenerateRequest, Loaded, LoadOptions
from desktop.core.ports import ChatEngine

if TYPE_CHECKING:
    from desktop.services.grounding import Grounding

USUAL_SPEED = 100.0
"""Tokens read a second, until it was measured."""
WORTH_MEASURING = 64


class KnowingEngine:
    """Hands a question on, with what the library says to it where it asks that."""

    def __init__(self, engine: ChatEngine, make: "Callable[[ChatEngine], Grounding]") -> None:
        """Take the engine that answers, and what makes the part that looks into the library."""
        self._engine = engine
        self._make = make
        self._grounding: Grounding | None = None
        self._windows: dict[Path, int] = {}
        self._speeds: dict[Path, float] = {}

    def generate(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        """Answer one request; the last event is Finished.

        Raises:
            AppError: while iterating: the library cannot be read, or the engine fails.
        """
        asks = any(one.documents for one in request.messages) or request.messages[-1].scope
        if not asks or request.aside:
            return self._watched(request)
        if self._grounding is None:
            self._grounding = self._make(self._engine)
        window, speed = self._windows.get(request.model, 0), self._speeds.get(request.model, USUAL_SPEED)
        return self._grounding.answer(request, self._watched, window, speed)

    def count(self, model: Path, load: LoadOptions, text: str) -> Counted | None:
        """Count the tokens of a text; None unless this model is in memory, loaded so, and idle. Loads nothing."""
        return self._engine.count(model, load, text)

    def stop(self) -> None:
        """End the running turn soon."""
        if self._grounding is not None:
            self._grounding.stop()
        self._engine.stop()

    def close(self) -> None:
        """End the model process."""
        self.stop()
        self._engine.close()

    def _watched(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        """Answer, and learn how much fits the model and how fast it reads.

        The engine is asked at once, not with the first event: it forgets an earlier stop then, and no later one.
        """
        return self._learning(request, self._engine.generate(request))

    def _learning(self, request: GenerateRequest, events: Iterator[EngineEvent]) -> Iterator[EngineEvent]:
        for event in events:
            if isinstance(event, Loaded):
                self._windows[request.model] = event.context
            elif isinstance(event, Finished) and event.read_seconds > 0:
                read = event.prompt_tokens - event.reused_tokens
                if read >= WORTH_MEASURING:
                    self._speeds[request.model] = read / event.read_seconds
            yield event
