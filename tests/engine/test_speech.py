"""A spoken sentence comes out right, through the real process; failures cost one transcript."""

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.core.child import StopFlag
from desktop.core.errors import Cancelled
from desktop.core.media import SAMPLE_RATE, SoundBlock, SoundWish, Source
from desktop.core.speech import Heard, Language, Said, Segment, SpeechWish, gather
from desktop.core.speech_errors import SpeechModelDamaged, SpeechModelMissing, TranscriberCrashed, TranscriberHung
from desktop.engine import speech_wire as wire
from desktop.engine.speech import LocalTranscriber, Patience
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
    assert plain("".join(word.text for word in words)).strip() == SENTENCE
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


@pytest.mark.parametrize("damage", ["cut", "nonsense", "config"])
def test_damaged_model_is_told_and_the_next_one_is_loaded(
    transcriber: LocalTranscriber, clinic: list[SoundBlock], tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(MODEL, folder)
    match damage:
        case "cut":
            with (folder / "model.bin").open("r+b") as file:
                file.truncate(1_000_000)
        case "nonsense":
            (folder / "model.bin").write_bytes(bytes(range(256)) * 64)
        case "config":
            (folder / "config.json").write_text("[")
            (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(SpeechModelDamaged, match="broken"):
        list(transcriber.transcribe(SpeechWish(folder, threads=1), clinic))
    assert any(isinstance(one, Segment) for one in transcriber.transcribe(WISH, clinic))


def silent_child(pipe: Connection, flag: StopFlag) -> None:
    """A child that begins and says nothing more."""
    pipe.recv()
    pipe.send_bytes(wire.encode(wire.Want()))
    time.sleep(600)


def test_child_that_hangs_is_ended(clinic: list[SoundBlock]) -> None:
    transcriber = LocalTranscriber(silent_child, Patience(silent=0.3))
    with pytest.raises(TranscriberHung):
        list(transcriber.transcribe(WISH, clinic))
    assert transcriber.pid is None


def test_cancel_ends_a_child_that_is_amid_a_long_step(clinic: list[SoundBlock]) -> None:
    transcriber = LocalTranscriber(silent_child, Patience(after_cancel=0.2))

    def cancelling() -> Iterator[SoundBlock]:
        yield clinic[0]
        raise AssertionError("it wants no more")

    events = transcriber.transcribe(WISH, cancelling())
    timer = threading.Timer(0.2, transcriber.cancel)
    timer.start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(events)
    timer.join()
    assert time.monotonic() - began < 10
    assert transcriber.pid is None


@pytest.mark.skipif(sys.platform != "linux", reason="Linux shows the network of a process")
def test_speech_process_has_no_network_even_where_telemetry_is_not_barred(
    transcriber: LocalTranscriber, clinic: list[SoundBlock], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CI", "ORT_DISABLE_TELEMETRY", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    list(transcriber.transcribe(WISH, clinic))
    own = Path(f"/proc/{transcriber.pid}")
    apart = (own / "ns" / "net").readlink() != Path("/proc/self/ns/net").readlink()
    filtered = "Seccomp:\t2" in (own / "status").read_text()
    assert apart or filtered
    assert [one for one in own.glob("net/tcp*") if len(one.read_text().splitlines()) > 1 and apart] == []


def said_live(transcriber: LocalTranscriber, sounds: Sequence[bytes]) -> list[Said]:
    blocks = [SoundBlock(0.0, one, b"") for one in sounds]
    events = transcriber.transcribe(replace(WISH, live=True), blocks)
    return [one for one in events if isinstance(one, Said)]


def test_words_appear_while_somebody_speaks_and_settle_before_the_end(
    transcriber: LocalTranscriber, clinic: list[SoundBlock]
) -> None:
    said = said_live(transcriber, [one.samples for one in clinic])
    assert plain(said[0].tentative).strip().startswith("the patient")
    assert "patient" in "".join(one.words for one in said[:-1])
    assert plain("".join(one.words for one in said).replace(" 2 ", " two ")).strip() == SENTENCE


def test_a_pause_settles_what_was_said_and_silence_adds_nothing(
    transcriber: LocalTranscriber, clinic: list[SoundBlock]
) -> None:
    silence = bytes(SAMPLE_RATE * 4 * 2)
    said = said_live(transcriber, [b"".join(one.samples for one in clinic) + silence, silence, silence])
    assert [one.tentative for one in said] == [""]
    assert plain(said[0].words).strip() == SENTENCE
