"""Reading aloud as the window knows it: what is asked for, what is followed, and what ends it."""

import pytest
from PySide6.QtCore import QLocale

from desktop.core.errors import AppError
from desktop.core.reading_errors import NoVoice, VoiceCrashed, VoiceHung
from desktop.core.voice_events import ReadingEnded, SentenceReached
from desktop.ui.voice.reading import Reading
from desktop.ui.voice.wording import no_voice, not_read
from tests.ui.conftest import Recorder


class Heard:
    """A reading, what it asked, and what it told."""

    def __init__(self) -> None:
        self.voice = Recorder()
        self.numbers: list[int] = []
        self.told: list[object] = []
        self.reading = Reading()
        self.reading.commands = self.voice
        self.reading.reached.connect(self.numbers.append)
        self.reading.ended.connect(lambda: self.told.append("ended"))
        self.reading.failed.connect(self.told.append)

    @property
    def token(self) -> str:
        return str(self.voice.asked[-1][-1])


@pytest.fixture
def heard(qapp: object) -> Heard:
    return Heard()


def test_nothing_is_asked_for_nothing(heard: Heard) -> None:
    heard.reading.read([])
    assert heard.voice.asked == []
    assert not heard.reading.is_on


def test_the_first_sentence_is_shown_at_once_and_the_others_as_they_are_heard(heard: Heard) -> None:
    heard.reading.read(["One.", "Two."])
    assert heard.voice.asked == [("read", ["One.", "Two."], QLocale().name(), heard.token)]
    assert heard.numbers == [0]
    heard.reading.apply(SentenceReached(heard.token, 0))
    heard.reading.apply(SentenceReached(heard.token, 1))
    assert heard.numbers == [0, 1]
    heard.reading.apply(ReadingEnded(heard.token))
    assert heard.told == ["ended"]
    assert not heard.reading.is_on


def test_stop_holds_at_once_and_what_the_voice_still_tells_is_passed_over(heard: Heard) -> None:
    heard.reading.read(["One.", "Two."])
    token = heard.token
    heard.reading.stop()
    assert heard.voice.asked[-1] == ("hush",)
    for event in (SentenceReached(token, 1), ReadingEnded(token, VoiceHung())):
        heard.reading.apply(event)
    assert heard.told == ["ended"]
    assert heard.numbers == [0]


def test_another_text_ends_the_one_before(heard: Heard) -> None:
    heard.reading.read(["One.", "Two."])
    token = heard.token
    heard.reading.read(["Seven."])
    assert heard.told == ["ended"]
    heard.reading.apply(ReadingEnded(token))
    assert heard.reading.is_on


@pytest.mark.parametrize("error", [NoVoice(), VoiceHung(), VoiceCrashed()])
def test_why_nothing_is_heard_is_told_and_it_can_be_tried_again(heard: Heard, error: AppError) -> None:
    heard.reading.read(["One."])
    heard.reading.apply(ReadingEnded(heard.token, error))
    assert heard.told == ["ended", error]
    heard.reading.read(["One."])
    assert heard.reading.is_on


def test_where_nobody_speaks_it_says_so(qapp: object) -> None:
    reading, told = Reading(), []
    reading.failed.connect(told.append)
    reading.read(["One."])
    assert [type(one) for one in told] == [NoVoice]
    assert not reading.is_on


def test_linux_is_told_what_to_install() -> None:
    assert "speech-dispatcher" in no_voice("linux")
    assert "espeak-ng" in no_voice("linux")
    assert "espeak" not in no_voice("darwin")


def test_each_failure_has_words_of_its_own() -> None:
    assert not_read(NoVoice()) == no_voice()
    assert "did not answer" in not_read(VoiceHung())
    assert "unexpectedly" in not_read(VoiceCrashed())
