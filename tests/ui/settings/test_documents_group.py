"""The choice of the embedding model among the settings, and the languages of scans."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.library import EmbeddingModel
from desktop.core.library_events import EmbeddersListed
from desktop.core.paths import Profile
from desktop.core.settings import Settings
from desktop.ui.settings.documents import DocumentsGroup
from tests.ui.settings.test_settings_page import Desk

ENGLISH = EmbeddingModel(Path("/m/minilm"), "k1", "all-MiniLM-L6-v2", 384, ("en",), 23_000_000)
MANY = EmbeddingModel(Path("/m/bge-m3.gguf"), "k2", "bge-m3", 1024, (), 438_000_000)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def group(qapp: QApplication, qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[DocumentsGroup]:
    made = DocumentsGroup("Documents", desk, desk, Profile(tmp_path), lambda _: "/elsewhere/e5.gguf")
    qtbot.addWidget(made)
    desk.listen = made.apply
    yield made
    desk.listen = lambda _: None


def test_each_model_is_offered_by_its_name_and_its_size(group: DocumentsGroup) -> None:
    group.apply(EmbeddersListed((ENGLISH, MANY), ENGLISH, ENGLISH))
    offered = [group.model.field.itemText(one) for one in range(group.model.field.count())]
    assert offered == ["Automatic", "all-MiniLM-L6-v2, 23 MB", "bge-m3, 438 MB"]
    assert "Now used: all-MiniLM-L6-v2, 23 MB. English only" in group.model.sentence.text()


def test_the_chosen_model_is_kept_and_said_which_languages_it_knows(group: DocumentsGroup, desk: Desk) -> None:
    group.apply(EmbeddersListed((ENGLISH, MANY), ENGLISH, ENGLISH))
    group.model.field.setCurrentIndex(2)
    assert desk.current.embedding_model == str(MANY.path)
    assert "Knows many languages." in group.model.sentence.text()
    group.model.reset.click()
    assert desk.current == Settings()


def test_what_a_change_costs_is_said_before_it_is_made(group: DocumentsGroup) -> None:
    assert "After a change every passage is prepared anew" in group.model.sentence.text()


def test_a_chosen_model_that_is_gone_is_told(group: DocumentsGroup, desk: Desk) -> None:
    desk.change(embedding_model="/m/gone.gguf")
    group.apply(EmbeddersListed((ENGLISH,), ENGLISH, ENGLISH))
    assert group.model.field.currentText() == "gone.gguf, not there"
    assert "It is missing or damaged; Automatic is used instead." in group.model.sentence.text()


def test_without_any_model_that_is_said(group: DocumentsGroup) -> None:
    group.apply(EmbeddersListed())
    assert "There is no embedding model on this computer yet" in group.model.sentence.text()


def test_the_file_that_the_person_chooses_is_added(group: DocumentsGroup, desk: Desk) -> None:
    group.add_button.click()
    assert desk.asked == ["/elsewhere/e5.gguf"]


def test_the_languages_of_scans_are_named_and_how_to_add_one(group: DocumentsGroup, tmp_path: Path) -> None:
    group.apply(EmbeddersListed(scans=("en", "de")))
    told = group.scans.sentence.text()
    assert told.startswith("Scans are read in: English, German. ")
    assert str(tmp_path / "models" / "tessdata") in told
    group.apply(EmbeddersListed())
    assert "No language is installed" in group.scans.sentence.text()
