"""A spoken sentence comes out right, through the real process; failures cost one transcript."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled
from desktop.core.media import SAMPLE_RATE, SoundBlock, SoundWish, Source
from desktop.core.speech import Heard, Language, Segment, SpeechWish, gather
from desktop.core.speech_errors import SpeechModelMissing, TranscriberCrashed
from desktop.engine.speech import LocalTranscriber
from desktop.reader.client import LocalMediaReader

MODEL = Path(__file__).resolve().parents[2] / "resources" / "models" / "whisper-base"
CLIP = Path(__file__).parent / "speech" / "clinic.flac"
WISH = SpeechWish(MODEL, threads=1)
SENTENCE = "the patient should take two tablets every morning and come back to the clinic next friday"


@pytest.fixture
def transcriber() -> Iterator[LocalTranscriber]:
    transcriber = LocalTranscriber()
    yield transcriber
    transcriber.close()


@pytest.fixture(scope="module")
def clinic() -> list[SoundBlock]:
    reader = LocalMediaReader()
    with CLIP.open("rb") as file:
        found = list(reader.sound(Source(file, CLIP.name), SoundWish(block_seconds=2.0)))
    reader.close()
    return [one for one in found if isinstance(one, SoundBlock)]


def plain(text: str) -> str:
    return "".join(one for one in text.lower() if one.isalpha() or one == " ")


def test_spoken_sentence_is_written_down_with_the_time_of_each_word(
    transcriber: LocalTranscriber, clinic: list[SoundBlock]
) -> None:
    events = list(transcriber.transcribe(WISH, clinic))
    found = gather(events)
    assert isinstance(events[0], Language)
    assert found.language == "en"
    assert plain(" ".join(one.text for one in found.segments)) == SENTENCE
    words = [word for one in found.segments for word in one.words]
    assert plain(" ".join(word.text for word in words)) == SENTENCE
    assert [word.start for word in words] == sorted(word.start for word in words)
    heard = [one.seconds for one in events if isinstance(one, Heard)]
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(6.73, abs=0.1)


def test_silence_gives_nothing(transcriber: LocalTranscriber) -> None:
    silence = [SoundBlock(0.0, bytes(SAMPLE_RATE * 4 * 5), bytes(100))]
    assert list(transcriber.transcribe(WISH, silence)) == [Heard(5.0)]


def test_cancel_ends_it_and_the_process_is_kept(transcriber: LocalTranscriber, clinic: list[SoundBlock]) -> None:
    def cancelling() -> Iterator[SoundBlock]:
        yield clinic[0]
        transcriber.cancel()
        yield clinic[1]

    with pytest.raises(Cancelled):
        list(transcriber.transcribe(WISH, cancelling()))
    assert transcriber.pid is not None


def test_killed_process_costs_one_transcript(transcriber: LocalTranscriber, clinic: list[SoundBlock]) -> None:
    def killing() -> Iterator[SoundBlock]:
        assert transcriber.pid is not None
        os.kill(transcriber.pid, signal.SIGTERM)
        yield clinic[0]

    with pytest.raises(TranscriberCrashed):
        list(transcriber.transcribe(WISH, killing()))
    assert any(isinstance(one, Segment) for one in transcriber.transcribe(WISH, clinic))


def test_missing_model_starts_no_process(transcriber: LocalTranscriber, tmp_path: Path) -> None:
    with pytest.raises(SpeechModelMissing):
        list(transcriber.transcribe(SpeechWish(tmp_path), []))
    assert transcriber.pid is None
