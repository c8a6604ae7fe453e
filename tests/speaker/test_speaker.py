"""Reading aloud in a process of its own: what is said and how, what silences it, and what a bad voice costs."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from desktop.core.child import Child, Entry, new_flag
from desktop.core.errors import Cancelled
from desktop.core.reading_errors import NoVoice, VoiceCrashed, VoiceHung
from desktop.speaker import client, wire
from desktop.speaker.client import LocalSpeaker, Patience
from tests.speaker import voices

HASTE = Patience(beginning=0.6, character=0.0)
LONG = "One two three four five six seven eight nine ten " * 8

Make = Callable[..., LocalSpeaker]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[LocalSpeaker] = []

    def speaker(entry: Entry, patience: Patience | None = None) -> LocalSpeaker:
        made.append(LocalSpeaker(entry, patience))
        made[-1].begin()
        return made[-1]

    yield speaker
    for one in made:
        one.close()


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "notes"
    monkeypatch.setenv(voices.NOTES, str(path))
    return path


class Began:
    """Counts what is heard, and can do something at that moment."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.count = 0
        self._then = then

    def __call__(self) -> None:
        self.count += 1
        self._then()


def test_words_are_said_one_after_the_other_by_one_process(make: Make, notes: Path) -> None:
    speaker, began = make(voices.mock), Began()
    assert speaker.pid is None
    speaker.say("One.", "en_US", 0.0, began)
    first = speaker.pid
    speaker.say("Two.", "fi_FI", 0.4, began)
    assert speaker.pid == first
    assert began.count == 2
    assert [line.split(" ", 1)[1] for line in notes.read_text("utf-8").splitlines()] == ["0.0 One.", "0.4 Two."]


def test_a_voice_of_the_language_is_chosen_else_the_usual_one(make: Make, notes: Path) -> None:
    speaker = make(voices.mock)
    for language in ("ru", "fi_FI", "ru", "de_AT"):
        speaker.say("Word.", language, 0.0, Began())
    usual, finnish, unknown, _german = (line.split()[0] for line in notes.read_text("utf-8").splitlines())
    assert finnish == "fi_FI" != usual
    assert unknown == usual


def test_a_very_long_sentence_is_said_whole_and_begins_once(
    make: Make, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PIECE", 12)
    began = Began()
    make(voices.mock).say("Some words that are more than fit.", "", 0.0, began)
    pieces = [line.split(" ", 2)[2] for line in notes.read_text("utf-8").splitlines()]
    assert "".join(pieces) == "Some words that are more than fit."
    assert len(pieces) > 2
    assert began.count == 1


def test_cancel_silences_at_once_and_the_process_serves_on(make: Make) -> None:
    speaker = make(voices.mock)
    with pytest.raises(Cancelled):
        speaker.say(LONG, "", 0.0, Began(speaker.cancel))
    pid = speaker.pid
    assert pid is not None
    with pytest.raises(Cancelled):
        speaker.say("Still cancelled.", "", 0.0, Began())
    speaker.begin()
    speaker.say("Two.", "", 0.0, Began())
    assert speaker.pid == pid


def test_a_voice_that_does_not_obey_is_ended(make: Make) -> None:
    speaker = make(voices.deaf)
    with pytest.raises(Cancelled):
        speaker.say("One.", "", 0.0, Began(speaker.cancel))
    assert speaker.pid is None


@pytest.mark.parametrize("entry", [voices.deaf, voices.stuck], ids=["after the first sound", "while it is made"])
def test_a_voice_that_hangs_is_told_and_another_one_is_tried(make: Make, entry: Entry) -> None:
    speaker = make(entry, HASTE)
    for _ in range(2):
        with pytest.raises(VoiceHung):
            speaker.say("One.", "", 0.0, Began())
        assert speaker.pid is None


def test_a_voice_that_dies_is_told(make: Make) -> None:
    speaker = make(voices.dying)
    for _ in range(2):
        with pytest.raises(VoiceCrashed):
            speaker.say("One.", "", 0.0, Began())
        assert speaker.pid is None


def test_where_there_is_no_voice_that_is_told_each_time(make: Make) -> None:
    speaker = make(voices.voiceless)
    for _ in range(2):
        with pytest.raises(NoVoice):
            speaker.say("One.", "", 0.0, Began())


@pytest.mark.expected_log
def test_a_bug_is_told_without_its_words(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(VoiceCrashed):
        make(voices.faulty).say("One.", "", 0.0, Began())
    assert "LookupError in voices.py" in caplog.text
    assert "secret" not in caplog.text


def test_after_a_long_silence_the_process_ends_and_the_next_words_start_it_again(make: Make) -> None:
    speaker = make(voices.hasty)
    speaker.say("One.", "", 0.0, Began())
    first = speaker.pid
    for child in multiprocessing.active_children():
        child.join(5.0)
    assert speaker.pid is None
    speaker.say("Two.", "", 0.0, Began())
    assert speaker.pid != first


@pytest.mark.parametrize("entry", [voices.mock, voices.stuck], ids=["that waits", "that hangs"])
def test_the_process_ends_when_the_app_is_gone(entry: Entry) -> None:
    child = Child(entry, new_flag(), "speaker")
    child.pipe.send(wire.Say("One two three.", "", 0.0))
    child.pipe.close()
    child.join(10.0)
    assert not child.alive
    child.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux offers these limits")
def test_the_process_has_the_sound_server_but_no_network(make: Make, notes: Path) -> None:
    before = Path("/proc/self/oom_score_adj").read_text("ascii").strip()
    make(voices.confined).say("One.", "", 0.0, Began())
    assert notes.read_text("ascii").startswith(f"closed 0 {before} {os.getuid()}\n")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what a process was started with")
def test_no_word_stands_on_a_command_line_or_in_the_environment(make: Make) -> None:
    speaker = make(voices.mock)
    seen: list[str] = []

    def look() -> None:
        assert speaker.pid is not None
        process = psutil.Process(speaker.pid)
        seen.append(" ".join(process.cmdline()))
        speaker.cancel()

    with pytest.raises(Cancelled):
        speaker.say(f"Confidential {LONG}", "", 0.0, Began(look))
    assert seen
    assert "Confidential" not in seen[0]
    assert not any("Confidential" in value for value in os.environ.values())


def test_cancel_never_waits_even_while_the_voice_is_made(make: Make) -> None:
    speaker = make(voices.stuck)
    caught: list[BaseException] = []

    def say() -> None:
        try:
            speaker.say("One.", "", 0.0, Began())
        except Cancelled as error:
            caught.append(error)

    thread = threading.Thread(target=say)
    thread.start()
    while speaker.pid is None:  # the process starts on the other thread
        thread.join(0.001)
    speaker.cancel()
    thread.join(5.0)
    assert len(caught) == 1
    assert speaker.pid is None
