"""Reading aloud as the window asks for it: which sentence is heard, what ends it, how fast it is."""

import queue
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from desktop.core.errors import AppError, Cancelled
from desktop.core.events import Event
from desktop.core.reading_errors import NoVoice, VoiceHung
from desktop.core.settings import ReadingSpeed, Settings
from desktop.core.voice_events import ReadingEnded, SentenceReached
from desktop.services.lanes import Lane
from desktop.services.reading import RATES, ReadingService
from desktop.speaker.client import LocalSpeaker
from tests.fakes import InlineLane
from tests.speaker import voices


@dataclass
class Chosen:
    """Settings that a test changes."""

    current: Settings = field(default_factory=Settings)


@dataclass
class ScriptedSpeaker:
    """Notes what it says; does at a sentence what it is told to."""

    said: list[tuple[str, str, float]] = field(default_factory=list)
    then: dict[str, Callable[[], None]] = field(default_factory=dict)
    cancelled: bool = False

    def begin(self) -> None:
        self.cancelled = False

    def say(self, words: str, language: str, rate: float, began: Callable[[], None]) -> None:
        if self.cancelled:
            raise Cancelled
        self.said.append((words, language, rate))
        began()
        self.then.get(words, lambda: None)()
        if self.cancelled:
            raise Cancelled

    def cancel(self) -> None:
        self.cancelled = True

    def close(self) -> None:
        pass


@dataclass
class Read:
    """A service with a scripted voice, and what it announced."""

    speaker: ScriptedSpeaker = field(default_factory=ScriptedSpeaker)
    chosen: Any = field(default_factory=Chosen)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.service = ReadingService(self.speaker, self.chosen, InlineLane(), self.events.append)


@pytest.fixture
def read() -> Read:
    return Read()


def failing(error: AppError) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_each_sentence_is_told_as_it_is_heard(read: Read) -> None:
    read.service.read(["One.", "Two."], "en_US", "t")
    assert read.events == [SentenceReached("t", 0), SentenceReached("t", 1), ReadingEnded("t")]


def test_speed_holds_from_the_next_sentence_on(read: Read) -> None:
    def faster() -> None:
        read.chosen.current = replace(read.chosen.current, reading_speed=ReadingSpeed.FAST)

    read.speaker.then["One."] = faster
    read.service.read(["One.", "Two."], "en_US", "t")
    assert [rate for *_, rate in read.speaker.said] == [RATES[ReadingSpeed.NORMAL], RATES[ReadingSpeed.FAST]]


@pytest.mark.parametrize(
    ("words", "home", "language"),
    [
        ("Hello.", "de_AT", "de_AT"),
        ("Привет.", "de_AT", "ru"),
        ("Привет.", "ru_KZ", "ru_KZ"),
    ],
)
def test_the_language_is_that_of_the_letters_as_it_is_spoken_at_home(
    read: Read, words: str, home: str, language: str
) -> None:
    read.service.read([words], home, "t")
    assert read.speaker.said == [(words, language, 0.0)]


def test_hush_ends_it_and_leaves_the_rest_unsaid(read: Read) -> None:
    read.speaker.then["One."] = read.service.hush
    read.service.read(["One.", "Two."], "", "t")
    assert [words for words, *_ in read.speaker.said] == ["One."]
    assert read.events[-1] == ReadingEnded("t")


def test_another_text_ends_the_one_before(read: Read) -> None:
    read.speaker.then["One."] = lambda: read.service.read(["Three."], "", "u")
    read.service.read(["One.", "Two."], "", "t")
    assert [words for words, *_ in read.speaker.said] == ["One.", "Three."]
    assert ReadingEnded("u") in read.events
    assert ReadingEnded("t") in read.events


@pytest.mark.parametrize("error", [NoVoice(), VoiceHung()])
def test_why_nothing_is_heard_is_told_and_the_next_try_counts(read: Read, error: AppError) -> None:
    read.speaker.then["One."] = failing(error)
    read.service.read(["One.", "Two."], "", "t")
    assert read.events[-1] == ReadingEnded("t", error)
    read.service.read(["Two."], "", "u")
    assert read.events[-2:] == [SentenceReached("u", 0), ReadingEnded("u")]


def test_a_real_process_reads_and_the_end_of_the_app_ends_it_in_the_middle() -> None:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    lane, speaker = Lane("aloud", events.put), LocalSpeaker(voices.mock)
    service = ReadingService(speaker, Read().chosen, lane, events.put)
    service.read(["One.", "Two."], "en_US", "t")
    told = [events.get(timeout=20.0) for _ in range(3)]
    assert told == [SentenceReached("t", 0), SentenceReached("t", 1), ReadingEnded("t")]
    service.read(["One two three four five six seven eight nine ten. " * 8], "en_US", "u")
    assert events.get(timeout=20.0) == SentenceReached("u", 0)
    service.stop()
    assert lane.close()
    service.close()
    assert events.get(timeout=20.0) == ReadingEnded("u")
    assert speaker.pid is None
