"""The list of conversations, row by row."""

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId, ConversationSummary
from desktop.core.events import ConversationChanged, ConversationDeleted, ConversationsListed
from desktop.ui.history.list_model import SHOWN, ConversationListModel
from desktop.ui.history.results import HIT, ResultsModel

TODAY = date(2026, 3, 10)


def at(day: int, hour: int = 12) -> float:
    return datetime(2026, 3, day, hour).timestamp()


def conversation(number: int, updated: float, **fields: Any) -> ConversationSummary:
    return ConversationSummary(ConversationId(number), f"C{number}", updated, **fields)


FOUR = (
    conversation(1, at(10)),
    conversation(2, at(4)),
    conversation(3, at(3)),
    conversation(4, at(1), pinned=True),
    conversation(5, at(10, 1), archived=True),
    conversation(6, at(10, 13)),
)


@pytest.fixture
def model() -> ConversationListModel:
    made = ConversationListModel(lambda: TODAY)
    made.apply(ConversationsListed(FOUR))
    return made


def rows(model: ConversationListModel) -> list[str]:
    return [str(model.index(number).data()) for number in range(model.rowCount())]


def test_list_keeps_the_rules_of_models(qtmodeltester: ModelTester, model: ConversationListModel) -> None:
    qtmodeltester.check(model, force_py=True)


def test_conversations_are_grouped_newest_first_and_archived_ones_left_out(model: ConversationListModel) -> None:
    assert rows(model) == ["Pinned", "C4", "Today", "C6", "C1", "Last 7 days", "C2", "Older", "C3"]


def test_headings_cannot_be_chosen(model: ConversationListModel) -> None:
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsEditable


def test_changed_conversation_moves_to_its_group(model: ConversationListModel) -> None:
    model.apply(ConversationChanged(conversation(3, at(10, 20))))
    assert rows(model)[2:5] == ["Today", "C3", "C6"]
    model.apply(ConversationChanged(conversation(4, at(1), pinned=False)))
    assert rows(model)[0] == "Today"


def test_archived_and_deleted_conversations_leave(model: ConversationListModel) -> None:
    model.apply(ConversationChanged(conversation(6, at(10), archived=True)))
    model.apply(ConversationDeleted(ConversationId(2)))
    assert rows(model) == ["Pinned", "C4", "Today", "C1", "Older", "C3"]


def test_new_title_is_asked_for_and_shown(qtbot: QtBot, model: ConversationListModel) -> None:
    index = model.index_of(ConversationId(1))
    with qtbot.waitSignal(model.renamed, check_params_cb=lambda *got: got == (1, "Lease and terms")):
        assert model.setData(index, "  Lease\n and  terms ")
    assert index.data() == "Lease and terms"


@pytest.mark.parametrize("title", ["", "   ", "C1"])
def test_empty_or_equal_title_changes_nothing(qtbot: QtBot, model: ConversationListModel, title: str) -> None:
    with qtbot.assertNotEmitted(model.renamed):
        assert not model.setData(model.index_of(ConversationId(1)), title)


def test_untitled_conversation_is_a_new_chat() -> None:
    model = ConversationListModel(lambda: TODAY)
    model.apply(ConversationChanged(ConversationSummary(ConversationId(1), " ", at(10))))
    assert rows(model) == ["Today", "New chat"]


def test_hidden_conversation_stays_hidden_when_the_list_comes_anew(model: ConversationListModel) -> None:
    model.hide(ConversationId(2), True)
    model.apply(ConversationsListed(FOUR))
    assert "C2" not in rows(model)
    model.hide(ConversationId(2), False)
    assert "C2" in rows(model)


def test_only_the_shown_conversation_is_marked(model: ConversationListModel) -> None:
    model.show(ConversationId(1))
    model.show(ConversationId(2))
    marked = [model.index(number).data() for number in range(model.rowCount()) if model.index(number).data(SHOWN)]
    assert marked == ["C2"]


def test_same_order_keeps_the_rows_in_place(qtbot: QtBot, model: ConversationListModel) -> None:
    with qtbot.assertNotEmitted(model.modelReset):
        model.apply(ConversationChanged(conversation(6, at(10, 14))))


def test_midnight_moves_today_to_last_week() -> None:
    days = [TODAY]
    model = ConversationListModel(lambda: days[0])
    model.apply(ConversationsListed((conversation(1, at(10)),)))
    days[0] = date(2026, 3, 11)
    model.regroup()
    assert rows(model) == ["Last 7 days", "C1"]


def test_hits_keep_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = ResultsModel()
    model.show(())
    qtmodeltester.check(model, force_py=True)
    assert model.data(QModelIndex()) is None
    assert model.index(0).data(HIT) is None
