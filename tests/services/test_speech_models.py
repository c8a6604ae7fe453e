"""Which speech models there are, one that the person adds, and that it is used; through the whole house."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import app
from desktop.core.events import Failed
from desktop.core.speech_errors import NotASpeechModel
from desktop.core.voice_events import SpeechKnown, SpeechModelsListed
from tests.fakes import FakeEngine
from tests.houses import Recorder, opened

House = tuple[app.House, Recorder]
BASE = Path(__file__).resolve().parents[2] / "resources" / "models" / "whisper-base"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "p", FakeEngine()) as both:
        yield both


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "elsewhere" / "of my own"))


def test_the_models_at_hand_are_listed_and_the_one_that_is_used_without_a_choice(house: House) -> None:
    house[0].speech.list()
    listed = house[1].wait(SpeechModelsListed)
    assert [one.name for one in listed.models] == ["whisper-base"]
    assert listed.best == listed.models[0]


def test_a_folder_that_is_added_is_used_from_then_on(house: House, own: Path) -> None:
    services, recorder = house
    recorder.wait(SpeechKnown)
    assert services.scribe.wish().model == BASE
    services.speech.add(str(own))
    assert recorder.wait(SpeechKnown).model == "of my own"
    services.speech.list()
    assert [one.name for one in recorder.wait(SpeechModelsListed).models] == ["of my own", "whisper-base"]
    assert services.scribe.wish().model == own
    assert services.scribe.wish(live=True).model == own


def test_a_folder_that_lacks_a_file_is_told_and_not_added(house: House, own: Path) -> None:
    (own / "config.json").unlink()
    house[0].speech.add(str(own))
    error = house[1].wait(Failed).error
    assert isinstance(error, NotASpeechModel)
    assert "The folder of my own does not hold a whole speech model. Nothing was changed." in str(error)
    assert house[0].settings.current.speech_folders == ()
    assert house[0].settings.current.speech_model == ""


def test_what_was_added_is_there_after_the_next_start(tmp_path: Path, own: Path) -> None:
    with opened(tmp_path / "q", FakeEngine()) as (house, recorder):
        house.speech.add(str(own))
        recorder.wait(SpeechModelsListed)
    with opened(tmp_path / "q", FakeEngine()) as (house, recorder):
        house.settings.change(speech_model="")
        house.speech.list()
        assert [one.name for one in recorder.wait(SpeechModelsListed).models] == ["of my own", "whisper-base"]
