"""The microphone hears what is really played into it."""

import math
import subprocess
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.media import SAMPLE_RATE, SoundBlock
from desktop.core.resampling import level
from desktop.core.speech import SpeechWish, gather
from desktop.engine.speech import LocalTranscriber
from tests.ui.voice.conftest import ROOT, Listener, Room

TONE = 440.0
SENTENCE = "the meeting begins at nine on monday morning"


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    made = tmp_path / "tone.wav"
    with wave.open(str(made), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        waves = (round(16_000 * math.sin(2 * math.pi * TONE * at / 48_000)) for at in range(48_000 * 3))
        file.writeframes(array("h", waves).tobytes())
    return made


def strength(samples: bytes, frequency: float) -> float:
    """How much of a tone is in the samples."""
    values = array("f", samples)
    turn = 2 * math.pi * frequency / SAMPLE_RATE
    real = sum(value * math.cos(turn * at) for at, value in enumerate(values))
    imaginary = sum(value * math.sin(turn * at) for at, value in enumerate(values))
    return math.hypot(real, imaginary) / len(values)


def loud(listener: Listener, seconds: float) -> bytes:
    """Wait until so much was heard that is not silence; that part of it."""
    step = SAMPLE_RATE // 10 * 4
    while True:
        listener.waits_for("heard")
        heard = listener.heard()
        parts = [heard[at : at + step] for at in range(0, len(heard) - step, step)]
        found = b"".join(one for one in parts if level(one) > 0.2)
        if len(found) >= seconds * SAMPLE_RATE * 4:
            return found


def test_a_tone_that_is_played_is_heard(room: Room, tone: Path) -> None:
    listener = room.listens()
    listener.waits_for("started")
    room.play(tone)
    found = loud(listener, 1.0)
    assert strength(found, TONE) > 10 * strength(found, 1000)
    assert level(found) == pytest.approx(16_000 / 32768 / math.sqrt(2), abs=0.05)


def test_without_a_sound_server_there_is_no_microphone(make_room: Callable[[], Room]) -> None:
    listener = make_room().listens()
    listener.waits_for("missing")


@pytest.mark.slow
def test_a_spoken_sentence_is_written_down(room: Room, tmp_path: Path) -> None:
    spoken = tmp_path / "spoken.wav"
    subprocess.run(["espeak-ng", "-s", "140", "-w", str(spoken), SENTENCE], check=True)
    listener = room.listens()
    listener.waits_for("started")
    room.play(spoken)
    room.processes[-1].wait(30)
    listener.ends()
    transcriber = LocalTranscriber()
    heard = gather(
        transcriber.transcribe(
            SpeechWish(ROOT / "resources" / "models" / "whisper-base", "en"), [SoundBlock(0.0, listener.heard(), b"")]
        )
    )
    transcriber.close()
    assert "meeting begins" in " ".join(one.text for one in heard.segments).lower()
