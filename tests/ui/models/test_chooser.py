"""Choosing a model, its precision, and how it is loaded."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId, MessageId, StoredMessage, Thread, TurnState
from desktop.core.events import ModelsListed, ModelsWeighed, SettingsChanged, ThreadOpened
from desktop.core.families import families
from desktop.core.generation import KvType, LoadOptions
from desktop.core.messages import Message, Role
from desktop.core.models import Fit, ModelFile, ModelNeed
from desktop.core.settings import Settings
from desktop.ui.models import wording
from desktop.ui.models.chooser import ModelChooser
from desktop.ui.models.lines import LINE, Line, LinesModel
from desktop.ui.models.options_page import OptionsPage
from desktop.ui.models.popup import ModelPopup
from desktop.ui.theme import dark, light
from tests.ui.conftest import conversation


def model(name: str, precision: str = "Q4_1", size: int = 98_000_000, trained: int = 8192) -> ModelFile:
    return ModelFile(Path(f"/models/{name}.{precision}.gguf"), size, name, "llama", precision, trained)


SMALL, BIG = model("SmolLM2 135M"), model("Qwen3 8B", "Q4_K_M", 5_030_000_000, 40_960)
BIGGER = model("Qwen3 8B", "Q8_0", 8_700_000_000, 40_960)
NEEDS = ModelsWeighed(
    (
        ModelNeed(SMALL.key, 8192, 400_000_000, Fit.FITS),
        ModelNeed(BIG.key, 8192, 6_400_000_000, Fit.TIGHT),
        ModelNeed(BIGGER.key, 8192, 10_400_000_000, Fit.TOO_LARGE),
    )
)


@pytest.fixture
def chooser(qtbot: QtBot, services) -> ModelChooser:
    made = ModelChooser(services.models, services.settings, light())
    qtbot.addWidget(made)
    made.apply(ModelsListed((SMALL, BIG, BIGGER), SMALL))
    made.apply(NEEDS)
    made.show()
    return made


def lines(rows: LinesModel) -> list[Line]:
    return [rows.index(one).data(LINE) for one in range(rows.rowCount())]


def choose_many(chooser: ModelChooser) -> None:
    many = tuple(model(f"Model {number:02}") for number in range(12))
    chooser.apply(ModelsListed(many, many[3]))


def test_lines_keep_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    rows = LinesModel()
    rows.show((Line("a", "A", "first"), Line("b", "B", "second", chosen=True)))
    qtmodeltester.check(rows, force_py=True)


def test_pills_name_the_model_and_its_precision_with_the_size(chooser: ModelChooser) -> None:
    chooser.apply(ModelsListed((SMALL, BIG, BIGGER), BIG))
    assert chooser.pill.text() == "Qwen3 8B"
    assert chooser.precision_pill.text() == "Q4_K_M · 5.0 GB"
    assert chooser.pill.accessibleName() == "Model: Qwen3 8B"
    assert chooser.precision_pill.accessibleName() == "Precision: Q4_K_M · 5.0 GB"


def test_folded_pill_says_both_and_leads_to_both(qtbot: QtBot, chooser: ModelChooser) -> None:
    chooser.fold(True)
    assert chooser.pill.text() == "SmolLM2 135M · Q4_1"
    assert chooser.precision_pill.isHidden()
    chooser.open()
    assert chooser.popup().precision_button.text() == "Precision: Q4_1 · 98 MB"
    chooser.popup().precision_button.click()
    assert chooser.popup().isHidden()
    assert chooser.precisions().isVisible()
    chooser.precisions().hide()
    chooser.fold(False)
    chooser.open()
    assert chooser.pill.text() == "SmolLM2 135M"
    assert chooser.popup().precision_button.isHidden()


def test_long_name_is_elided_on_the_pill_and_whole_in_its_tool_tip(qtbot: QtBot, chooser: ModelChooser) -> None:
    long = model("N" * 200)
    chooser.apply(ModelsListed((long,), long))
    qtbot.waitUntil(lambda: chooser.pill.width() > 200)
    assert chooser.pill.sizeHint().width() <= 320
    assert chooser.pill.toolTip() == "N" * 200


def test_models_are_listed_once_however_many_precisions_they_have(chooser: ModelChooser) -> None:
    assert [(one.title, one.chosen) for one in lines(chooser.popup().choice.rows)] == [
        ("SmolLM2 135M", True),
        ("Qwen3 8B", False),
    ]


def test_another_model_is_chosen_with_the_keyboard(qtbot: QtBot, chooser: ModelChooser, services) -> None:
    chooser.open()
    qtbot.keyClick(chooser.popup().choice.list, Qt.Key.Key_Down)
    qtbot.keyClick(chooser.popup().choice.list, Qt.Key.Key_Return)
    assert services.models.asked == [("list",), ("weigh",), ("choose", BIG.key)]
    assert chooser.popup().isHidden()


def test_of_a_new_model_the_largest_precision_that_fits_is_taken() -> None:
    (family,) = families((BIGGER, BIG))
    assert family.best({BIG.key: Fit.FITS, BIGGER.key: Fit.FITS}) == BIGGER
    assert family.best({BIG.key: Fit.FITS, BIGGER.key: Fit.TIGHT}) == BIG
    assert family.best({}) == BIG


def test_precisions_of_the_model_in_use_tell_size_need_and_whether_they_fit(chooser: ModelChooser) -> None:
    chooser.apply(ModelsListed((SMALL, BIG, BIGGER), BIG))
    shown = lines(chooser.precisions().choice.rows)
    assert [(one.title, one.details, one.badge, one.warns, one.chosen) for one in shown] == [
        ("Q8_0", "8.7 GB file · needs 10.4 GB of memory", "Does not fit", True, False),
        ("Q4_K_M", "5.0 GB file · needs 6.4 GB of memory", "Tight", False, True),
    ]


def test_another_precision_is_chosen(qtbot: QtBot, chooser: ModelChooser, services) -> None:
    chooser.apply(ModelsListed((SMALL, BIG, BIGGER), BIG))
    chooser.open_precisions()
    qtbot.keyClick(chooser.precisions().choice.list, Qt.Key.Key_Up)
    qtbot.keyClick(chooser.precisions().choice.list, Qt.Key.Key_Return)
    assert services.models.asked == [("weigh",), ("choose", BIGGER.key)]
    assert chooser.precisions().isHidden()


def test_memory_measured_while_it_is_open_shows_up_and_the_row_stays(qtbot: QtBot, chooser: ModelChooser) -> None:
    chooser.open()
    choice = chooser.popup().choice
    qtbot.keyClick(choice.list, Qt.Key.Key_Down)
    chooser.apply(ModelsWeighed((ModelNeed(BIG.key, 4096, 9_000_000_000, Fit.TOO_LARGE),)))
    assert choice.list.currentIndex().data() == "Qwen3 8B"
    assert lines(choice.rows)[1].badge == "Does not fit"


def test_models_are_weighed_some_time_after_a_conversation_was_opened(qtbot: QtBot, services) -> None:
    made = ModelChooser(services.models, services.settings, light())
    qtbot.addWidget(made)
    stored = StoredMessage(MessageId(1), ConversationId(1), None, Message.of(Role.USER, "hi"), TurnState.COMPLETE, 0.0)
    made.apply(ThreadOpened(Thread(conversation(1), (stored,))))
    assert services.models.asked == []
    qtbot.waitUntil(lambda: services.models.asked == [("weigh",)])


def test_few_models_have_no_field_to_type_in(chooser: ModelChooser) -> None:
    chooser.open()
    assert chooser.popup().choice.field.isHidden()


def test_typing_narrows_many_models_down_and_enter_takes_the_first(
    qtbot: QtBot, chooser: ModelChooser, services
) -> None:
    choose_many(chooser)
    chooser.open()
    choice = chooser.popup().choice
    qtbot.keyClicks(choice.field, "model 1")
    assert len(lines(choice.rows)) < 12
    qtbot.keyClicks(choice.field, "1")
    assert [one.title for one in lines(choice.rows)] == ["Model 11"]
    qtbot.keyClick(choice.field, Qt.Key.Key_Return)
    assert services.models.asked[-1] == ("choose", model("Model 11").key)


def test_nothing_found_is_said_and_escape_brings_everything_back(qtbot: QtBot, chooser: ModelChooser) -> None:
    choose_many(chooser)
    chooser.open()
    choice = chooser.popup().choice
    qtbot.keyClicks(choice.field, "zebra")
    assert choice.nothing.isVisible()
    qtbot.keyClick(choice.field, Qt.Key.Key_Escape)
    assert chooser.popup().isVisible()
    assert choice.rows.rowCount() == 12
    assert choice.list.currentIndex().data() == "Model 03"


def test_row_tells_precision_size_and_trained_context() -> None:
    assert wording.details(BIG) == "Q4_K_M · 5.0 GB · reads up to 40K tokens"
    assert wording.details(SMALL) == "Q4_1 · 98 MB · reads up to 8K tokens"
    (family,) = families((BIG, BIGGER))
    assert wording.family(family) == "2 precisions from 5.0 GB · reads up to 40K tokens"


def test_screen_reader_hears_the_whole_row() -> None:
    line = Line("k", "Q8_0", "8.7 GB file", chosen=True, badge="Tight")
    assert line.spoken == "Q8_0, 8.7 GB file, Tight, in use"


def test_without_a_model_the_chooser_says_what_to_do(chooser: ModelChooser) -> None:
    chooser.apply(ModelsListed((), None))
    chooser.open()
    assert chooser.pill.text() == "No model"
    assert chooser.precision_pill.isHidden()
    assert chooser.popup().empty.isVisible()
    assert not chooser.popup().choice.isVisible()


def test_rows_are_drawn_in_every_state(qtbot: QtBot, chooser: ModelChooser, qapp: QApplication) -> None:
    chooser.apply(ModelsListed((SMALL, BIG, BIGGER), BIG))
    for side in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
        chooser.setLayoutDirection(side)
        chooser.apply_theme(dark())
        chooser.open_precisions()
        assert not chooser.precisions().grab().isNull()
        assert not chooser.grab().isNull()
        chooser.precisions().hide()


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
