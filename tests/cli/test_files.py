"""Pictures, sounds and videos on the command line."""

import shutil
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop import app
from desktop.cli import main
from desktop.core.attachments import Caption, Sound
from desktop.core.media import Picture
from desktop.core.paths import default_profile
from tests.fakes import FakeEngine
from tests.houses import open_door, opened
from tests.media import made

ROOT = Path(__file__).resolve().parents[2]
MODEL = str(ROOT / "tests" / "models" / "tiny-gemma4-e.gguf")
CLIP = ROOT / "tests" / "engine" / "speech" / "clinic.flac"
Run = Callable[..., int]


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def run(engine: FakeEngine) -> Run:
    def run(*words: str) -> int:
        return main.run(words, app.prepare, lambda profile: app.build(profile, engine))

    return run


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a red square, a high tone, and a square that goes up."""
    monkeypatch.chdir(tmp_path)
    Image.fromarray(square(0.5)).save("red.png")
    samples = 0.4 * np.sin(np.arange(24000) * 2 * np.pi * 2500 / 16000)
    with wave.open("tone.wav", "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes((samples * 32767).astype("<i2").tobytes())
    write_clip(tmp_path / "move.mp4", [square(0.78 - 0.56 * step / 29) for step in range(30)])
    return tmp_path


def square(height: float) -> np.ndarray:
    pixels = np.full((240, 240, 3), 255, np.uint8)
    middle = int(height * 240)
    pixels[max(0, middle - 40) : middle + 40, 80:160] = (255, 0, 0)
    return pixels


def write_clip(path: Path, frames: list[np.ndarray]) -> None:
    import av

    with av.open(str(path), "w") as container:
        track = container.add_stream("mpeg4", rate=10)
        track.width, track.height, track.pix_fmt = 240, 240, "yuv420p"
        for frame in frames:
            container.mux(track.encode(av.VideoFrame.from_ndarray(frame, "rgb24")))
        container.mux(track.encode())


@pytest.mark.parametrize(
    ("question", "flag", "name", "answer"),
    [
        ("What colour is this?", "--image", "red.png", "red"),
        ("Is the tone high or low?", "--audio", "tone.wav", "high"),
        ("Which way does it move?", "--video", "move.mp4", "up"),
    ],
)
def test_a_real_model_is_asked_about_a_real_file(files: Path, question: str, flag: str, name: str, answer: str) -> None:
    words = ("ask", question, flag, files / name, "--model", "tests/models/tiny-gemma4-e.gguf", "--temperature", "0")
    program = (sys.executable, "-m", "desktop")
    done = subprocess.run((*program, *words), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, f"{answer}\n"), done.stderr


def test_several_files_reach_the_model_in_their_order(run: Run, engine: FakeEngine, files: Path) -> None:
    Path("second.png").write_bytes(made.saved(made.corners(), "PNG"))
    words = ("ask", "What?", "--image", "red.png", "--image", "second.png", "--audio", "tone.wav", "--model", MODEL)
    assert run(*words) == 0
    (request,) = engine.asked
    assert [part.attachment.name for part in request.messages[-1].attached] == ["red.png", "second.png", "tone.wav"]
    kinds = [type(piece) for one in request.media for piece in one.pieces]
    assert kinds == [Picture, Picture, Sound]
    assert [one.digest for one in request.media] == [part.attachment.digest for part in request.messages[-1].attached]


def test_a_model_that_does_not_hear_is_asked_about_what_is_said(
    run: Run, engine: FakeEngine, starter_model: Path
) -> None:
    assert run("ask", "When?", "--audio", str(CLIP), "--model", str(starter_model)) == 0
    (prepared,) = engine.asked[0].media
    (line,) = prepared.pieces
    assert isinstance(line, Caption)
    assert "next Friday." in line.text


@pytest.mark.parametrize(("form", "first"), [("txt", "The patient"), ("srt", "1\n00:00:00")])
def test_what_is_said_in_a_file_is_printed_beside_an_open_window_and_not_kept(
    run: Run, capsys: pytest.CaptureFixture[str], form: str, first: str
) -> None:
    with opened(default_profile().root, FakeEngine()):
        assert run("transcribe", str(CLIP), "--format", form) == 0
    out = capsys.readouterr().out
    assert out.startswith(first)
    assert out.endswith("next Friday.\n")
    assert [path for path in default_profile().files.rglob("*") if path.is_file()] == []


def test_another_speech_model_is_named_by_its_name_or_its_folder(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "of my own"
    shutil.copytree(ROOT / "resources" / "models" / "whisper-base", own)
    for model in ("whisper-base", str(own)):
        assert run("transcribe", str(CLIP), "--model", model) == 0
        assert capsys.readouterr().out.endswith("next Friday.\n")
    (own / "tokenizer.json").unlink()
    assert run("transcribe", str(CLIP), "--model", str(own)) == 4
    assert "The folder of my own does not hold a whole speech model." in capsys.readouterr().err
    assert run("transcribe", str(CLIP), "--model", "whisper-huge") == 4
    assert "No speech model is called “whisper-huge”." in capsys.readouterr().err


def test_a_file_that_cannot_be_heard_is_told(run: Run, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("transcribe", "red.png") == 1
    assert "red.png" in capsys.readouterr().err


def test_the_temperature_is_for_this_answer_only(run: Run, engine: FakeEngine) -> None:
    run("ask", "Well?", "--temperature", "0", "--model", MODEL)
    run("ask", "Well?", "--model", MODEL)
    assert [request.sampling.temperature for request in engine.asked] == [0, 1]


@pytest.mark.parametrize("number", ["warm", "7", "-1", "nan"])
def test_a_temperature_that_is_none_is_wrong_usage(run: Run, capsys: pytest.CaptureFixture[str], number: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run("ask", "Well?", f"--temperature={number}")
    assert caught.value.code == 2
    assert "a number from 0 to 2" in capsys.readouterr().err


def test_a_file_of_another_kind_is_told_and_nothing_is_kept(
    run: Run, engine: FakeEngine, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", "What colour is this?", "--image", "tone.wav", "--model", MODEL) == 1
    assert "The file tone.wav is a sound, not a picture." in capsys.readouterr().err
    assert engine.asked == []
    assert [path for path in default_profile().files.rglob("*") if path.is_file()] == []
    assert run("export", "1") == 1


def test_a_file_that_is_not_there_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "What colour is this?", "--image", "nothing.png", "--model", MODEL) == 1
    assert "nothing.png" in capsys.readouterr().err


def test_a_model_that_does_not_see_says_so(
    run: Run, engine: FakeEngine, files: Path, starter_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", "What colour is this?", "--image", "red.png", "--model", str(starter_model)) == 1
    assert "does not see" in capsys.readouterr().err
    assert engine.asked == []


def test_a_command_beside_a_window_hands_its_files_over(
    run: Run, engine: FakeEngine, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    windows = FakeEngine().answers("red")
    with opened(default_profile().root, windows) as (house, _):
        open_door(house)
        assert run("ask", "What colour is this?", "--image", "red.png", "--model", MODEL, "--temperature", "0") == 0
    assert capsys.readouterr().out == "red\n"
    assert engine.asked == []
    assert len(windows.asked[0].media) == 1
    assert windows.asked[0].sampling.temperature == 0
