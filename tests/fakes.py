"""Scripted parts that tests hand in."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.errors import AppError
from desktop.core.generation import (
    Counted,
    EngineEvent,
    Finished,
    FinishReason,
    GenerateRequest,
    Loaded,
    LoadOptions,
    Reading,
)
from desktop.core.stream import TextDelta


class InlineLane:
    """Does the work at once, on the calling thread."""

    def submit(self, job: Callable[[], None]) -> None:
        job()


@dataclass
class FakeClock:
    """A clock that moves when told."""

    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def second(self) -> None:
        """Let a second pass."""
        self.now += 1.0


Step = str | EngineEvent | AppError | Callable[[], None]


@dataclass
class FakeEngine:
    """Answers with scripted steps: text, events, errors to raise, callables to run in between.

    Records what it was asked. A stop between two steps, or before the model is loaded, ends the turn as the real
    engine does; so does its close.
    """

    scripts: list[list[Step]] = field(default_factory=list)
    asked: list[GenerateRequest] = field(default_factory=list)
    loaded: bool = False
    closed: bool = False
    omitted: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.stopped = threading.Event()

    def answers(self, *steps: Step) -> "FakeEngine":
        self.scripts.append(list(steps))
        return self

    def generate(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        self.stopped.clear()
        self.asked.append(request)
        return self._answer()

    def _answer(self) -> Iterator[EngineEvent]:
        if not self.loaded:
            if self.stopped.is_set():
                yield Finished(FinishReason.STOPPED, 0, 0, 0, 0.0, 0.0)
                return
            self.loaded = True
            yield Loaded(context=4096, trained_context=8192, threads=1, gpu_layers=0, seconds=0.1)
        yield Reading(0, 10)
        yield Reading(10, 10)
        written = 0
        for step in self.scripts.pop(0) if self.scripts else ["fine"]:
            if self.stopped.is_set():
                break
            if isinstance(step, AppError):
                raise step
            if isinstance(step, str):
                written += 1
                yield TextDelta(step)
            elif callable(step):
                step()
            else:
                yield step
        reason = FinishReason.STOPPED if self.stopped.is_set() else FinishReason.END
        yield Finished(reason, 10, 0, written, 0.1, 0.2, self.omitted)

    def count(self, model: Path, load: LoadOptions, text: str) -> Counted | None:
        return Counted(len(text.split()), 4096) if self.loaded else None

    def stop(self) -> None:
        self.stopped.set()

    def close(self) -> None:
        self.closed = True
        self.stopped.set()
