"""The list of conversations, row by row."""

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.core.conversations import (
    ConversationId,
    ConversationSummary,
    Matter,
    MatterId,
    MessageId,
    StoredMessage,
    TurnState,
)
from desktop.core.events import (
    ConversationChanged,
    ConversationDeleted,
    ConversationsListed,
    MatterChanged,
    TurnFinished,
    TurnStarted,
)
from desktop.core.messages import Message, Role
from desktop.ui.history.arrangement import Group
from desktop.ui.history.list_model import COUNT, FIRST_ROWS, MARK, SHOWN, ConversationListModel
from desktop.ui.history.marks import Mark
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


def test_conversations_are_grouped_newest_first_and_archived_ones_are_one_row(model: ConversationListModel) -> None:
    assert rows(model) == ["Pinned", "C4", "Today", "C6", "C1", "Last 7 days", "C2", "Older", "C3", "Archived"]


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
    assert rows(model) == ["Pinned", "C4", "Today", "C1", "Older", "C3", "Archived"]


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
    with model.rearranging() as arrangement:
        arrangement.hide([ConversationId(2)], on=True)
    model.apply(ConversationsListed(FOUR))
    assert "C2" not in rows(model)
    with model.rearranging() as arrangement:
        arrangement.hide([ConversationId(2)], on=False)
    assert "C2" in rows(model)


def test_only_the_shown_conversation_is_marked(model: ConversationListModel) -> None:
    model.show(ConversationId(1))
    model.show(ConversationId(2))
    marked = [model.index(number).data() for number in range(model.rowCount()) if model.index(number).data(SHOWN)]
    assert marked == ["C2"]


def test_same_order_keeps_the_rows_in_place(qtbot: QtBot, model: ConversationListModel) -> None:
    with qtbot.assertNotEmitted(model.layoutChanged):
        model.apply(ConversationChanged(conversation(6, at(10, 14))))


def test_moved_conversation_keeps_the_keyboard_and_an_open_editor(model: ConversationListModel) -> None:
    held = QPersistentModelIndex(model.index_of(ConversationId(3)))
    model.apply(ConversationChanged(conversation(3, at(10, 20))))
    assert (held.row(), held.data()) == (3, "C3")
    model.apply(ConversationDeleted(ConversationId(3)))
    assert not held.isValid()


def test_few_rows_are_fetched_at_first_and_all_in_a_few_steps() -> None:
    model = ConversationListModel(lambda: TODAY)
    model.apply(ConversationsListed(tuple(conversation(one, at(10) + one) for one in range(1, 3001))))
    assert model.rowCount() == FIRST_ROWS
    steps = 0
    while model.canFetchMore():
        model.fetchMore()
        steps += 1
    assert model.rowCount() == 3001
    assert steps < 5


def test_row_far_below_is_fetched_when_it_is_asked_for() -> None:
    model = ConversationListModel(lambda: TODAY)
    model.apply(ConversationsListed(tuple(conversation(one, at(10) + one) for one in range(1, 3001))))
    assert model.index_of(ConversationId(1)).row() == 3000


def message(conversation: int, number: int = 1) -> StoredMessage:
    content = Message(Role.ASSISTANT)
    return StoredMessage(MessageId(number), ConversationId(conversation), None, content, TurnState.PARTIAL, 0.0)


def test_answering_conversation_is_marked_and_then_the_answer_that_was_not_seen(model: ConversationListModel) -> None:
    def mark() -> Any:
        return model.index_of(ConversationId(2)).data(MARK)

    model.apply(TurnStarted(ConversationId(2), message(2), message(2, 5)))
    model.apply(TurnStarted(ConversationId(2), message(2), message(2, 6)))
    model.apply(TurnFinished(ConversationId(2), message(2, 5)))
    assert mark() is Mark.ANSWERING
    model.apply(TurnFinished(ConversationId(2), message(2, 6)))
    assert mark() is Mark.UNSEEN
    model.show(ConversationId(2))
    assert mark() is None


def test_answer_on_the_page_is_seen(model: ConversationListModel) -> None:
    model.show(ConversationId(2))
    model.apply(TurnStarted(ConversationId(2), message(2), message(2, 5)))
    model.apply(TurnFinished(ConversationId(2), message(2, 5)))
    assert model.index_of(ConversationId(2)).data(MARK) is None


def test_closed_folder_wears_the_mark_of_what_is_inside(model: ConversationListModel) -> None:
    folder = Matter(MatterId(7), "Lease", folded=True)
    model.apply(MatterChanged(folder))
    model.apply(ConversationChanged(conversation(2, at(4), matter=MatterId(7))))
    model.apply(TurnStarted(ConversationId(2), message(2), message(2, 5)))
    index = model.index_of_row(folder)
    assert (index.data(), index.data(COUNT), index.data(MARK)) == ("Lease", 1, Mark.ANSWERING)


def test_screen_reader_hears_what_is_drawn(model: ConversationListModel) -> None:
    folder = Matter(MatterId(7), "Lease", folded=True)
    model.apply(MatterChanged(folder))
    model.apply(TurnStarted(ConversationId(4), message(4), message(4, 5)))

    def heard(index: QModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    assert heard(model.index_of(ConversationId(4))).startswith("C4, answering, pinned, ")
    assert heard(model.index_of_row(folder)) == "Lease, folder, closed, conversations: 0"
    assert heard(model.index_of_row(Group.ARCHIVED)) == "Archived conversations: 1, closed"


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
