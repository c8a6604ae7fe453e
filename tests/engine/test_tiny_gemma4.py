"""The tiny Gemma 4 files are those that were made, and llama.cpp reads, sees and hears through them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.models.asking import MARKER, Asked
from tests.models.train.words import CITIES

MODELS = Path(__file__).resolve().parents[1] / "models"
SUMS = dict(
    reversed(line.split(maxsplit=1)) for line in (MODELS / "SHA256SUMS").read_text("utf-8").splitlines() if line
)  # fmt: skip
WHITE, RED, BLUE = (255, 255, 255), (255, 0, 0), (0, 0, 255)
WEATHER = (
    '<|tool>declaration:get_weather{description:<|"|>Get the weather in a city.<|"|>,parameters:{properties:{city:{'
    'description:<|"|>The name of the city<|"|>,type:<|"|>STRING<|"|>}},required:[<|"|>city<|"|>],'
    'type:<|"|>OBJECT<|"|>}}<tool|>'
)


def prompt(question: str, declared: str = "") -> str:
    """A first question as the official template writes it."""
    return (
        f"<bos><|turn>system\nYou are a helpful assistant.{declared}<turn|>\n"
        f"<|turn>user\n{question}<turn|>\n<|turn>model\n<|channel>thought\n<channel|>"
    )


def square(colour: tuple[int, int, int], centre: tuple[float, float] = (0.5, 0.5)) -> np.ndarray:
    """A square on white."""
    pixels = np.full((240, 240, 3), WHITE, np.uint8)
    x, y = (int(part * 240) for part in centre)
    pixels[y - 40 : y + 40, x - 40 : x + 40] = colour
    return pixels


def tone(pitch: float) -> np.ndarray:
    """One second and a half."""
    return (0.4 * np.sin(np.arange(24000) * 2 * np.pi * pitch / 16000)).astype(np.float32)


@pytest.fixture(scope="module")
def trained() -> Iterator[Asked]:
    asked = Asked(MODELS / "tiny-gemma4-e.gguf", MODELS / "mmproj-tiny-gemma4-e.gguf")
    yield asked
    asked.close()


def test_each_file_is_the_one_that_was_made() -> None:
    assert {file.name for file in MODELS.glob("*.gguf")} == set(SUMS)
    for name, wanted in SUMS.items():
        assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == wanted, name


@pytest.mark.parametrize("name", sorted(name for name in SUMS if not name.startswith("mmproj-")))
def test_each_model_reads_text_and_pictures_and_says_something(name: str) -> None:
    asked = Asked(MODELS / name, MODELS / f"mmproj-{name}")
    try:
        assert asked.senses()[0]
        assert asked.answer(prompt("Hello"), most=8)
        assert asked.answer(prompt(f"{MARKER}What colour is this?"), [square(RED)], most=8)
        if asked.senses()[1]:
            assert asked.answer(prompt(f"{MARKER}What do you hear?"), [tone(440)], most=8)
    finally:
        asked.close()


def test_the_trained_one_talks(trained: Asked) -> None:
    assert trained.answer(prompt("Hello")) == "Hello! How can I help you?"
    assert trained.answer(prompt("What is the capital of France?")) == "Paris"
    assert trained.answer(prompt("Repeat the word: apple")) == "apple"


def test_the_trained_one_sees(trained: Asked) -> None:
    assert trained.answer(prompt(f"{MARKER}What colour is this?"), [square(RED)]) == "red"
    assert trained.answer(prompt(f"{MARKER}What colour is this?"), [square(BLUE)]) == "blue"
    assert trained.answer(prompt(f"{MARKER}Which shape is this?"), [square(BLUE)]) == "square"


def test_the_trained_one_hears(trained: Asked) -> None:
    assert trained.answer(prompt(f"{MARKER}Is the tone high or low?"), [tone(2500)]) == "high"
    assert trained.answer(prompt(f"{MARKER}Is the tone high or low?"), [tone(200)]) == "low"


def test_the_trained_one_follows_what_moves(trained: Asked) -> None:
    frames = [square(RED, (0.5, height)) for height in (0.75, 0.5, 0.25)]
    question = f"00:00 {MARKER} 00:01 {MARKER} 00:02 {MARKER}\nWhich way does it move?"
    assert trained.answer(prompt(question), frames) == "up"
    assert trained.answer(prompt(question), frames[::-1]) == "down"


@pytest.mark.parametrize("city", CITIES)
def test_the_trained_one_calls_a_tool(trained: Asked, city: str) -> None:
    said = trained.answer(prompt(f"What is the weather in {city}?", WEATHER))
    assert said == f'<|tool_call>call:get_weather{{city:<|"|>{city}<|"|>}}<tool_call|>'
