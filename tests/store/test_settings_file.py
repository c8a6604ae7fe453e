"""The settings file: ranges, what other versions have written, options by model."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.core.generation import LoadOptions
from desktop.core.settings import AnswerOptions, FontChoice, MotionChoice, ReadingSpeed, SendKey, Settings
from desktop.store.settings_file import SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def read(path: Path, found: dict[str, Any] | str) -> Settings:
    path.write_text(found if isinstance(found, str) else json.dumps(found))
    return SettingsFile(path).load()


def test_every_choice_is_read_back(path: Path) -> None:
    chosen = Settings(
        text_size=150,
        font=FontChoice.SERIF,
        motion=MotionChoice.STILL,
        send_key=SendKey.CONTROL_ENTER,
        reading_speed=ReadingSpeed.FAST,
        answers={"/m/a.gguf": AnswerOptions(temperature=0.0, seed=7), "/m/b.gguf": AnswerOptions(max_tokens=100)},
    )
    SettingsFile(path).save(chosen)
    assert SettingsFile(path).load() == chosen


@pytest.mark.parametrize(
    "found",
    [
        {"text_size": 10},
        {"text_size": 1000},
        {"text_size": "large"},
        {"text_size": True},
        {"text_size": 120.5},
        {"font": "papyrus"},
        {"motion": 3},
        {"send_key": None},
        {"reading_speed": "hasty"},
        {"sidebar_width": -1},
        {"last_conversation": -7},
        {"load": {"context": -1, "threads": 10**9, "gpu_layers": -2}},
        {"load": 3},
        {"answers": []},
        {"answers": {"/m.gguf": 3}},
        {"sampling": {"temperature": "hot"}},
    ],
    ids=json.dumps,
)
def test_what_is_out_of_range_gives_way_to_its_default(path: Path, found: dict[str, Any]) -> None:
    assert read(path, found) == Settings()


@pytest.mark.parametrize(
    "options",
    [
        '{"temperature": -1}',
        '{"temperature": NaN}',
        '{"temperature": 1e999}',
        '{"temperature": 99999999999999999999999}',
        '{"top_p": 1.5}',
        '{"seed": 1.5}',
        '{"seed": -1}',
        '{"max_tokens": 0}',
        '{"repeat_penalty": 0.5}',
    ],
)
def test_options_of_a_model_out_of_range_are_as_recommended(path: Path, options: str) -> None:
    assert read(path, f'{{"answers": {{"/m.gguf": {options}}}}}').answers == {"/m.gguf": AnswerOptions()}


def test_a_whole_number_is_good_for_a_fraction(path: Path) -> None:
    assert read(path, {"answers": {"/m.gguf": {"temperature": 1}}}).answers["/m.gguf"].temperature == 1.0


def test_what_a_newer_version_has_written_is_kept(path: Path) -> None:
    later = {
        "ambience": "rain",
        "load": {"threads": 3, "flash": True},
        "answers": {"/m.gguf": {"temperature": 0.5, "mirostat": 2}, "/gone.gguf": {"top_k": 3, "mirostat": 1}},
    }
    path.write_text(json.dumps(later))
    file = SettingsFile(path)
    loaded = file.load()
    assert loaded.load == LoadOptions(threads=3)
    file.save(Settings(load=LoadOptions(threads=4), answers={"/m.gguf": AnswerOptions(temperature=0.7)}))
    kept = json.loads(path.read_text())
    assert kept["ambience"] == "rain"
    assert kept["load"] | {"threads": 4, "flash": True} == kept["load"]
    assert kept["answers"]["/m.gguf"]["mirostat"] == 2
    assert kept["answers"]["/m.gguf"]["temperature"] == 0.7
    assert "/gone.gguf" not in kept["answers"]


def test_advice_that_the_first_version_wrote_down_is_no_choice(path: Path) -> None:
    first = {"temperature": 1.0, "top_k": 64, "top_p": 0.95, "seed": None, "grammar": "", "json_schema": ""}
    assert read(path, {"sampling": first, "theme": "dark"}).sampling == AnswerOptions()


def test_a_file_nested_without_end_is_set_aside(path: Path) -> None:
    assert read(path, "[" * 200_000) == Settings()
    assert path.with_suffix(".damaged").exists()
