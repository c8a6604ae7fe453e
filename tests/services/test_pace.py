"""What a person is told when a model is slow, and when nothing is told."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.core.conversations import TurnStats
from desktop.core.events import ThreadOpened, TurnWasSlow
from desktop.core.generation import Finished, FinishReason, Loaded
from desktop.core.models import Fit, ModelFile
from desktop.core.pace import Remedy
from desktop.services.pace import Situation, faster
from tests.fakes import FakeEngine
from tests.houses import ask, opened


def model(name: str, precision: str, gigabytes: float, billions: float) -> ModelFile:
    path = Path(f"/models/{name}-{precision}.gguf")
    return ModelFile(path, int(gigabytes * 1e9), name, "llama", precision, 32768, int(billions * 1e9))


BIG_8 = model("Qwen3 8B", "Q8_0", 8.7, 8.2)
BIG_6 = model("Qwen3 8B", "Q6_K", 6.7, 8.2)
BIG_4 = model("Qwen3 8B", "Q4_K_M", 5.0, 8.2)
MIDDLE = model("Qwen3 4B", "Q4_K_M", 2.5, 4.0)
SMALL = model("Qwen3 1.7B", "Q4_K_M", 1.1, 1.7)
DEMO = model("SmolLM2 135M", "Q4_1", 0.1, 0.135)
ALL = (BIG_8, BIG_6, BIG_4, MIDDLE, SMALL, DEMO)


def situation(
    used: ModelFile = BIG_8,
    models: tuple[ModelFile, ...] = ALL,
    context: int = 16384,
    question: int = 50,
    fits: Mapping[str, Fit] | None = None,
) -> Situation:
    return Situation(used, context, question, models, {one.key: Fit.FITS for one in models} | dict(fits or {}))


def wrote(speed: float, tokens: int = 100) -> TurnStats:
    return TurnStats(prompt_tokens=50, answer_tokens=tokens, read_seconds=1.0, write_seconds=tokens / speed)


def read(seconds: float, tokens: int = 12000) -> TurnStats:
    return TurnStats(prompt_tokens=tokens, answer_tokens=50, read_seconds=seconds, write_seconds=5.0)


def test_a_fast_model_is_left_alone() -> None:
    assert faster(wrote(3.1), situation()) is None
    assert faster(read(29), situation()) is None


def test_too_few_words_say_nothing_about_speed() -> None:
    assert faster(wrote(0.5, tokens=3), situation()) is None


def test_the_least_smaller_precision_that_is_fast_enough_is_named() -> None:
    found = faster(wrote(2.5), situation())
    assert found is not None
    assert (found.remedy, found.precision, found.key) == (Remedy.PRECISION, "Q6_K", BIG_6.key)
    assert (round(found.speed, 1), round(found.expected, 1)) == (2.5, 3.2)


def test_a_precision_that_is_not_fast_enough_gives_way_to_the_next() -> None:
    found = faster(wrote(1.8), situation())
    assert found is not None
    assert (found.precision, round(found.expected, 1)) == ("Q4_K_M", 3.1)


def test_a_smaller_model_is_named_when_no_precision_helps() -> None:
    found = faster(wrote(1.2), situation())
    assert found is not None
    assert (found.remedy, found.name, round(found.expected, 1)) == (Remedy.MODEL, "Qwen3 4B", 4.2)


def test_without_a_fast_setting_the_fastest_one_is_named() -> None:
    found = faster(wrote(0.1), situation(models=(BIG_8, BIG_4, MIDDLE)))
    assert found is not None
    assert found.name == "Qwen3 4B"


def test_a_toy_is_never_recommended() -> None:
    assert faster(wrote(1.0), situation(used=SMALL, models=(SMALL, DEMO))) is None


def test_what_does_not_fit_is_never_recommended() -> None:
    found = faster(wrote(1.8), situation(fits={BIG_4.key: Fit.TOO_LARGE}))
    assert found is not None
    assert found.name == "Qwen3 4B"


def test_hardly_smaller_is_not_worth_a_word() -> None:
    assert faster(wrote(2.0), situation(used=BIG_6, models=(BIG_6, model("Qwen3 8B", "Q5_K_M", 5.9, 8.2)))) is None


def test_long_reading_names_a_shorter_context_first() -> None:
    found = faster(read(90), situation())
    assert found is not None
    assert (found.remedy, found.context) == (Remedy.CONTEXT, 4096)
    assert found.wait == 90
    assert found.expected == pytest.approx(23, abs=1)


def test_a_long_question_needs_its_context() -> None:
    found = faster(read(45), situation(question=11000))
    assert found is not None
    assert (found.remedy, found.name) == (Remedy.MODEL, "Qwen3 4B")
    assert found.expected == pytest.approx(45 * 4.0 / 8.2)


def test_nothing_helps_the_only_model_with_a_long_question() -> None:
    assert faster(read(90), situation(models=(BIG_8,), question=11000)) is None


def test_told_once_for_each_model(tmp_path: Path, starter_model: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        slow = Finished(FinishReason.END, 8000, 0, 50, 60.0, 10.0)
        loaded = Loaded(context=16384, trained_context=8192, threads=1, gpu_layers=0, seconds=0.1)
        engine = house.engine
        assert isinstance(engine, FakeEngine)
        for _ in range(2):
            engine.answers(loaded, "slow", slow)
        first = ask(house, recorder, "one")
        told = recorder.wait(TurnWasSlow)
        ask(house, recorder, "two", first.conversation)
        house.history.open(first.conversation)
        recorder.wait(ThreadOpened)
    assert told.faster.remedy is Remedy.CONTEXT
    assert len([one for one in recorder.events if isinstance(one, TurnWasSlow)]) == 1
