"""Reading aloud with Qt's engine for tests: what is heard in which order, in which voice, and what ends it."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTextToSpeech import QTextToSpeech
from pytestqt.qtbot import QtBot

from desktop.core.settings import ReadingSpeed
from desktop.ui.voice.reading import RATES, Reading
from desktop.ui.voice.wording import no_voice


def in_error() -> QTextToSpeech:
    """Return what the system gives where nothing is installed: an engine in error."""
    return QTextToSpeech("mock", {"delayedInitialization": True})


class Heard:
    """A reading, the engine it made, and what it told."""

    def __init__(self) -> None:
        self.engines: list[QTextToSpeech] = []
        self.numbers: list[int] = []
        self.told: list[str] = []
        self.reading = Reading(make_engine=self._make)
        self.reading.reached.connect(self.numbers.append)
        self.reading.ended.connect(lambda: self.told.append("ended"))
        self.reading.failed.connect(lambda: self.told.append("failed"))

    def _make(self) -> QTextToSpeech:
        self.engines.append(QTextToSpeech("mock"))
        return self.engines[-1]


@pytest.fixture
def heard(qapp: object) -> Heard:
    return Heard()


def test_nothing_is_loaded_until_something_is_read(heard: Heard) -> None:
    assert heard.engines == []
    heard.reading.read([])
    assert heard.engines == []


def test_sentences_are_read_one_after_the_other(heard: Heard, qtbot: QtBot) -> None:
    heard.reading.read(["One two.", "Three.", "Four."])
    assert heard.reading.is_on
    assert heard.numbers == [0]
    qtbot.waitUntil(lambda: heard.told == ["ended"])
    assert heard.numbers == [0, 1, 2]
    assert not heard.reading.is_on


def test_stop_is_heard_at_once(heard: Heard) -> None:
    heard.reading.read(["One two three four five.", "Six."])
    heard.reading.stop()
    assert heard.told == ["ended"]
    assert heard.engines[0].state() == QTextToSpeech.State.Ready
    assert heard.numbers == [0]


def test_another_text_ends_the_one_before(heard: Heard, qtbot: QtBot) -> None:
    heard.reading.read(["One two three four five.", "Six."])
    heard.reading.read(["Seven."])
    qtbot.waitUntil(lambda: heard.told == ["ended", "ended"])
    assert heard.numbers == [0, 0]
    assert len(heard.engines) == 1


def test_speed_holds_from_the_next_sentence_on(heard: Heard, qtbot: QtBot) -> None:
    heard.reading.read(["One.", "Two."])
    assert heard.engines[0].rate() == RATES[ReadingSpeed.NORMAL]
    heard.reading.speed = ReadingSpeed.FAST
    qtbot.waitUntil(lambda: heard.numbers == [0, 1])
    assert heard.engines[0].rate() == RATES[ReadingSpeed.FAST]


def test_a_voice_of_the_language_is_chosen_else_the_usual_one(heard: Heard) -> None:
    usual = QTextToSpeech("mock").locale()
    before = QLocale()
    QLocale.setDefault(QLocale("fi_FI"))
    try:
        heard.reading.read(["Hyvää päivää."])
        assert heard.engines[0].locale() == QLocale("fi_FI") != usual
        heard.reading.read(["Привет."])
        assert heard.engines[0].locale() == usual
    finally:
        QLocale.setDefault(before)


def test_without_an_engine_it_says_so_and_tries_again_the_next_time(heard: Heard) -> None:
    engines = [in_error, lambda: QTextToSpeech("mock")]
    heard.reading.make_engine = lambda: engines.pop(0)()
    heard.reading.read(["One."])
    assert heard.told == ["failed"]
    assert not heard.reading.is_on
    heard.reading.read(["One."])
    assert heard.numbers == [0]
    heard.reading.stop()


def test_linux_is_told_what_to_install() -> None:
    assert "speech-dispatcher" in no_voice("linux")
    assert "espeak-ng" in no_voice("linux")
    assert "espeak" not in no_voice("darwin")
