"""The service of the settings, and that an answer follows them."""

from pathlib import Path

from desktop.core.events import Event, MachineMeasured, SettingsChanged
from desktop.core.generation import CAREFUL
from desktop.core.settings import AnswerOptions, Settings, with_answers
from desktop.services.settings import SettingsService
from desktop.store.settings_file import SettingsFile
from tests.fakes import FakeEngine, InlineLane
from tests.houses import ask, opened


def service(path: Path, told: list[Event]) -> SettingsService:
    return SettingsService(SettingsFile(path), InlineLane(), told.append)


def test_a_change_is_announced_and_kept(tmp_path: Path) -> None:
    told: list[Event] = []
    path = tmp_path / "settings.json"
    service(path, told).change(text_size=150)
    assert told == [SettingsChanged(Settings(text_size=150))]
    assert service(path, told).current.text_size == 150


def test_a_change_to_what_is_there_already_is_none(tmp_path: Path) -> None:
    told: list[Event] = []
    service(tmp_path / "settings.json", told).change(text_size=100)
    assert told == []
    assert not (tmp_path / "settings.json").exists()


def test_the_machine_is_measured_on_demand(tmp_path: Path) -> None:
    told: list[Event] = []
    service(tmp_path / "settings.json", told).measure()
    (measured,) = told
    assert isinstance(measured, MachineMeasured)
    assert 1 <= measured.cores <= measured.threads
    assert 0 < measured.free <= measured.memory


def test_the_next_answer_follows_what_was_chosen_for_its_model(tmp_path: Path, starter_model: Path) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "profile", engine) as (house, recorder):
        ask(house, recorder, "before")
        settings = house.settings
        key = house.models.find().key
        settings.change(answers=with_answers(settings.current, key, AnswerOptions(temperature=0.0, seed=3)))
        ask(house, recorder, "after")
        settings.change(answers={"/another.gguf": AnswerOptions(temperature=2.0)})
        ask(house, recorder, "at last")
    assert [one.sampling.temperature for one in engine.asked] == [CAREFUL.temperature, 0.0, CAREFUL.temperature]
    assert [one.sampling.seed for one in engine.asked] == [None, 3, None]
