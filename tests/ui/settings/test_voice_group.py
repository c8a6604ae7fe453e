"""The choice of the speech model among the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.settings import Settings
from desktop.core.speech import SpeechModel
from desktop.core.voice_events import SpeechModelsListed
from desktop.ui.settings.voice import VoiceGroup
from tests.ui.settings.test_settings_page import Desk

BASE = SpeechModel(Path("/m/whisper-base"), 145_217_532)
LARGE = SpeechModel(Path("/m/whisper-large-v3"), 3_087_284_237)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def group(qapp: QApplication, qtbot: QtBot, desk: Desk) -> Iterator[VoiceGroup]:
    made = VoiceGroup("Voice", desk, desk, lambda _: "/elsewhere/whisper-small")
    qtbot.addWidget(made)
    desk.listen = made.apply
    yield made
    desk.listen = lambda _: None


def offered(group: VoiceGroup) -> list[str]:
    return [group.model.field.itemText(one) for one in range(group.model.field.count())]


def test_each_model_is_offered_by_its_name_and_its_size(group: VoiceGroup) -> None:
    group.apply(SpeechModelsListed((BASE, LARGE), LARGE))
    assert offered(group) == ["Automatic", "whisper-base, 145 MB", "whisper-large-v3, 3,087 MB"]
    assert group.model.field.currentText() == "Automatic"
    assert "The largest one is used: whisper-large-v3, 3,087 MB." in group.model.sentence.text()


def test_the_chosen_model_is_kept_and_said_in_a_sentence_what_it_is_good_for(group: VoiceGroup, desk: Desk) -> None:
    group.apply(SpeechModelsListed((BASE, LARGE), LARGE))
    group.model.field.setCurrentIndex(1)
    assert desk.current.speech_model == "/m/whisper-base"
    assert "Quick, for clear speech" in group.model.sentence.text()
    assert group.model.sentence.text().endswith("Default: Automatic.")
    group.model.reset.click()
    assert desk.current == Settings()


def test_models_that_are_listed_anew_leave_the_choice_as_it_is(group: VoiceGroup, desk: Desk) -> None:
    desk.change(speech_model="/m/whisper-base")
    group.apply(SpeechModelsListed((BASE,), BASE))
    assert group.model.field.currentText() == "whisper-base, 145 MB"
    assert desk.current.speech_model == "/m/whisper-base"


def test_a_chosen_model_that_is_gone_is_told(group: VoiceGroup, desk: Desk) -> None:
    desk.change(speech_model="/m/whisper-small")
    group.apply(SpeechModelsListed((BASE,), BASE))
    assert group.model.field.currentText() == "whisper-small, not there"
    assert "It is missing or incomplete; the largest one is used instead." in group.model.sentence.text()


def test_without_any_model_that_is_said(group: VoiceGroup) -> None:
    group.apply(SpeechModelsListed((), None))
    assert "There is no speech model on this computer yet." in group.model.sentence.text()


def test_the_folder_that_the_person_chooses_is_added(group: VoiceGroup, desk: Desk) -> None:
    group.add_button.click()
    assert desk.asked == ["/elsewhere/whisper-small"]


def test_the_way_to_add_one_stands_below_the_choice(group: VoiceGroup) -> None:
    names = [row.words.name for row in group.rows]
    assert names == ["Speech model", "Another speech model", "Spoken language", "Reading speed"]
    assert [one.isVisibleTo(group) for one in group._lines] == [False, True, True, True]
