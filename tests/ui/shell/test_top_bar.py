"""The top bar in windows of every width."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.context_use import ContextUse
from desktop.core.conversations import ConversationId, MessageId, StoredMessage, Thread, TurnState
from desktop.core.events import ContextMeasured, ModelsListed, ThreadOpened
from desktop.core.messages import Message, Role
from desktop.ui.models.chooser import ModelChooser
from desktop.ui.shell.top_bar import TopBar
from desktop.ui.theme import apply_theme, light
from tests.ui.conftest import conversation, model_file

HERE = ConversationId(1)


@pytest.fixture
def bar(qtbot: QtBot, services) -> TopBar:
    chooser = ModelChooser(services.models, services.settings, light())
    made = TopBar(chooser, light())
    qtbot.addWidget(made)
    chosen = model_file("Qwen3 8B", "Q4_K_M", 5_000_000_000)
    chooser.apply(ModelsListed((chosen,), chosen))
    made.chooser = chooser  # type: ignore[attr-defined]
    stored = StoredMessage(MessageId(1), HERE, None, Message.of(Role.USER, "hi"), TurnState.COMPLETE, 0.0)
    made.apply(ThreadOpened(Thread(conversation(1), (stored,))))
    made.apply(ContextMeasured(ContextUse(HERE, 8192, 40, 1000, 200)))
    made.resize(900, 52)
    made.show()
    return made


def test_wide_bar_shows_both_pills_and_the_meter(bar: TopBar) -> None:
    assert bar.chooser.pill.text() == "Qwen3 8B"
    assert bar.chooser.precision_pill.isVisible()
    assert bar.meter.isVisible()


def test_bar_of_a_window_with_sidebar_has_no_meter(bar: TopBar) -> None:
    bar.resize(590, 52)
    assert bar.meter.isHidden()
    assert bar.chooser.precision_pill.isVisible()


def test_narrow_bar_folds_the_precision_into_the_model_pill(bar: TopBar) -> None:
    bar.show_buttons(True)
    bar.resize(480, 52)
    assert bar.chooser.pill.text() == "Qwen3 8B · Q4_K_M"
    assert bar.chooser.precision_pill.isHidden()
    assert bar.minimumSizeHint().width() <= 480
    bar.resize(900, 52)
    assert bar.chooser.pill.text() == "Qwen3 8B"
    assert bar.meter.isVisible()


def test_large_text_needs_a_wider_window(bar: TopBar, qapp: QApplication) -> None:
    large = replace(light(), scale=2.0)
    apply_theme(qapp, large)
    bar.apply_theme(large)
    assert bar.height() == 104
    assert bar.meter.isHidden()
    assert bar.chooser.precision_pill.isHidden()


def test_pills_and_meter_are_drawn_in_one_row(bar: TopBar) -> None:
    tops = {
        one.mapTo(bar, one.rect().center()).y() for one in (bar.chooser.pill, bar.chooser.precision_pill, bar.meter)
    }
    assert max(tops) - min(tops) <= 1
