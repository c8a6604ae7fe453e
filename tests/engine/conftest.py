"""An engine that is closed after its test, and requests for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.generation import EngineEvent, Finished, GenerateRequest, LoadOptions, Reading, SamplingOptions
from desktop.core.messages import Message, Role
from desktop.core.stream import TextDelta, ThoughtDelta
from desktop.engine.client import LocalChatEngine
from tests.engine.tiny_models import write_tiny

HELPFUL = Message.of(Role.SYSTEM, "You are a helpful assistant.")
GREEDY = SamplingOptions(temperature=0.0, max_tokens=24)


def asked(*texts: str, system: bool = True) -> tuple[Message, ...]:
    """A conversation of alternating questions and answers."""
    roles = (Role.USER, Role.ASSISTANT)
    messages = tuple(Message.of(roles[index % 2], text) for index, text in enumerate(texts))
    return (HELPFUL, *messages) if system else messages


def text_of(events: list[EngineEvent]) -> str:
    """The visible text of a turn."""
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def all_text_of(events: list[EngineEvent]) -> str:
    """Text and thoughts of a turn."""
    return "".join(event.text for event in events if isinstance(event, TextDelta | ThoughtDelta))


def end_of(events: list[EngineEvent]) -> Finished:
    """The last event of a turn."""
    last = events[-1]
    assert isinstance(last, Finished)
    return last


def readings(events: list[EngineEvent]) -> list[int]:
    """How far reading was, event by event."""
    return [event.done for event in events if isinstance(event, Reading)]


@pytest.fixture
def engine() -> Iterator[LocalChatEngine]:
    engine = LocalChatEngine()
    yield engine
    engine.close()


@pytest.fixture
def ask(starter_model: Path) -> Callable[..., GenerateRequest]:
    """Make a request to the starter model on one thread."""

    def request(
        messages: tuple[Message, ...], sampling: SamplingOptions = GREEDY, context: int = 2048, **load: object
    ) -> GenerateRequest:
        options = LoadOptions(context=context, threads=1, **load)  # type: ignore[arg-type]
        return GenerateRequest(starter_model, messages, options, sampling)

    return request


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random llama model."""
    return write_tiny(tmp_path_factory.mktemp("models") / "tiny.gguf")


@pytest.fixture(scope="session")
def tiny_windowed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model with a sliding window of 64 in all but every sixth layer."""
    return write_tiny(
        tmp_path_factory.mktemp("models") / "windowed.gguf", architecture="gemma3", window=64, layers=6, name="Windowed"
    )
