"""Choosing a model and how it is loaded."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.core.events import ModelsListed, SettingsChanged
from desktop.core.generation import KvType, LoadOptions
from desktop.core.models import ModelFile
from desktop.core.settings import Settings
from desktop.ui.models import wording
from desktop.ui.models.chooser import ModelChooser
from desktop.ui.models.model_list import CHOSEN, ModelListModel
from desktop.ui.models.options_page import OptionsPage
from desktop.ui.models.popup import ModelPopup
from desktop.ui.theme import light


def model(name: str, precision: str = "Q4_1", size: int = 98_000_000, trained: int = 8192) -> ModelFile:
    return ModelFile(Path(f"/models/{name}.gguf"), size, name, "llama", precision, trained)


SMALL, BIG = model("SmolLM2 135M"), model("Qwen3 8B", "Q4_K_M", 5_030_000_000, 40_960)


@pytest.fixture
def chooser(qtbot: QtBot, services) -> ModelChooser:
    made = ModelChooser(services.models, services.settings, light())
    qtbot.addWidget(made)
    made.apply(ModelsListed((SMALL, BIG), SMALL))
    made.show()
    return made


def test_models_keep_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    rows = ModelListModel()
    rows.show((SMALL, BIG), BIG)
    qtmodeltester.check(rows, force_py=True)


def test_pill_names_the_model_and_its_precision(chooser: ModelChooser) -> None:
    assert chooser.pill.text() == "SmolLM2 135M · Q4_1"
    assert chooser.pill.accessibleName() == "Model: SmolLM2 135M · Q4_1"


def test_long_name_is_elided_on_the_pill(chooser: ModelChooser) -> None:
    chooser.apply(ModelsListed((model("N" * 200),), model("N" * 200)))
    assert "…" in chooser.pill.text()
    assert chooser.pill.sizeHint().width() <= 320


def test_model_in_use_is_marked_and_another_can_be_chosen(qtbot: QtBot, chooser: ModelChooser, services) -> None:
    chooser.open()
    rows = chooser.popup().list.model()
    assert [rows.index(one, 0).data(CHOSEN) for one in range(2)] == [True, False]
    qtbot.keyClick(chooser.popup().list, Qt.Key.Key_Down)
    qtbot.keyClick(chooser.popup().list, Qt.Key.Key_Return)
    assert services.models.asked == [("list",), ("choose", BIG.key)]
    assert chooser.popup().isHidden()


def test_row_tells_precision_size_and_trained_context() -> None:
    assert wording.details(BIG) == "Q4_K_M · 5.0 GB · reads up to 40K tokens"
    assert wording.details(SMALL) == "Q4_1 · 98 MB · reads up to 8K tokens"


def test_without_a_model_the_chooser_says_what_to_do(chooser: ModelChooser) -> None:
    chooser.apply(ModelsListed((), None))
    chooser.open()
    assert chooser.pill.text() == "No model"
    assert chooser.popup().empty.isVisible()
    assert not chooser.popup().list.isVisible()


def test_file_is_added(chooser: ModelChooser, services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelPopup, "ask_for_file", classmethod(lambda *_: "/tmp/mine.gguf"))
    chooser.popup().add_button.click()
    assert services.models.asked == [("add", "/tmp/mine.gguf")]


def test_leaving_the_file_dialog_adds_nothing(chooser: ModelChooser, services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelPopup, "ask_for_file", classmethod(lambda *_: ""))
    chooser.popup().add_button.click()
    assert services.models.asked == []


def test_options_are_kept_as_settings(chooser: ModelChooser, services) -> None:
    chooser.open()
    popup = chooser.popup()
    popup.options_button.click()
    assert popup.options.isVisible()
    popup.options.context.setCurrentIndex(popup.options.context.findData(8192))
    popup.options.kv_type.setCurrentIndex(1)
    popup.options.threads.setValue(3)
    popup.options.gpu_layers.setValue(0)
    assert services.settings.current.load == LoadOptions(8192, KvType.Q8_0, 3, 0)


def test_options_follow_the_settings_without_changing_them(qtbot: QtBot) -> None:
    page = OptionsPage()
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.changed):
        page.show_options(LoadOptions(12345, KvType.Q4_0, 2, 7))
    assert page.context.currentData() == 12345
    assert page.kv_type.currentData() == KvType.Q4_0
    assert (page.threads.value(), page.gpu_layers.value()) == (2, 7)


def test_automatic_is_said_in_words(qtbot: QtBot) -> None:
    page = OptionsPage()
    qtbot.addWidget(page)
    assert page.context.currentText() == page.threads.text() == page.gpu_layers.text() == "Automatic"


def test_options_made_elsewhere_show_up(chooser: ModelChooser) -> None:
    chooser.popup().apply(SettingsChanged(Settings(load=LoadOptions(threads=5))))
    assert chooser.popup().options.threads.value() == 5
