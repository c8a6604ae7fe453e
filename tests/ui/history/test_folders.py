"""Folders in the sidebar, used by mouse and keyboard."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop.core.conversations import GENERAL, ConversationId, ConversationSummary, Matter, MatterId
from desktop.core.events import (
    ConversationChanged,
    ConversationsListed,
    MatterChanged,
    MatterDeleted,
    SearchFinished,
)
from desktop.ui.history.arrangement import Group
from desktop.ui.history.sidebar import Sidebar
from desktop.ui.notices import NoticeBar
from desktop.ui.theme import light

NOW = datetime.now().timestamp()
LEASE, TAX = Matter(MatterId(2), "Lease"), Matter(MatterId(3), "Tax", folded=True)


def conversation(number: int, matter: MatterId = GENERAL, **fields: Any) -> ConversationSummary:
    return ConversationSummary(ConversationId(number), f"C{number}", NOW - number, matter, **fields)


LIST = (
    conversation(1),
    conversation(2),
    conversation(3, LEASE.id),
    conversation(4, LEASE.id, pinned=True),
    conversation(5, TAX.id),
    conversation(6, archived=True),
)


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def sidebar(qtbot: QtBot, services, bar: NoticeBar) -> Sidebar:
    made = Sidebar(services.history, bar.tell, light())
    qtbot.addWidget(made)
    made.resize(264, 700)
    made.apply(ConversationsListed(LIST, (LEASE, TAX)))
    made.show()
    return made


def rows(sidebar: Sidebar) -> list[str]:
    return [str(sidebar.model.index(number).data()) for number in range(sidebar.model.rowCount())]


def actions(menu: QMenu) -> dict[str, QAction]:
    return {one.text(): one for one in menu.actions() if one.text()}


def place_of(sidebar: Sidebar, row: Any) -> QPoint:
    return sidebar.list.visualRect(sidebar.model.index_of_row(row)).center()


def click(qtbot: QtBot, sidebar: Sidebar, row: Any) -> None:
    qtbot.mouseClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(sidebar, row))


def open_menu(sidebar: Sidebar) -> QMenu:
    return next(one for one in sidebar.list.findChildren(QMenu) if one.isVisible())


def test_folders_show_what_is_in_them(sidebar: Sidebar) -> None:
    assert rows(sidebar) == ["Folders", "Lease", "C4", "C3", "Tax", "Today", "C1", "C2", "Archived"]


def test_click_opens_and_closes_a_folder_and_that_is_remembered(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    click(qtbot, sidebar, TAX)
    click(qtbot, sidebar, LEASE)
    assert services.history.asked == [("fold_folder", 3, False), ("fold_folder", 2, True)]
    sidebar.apply(MatterChanged(replace(LEASE, folded=True)))
    assert rows(sidebar) == ["Folders", "Lease", "Tax", "Today", "C1", "C2", "Archived"]


def test_double_click_on_a_folder_turns_it_once(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    click(qtbot, sidebar, TAX)
    qtbot.mouseDClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(sidebar, TAX))
    assert services.history.asked == [("fold_folder", 3, False)]
    assert sidebar.list.viewport().findChild(QLineEdit) is None


def test_arrows_open_and_close_folders_and_lead_out_of_them(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    sidebar.list.go_to(LIST[2])
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Left)
    assert sidebar.list.currentIndex().data() == "Lease"
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Left)
    sidebar.list.go_to(TAX)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Right)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Return)
    assert services.history.asked == [("fold_folder", 2, True), ("fold_folder", 3, False), ("fold_folder", 3, False)]


def test_arrows_are_mirrored_where_lines_run_from_the_right(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    sidebar.list.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    sidebar.list.go_to(TAX)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Left)
    assert services.history.asked == [("fold_folder", 3, False)]


def test_new_folder_is_named_in_its_row(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    sidebar.folder_button.click()
    assert services.history.asked == [("make_folder", "New folder", ())]
    sidebar.apply(MatterChanged(Matter(MatterId(9), "New folder")))
    field = sidebar.list.viewport().findChild(QLineEdit)
    assert field.selectedText() == "New folder"
    field.setText("Estate")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.history.asked[-1] == ("rename_folder", 9, "Estate"))
    assert rows(sidebar)[:3] == ["Folders", "Estate", "No conversations yet"]


def test_folder_made_elsewhere_is_not_edited(sidebar: Sidebar) -> None:
    sidebar.apply(MatterChanged(Matter(MatterId(9), "New folder")))
    assert sidebar.list.viewport().findChild(QLineEdit) is None


def test_f2_renames_a_folder(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    sidebar.list.go_to(LEASE)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_F2)
    field = sidebar.list.viewport().findChild(QLineEdit)
    assert (field.text(), field.accessibleName()) == ("Lease", "Name of the folder")
    field.setText("Zoning")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.history.asked == [("rename_folder", 2, "Zoning")])
    assert rows(sidebar)[:2] == ["Folders", "Tax"]


def test_delete_asks_what_becomes_of_the_conversations(
    qtbot: QtBot, sidebar: Sidebar, services, bar: NoticeBar
) -> None:
    sidebar.list.go_to(LEASE)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    menu = open_menu(sidebar)
    assert list(actions(menu)) == [
        "Delete the folder, keep its conversations",
        "Delete the folder and its conversations",
    ]
    menu.close()
    actions(menu)["Delete the folder, keep its conversations"].trigger()
    assert rows(sidebar) == ["Pinned", "C4", "Folders", "Tax", "Today", "C1", "C2", "C3", "Archived"]
    assert services.history.asked == []
    bar.close_all()
    assert services.history.asked == [("delete_folder", 2, True)]


def test_undo_brings_a_folder_back_with_everything_in_it(sidebar: Sidebar, services, bar: NoticeBar) -> None:
    before = rows(sidebar)
    sidebar.mark_shown(ConversationId(3))
    actions(sidebar.menus.of_folder(LEASE))["Delete the folder and its conversations"].trigger()
    assert rows(sidebar) == ["Folders", "Tax", "Today", "C1", "C2", "Archived"]
    bar.cards[0].action.click()
    bar.close_all()
    assert rows(sidebar) == before
    assert services.history.asked == [("new",), ("open", 3)]


def test_empty_folder_is_deleted_without_a_question(qtbot: QtBot, sidebar: Sidebar, services, bar: NoticeBar) -> None:
    empty = Matter(MatterId(9), "Empty")
    sidebar.apply(MatterChanged(empty))
    sidebar.list.go_to(empty)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    bar.close_all()
    assert services.history.asked == [("delete_folder", 9, True)]


def test_menu_moves_and_undo_moves_back(sidebar: Sidebar, services, bar: NoticeBar) -> None:
    menu = sidebar.menus.of_conversations((LIST[0], LIST[2]))
    folders = menu.findChild(QMenu)
    assert list(actions(folders)) == ["General", "Lease", "Tax", "New folder"]
    actions(folders)["Tax"].trigger()
    bar.cards[0].action.click()
    assert services.history.asked == [("move", (1, 3), 3), ("move", 1, GENERAL), ("move", 3, 2)]


def test_conversations_can_be_moved_into_a_new_folder(sidebar: Sidebar, services) -> None:
    menu = sidebar.menus.of_conversations(LIST[:2])
    actions(menu.findChild(QMenu))["New folder"].trigger()
    assert services.history.asked == [("make_folder", "New folder", (1, 2))]


def test_folder_that_holds_it_already_is_not_offered(sidebar: Sidebar) -> None:
    folders = sidebar.menus.of_conversations((LIST[2],)).findChild(QMenu)
    assert [text for text, one in actions(folders).items() if not one.isEnabled()] == ["Lease"]


def test_new_chat_in_a_folder_is_asked_for(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    with qtbot.waitSignal(sidebar.chosen):
        actions(sidebar.menus.of_folder(TAX))["New chat in this folder"].trigger()
    assert services.history.asked == [("new", 3)]


def dragged(sidebar: Sidebar, row: Any, kind: type[QDropEvent], data: QMimeData) -> QDropEvent:
    place = place_of(sidebar, row)
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return kind(place if kind is QDragMoveEvent else QPointF(place), move, data, left, none)


@pytest.mark.parametrize(
    ("target", "folder"), [(TAX, 3), (LIST[3], 2), (LIST[1], GENERAL), (Group.TODAY, GENERAL), (Group.ARCHIVED, None)]
)
def test_drop_on_a_row_moves_into_its_folder(sidebar: Sidebar, services, target: Any, folder: int | None) -> None:
    outside = conversation(8, MatterId(7))
    sidebar.apply(MatterChanged(Matter(MatterId(7), "Zoo")))
    sidebar.apply(ConversationChanged(outside))
    sidebar.list.go_to(outside)
    data = sidebar.list.carried()
    over = dragged(sidebar, target, QDragMoveEvent, data)
    sidebar.list.dragMoveEvent(over)
    assert over.isAccepted() is (folder is not None)
    sidebar.list.dropEvent(dragged(sidebar, target, QDropEvent, data))
    assert services.history.asked == ([] if folder is None else [("move", 8, folder)])


def test_drop_from_elsewhere_moves_nothing(sidebar: Sidebar, services) -> None:
    data = QMimeData()
    data.setText("words")
    sidebar.list.dropEvent(dragged(sidebar, TAX, QDropEvent, data))
    assert services.history.asked == []


def test_search_can_be_limited_to_a_folder(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    actions(sidebar.menus.of_folder(LEASE))["Search in this folder"].trigger()
    assert sidebar.scope.isVisible()
    assert sidebar.search.placeholderText() == "Search this folder"
    qtbot.keyClicks(sidebar.search, "heat")
    qtbot.waitUntil(lambda: services.history.asked == [("search", "heat", 2)])
    sidebar.apply(SearchFinished("heat", (), None))
    assert sidebar.list.isVisible()
    sidebar.apply(SearchFinished("heat", (), LEASE.id))
    assert not sidebar.list.isVisible()
    sidebar.scope.everywhere.click()
    assert services.history.asked[-1] == ("search", "heat")
    assert not sidebar.scope.isVisible()


def test_search_follows_its_folder(sidebar: Sidebar) -> None:
    sidebar.scope.narrow(LEASE)
    sidebar.apply(MatterChanged(replace(LEASE, name="Lease 2025")))
    assert sidebar.scope.name == "Lease 2025"
    sidebar.apply(MatterDeleted(LEASE.id))
    assert sidebar.scope.matter is None


def test_archive_opens_at_the_end_and_gives_back(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    click(qtbot, sidebar, Group.ARCHIVED)
    assert rows(sidebar)[-2:] == ["Archived", "C6"]
    menu = sidebar.menus.of_conversations((LIST[5],))
    assert list(actions(menu)) == ["Rename", "Move to", "Put back", "Delete"]
    actions(menu)["Put back"].trigger()
    assert services.history.asked == [("archive", 6, False)]
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Return)
    assert rows(sidebar)[-1] == "Archived"
