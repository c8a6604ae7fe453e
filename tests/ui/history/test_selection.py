"""Several conversations at once, and the list by keyboard alone."""

from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId, ConversationSummary
from desktop.core.events import ConversationChanged, ConversationsListed
from desktop.ui.history.sidebar import Sidebar
from desktop.ui.notices import NoticeBar
from desktop.ui.theme import light

NOW = datetime.now().timestamp()
TITLES = ("Alpha", "Beta", "Gamma", "Alpine", "Delta")
LIST = tuple(ConversationSummary(ConversationId(n), title, NOW - n) for n, title in enumerate(TITLES, 1))
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def sidebar(qtbot: QtBot, services, bar: NoticeBar) -> Sidebar:
    made = Sidebar(services.history, bar.tell, light())
    qtbot.addWidget(made)
    made.resize(264, 600)
    made.apply(ConversationsListed(LIST))
    made.show()
    return made


def click(qtbot: QtBot, sidebar: Sidebar, number: int, keys: Qt.KeyboardModifier) -> None:
    place = sidebar.list.visualRect(sidebar.model.index_of(ConversationId(number))).center()
    qtbot.mouseClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, keys, place)


def selected(sidebar: Sidebar) -> list[str]:
    return [one.title for one in sidebar.list.chosen()]


def current(sidebar: Sidebar) -> str:
    return str(sidebar.list.currentIndex().data())


def open_menu(sidebar: Sidebar) -> QMenu:
    return next(one for one in sidebar.list.findChildren(QMenu) if one.isVisible())


def test_ctrl_and_shift_select_and_open_nothing(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    click(qtbot, sidebar, 1, Qt.KeyboardModifier.NoModifier)
    click(qtbot, sidebar, 3, CTRL)
    assert selected(sidebar) == ["Alpha", "Gamma"]
    click(qtbot, sidebar, 5, SHIFT)
    assert selected(sidebar) == ["Alpha", "Gamma", "Alpine", "Delta"]
    assert services.history.asked == [("open", 1)]


def test_shift_and_arrows_select(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.list.go_to(LIST[1])
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Down, SHIFT)
    assert selected(sidebar) == ["Beta", "Gamma"]
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Escape)
    assert selected(sidebar) == ["Gamma"]


def test_select_all_reaches_rows_that_were_not_fetched(qtbot: QtBot, sidebar: Sidebar) -> None:
    many = tuple(ConversationSummary(ConversationId(n), f"C{n}", NOW - n) for n in range(1, 501))
    sidebar.apply(ConversationsListed(many))
    qtbot.keyClick(sidebar.list, Qt.Key.Key_A, CTRL)
    assert len(sidebar.list.chosen()) == 500


def test_delete_takes_all_selected_with_one_notice(qtbot: QtBot, sidebar: Sidebar, services, bar: NoticeBar) -> None:
    sidebar.list.go_to(LIST[1])
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    assert [card.notice.text for card in bar.cards] == ["2 conversations were deleted."]
    assert current(sidebar) == "Delta"
    bar.close_all()
    assert services.history.asked == [("delete", (2, 3))]


def test_undo_brings_all_of_them_back(qtbot: QtBot, sidebar: Sidebar, services, bar: NoticeBar) -> None:
    sidebar.mark_shown(ConversationId(2))
    sidebar.list.go_to(LIST[1])
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    bar.cards[0].action.click()
    assert [sidebar.model.index(n).data() for n in range(sidebar.model.rowCount())] == ["Today", *TITLES]
    assert services.history.asked == [("new",), ("open", 2)]


def test_menu_of_several_acts_on_all(sidebar: Sidebar, services, bar: NoticeBar) -> None:
    menu = sidebar.menus.of_conversations(LIST[:2])
    actions = {one.text(): one for one in menu.actions() if one.text()}
    assert list(actions) == ["Pin", "Move to", "Archive", "Delete"]
    actions["Pin"].trigger()
    actions["Archive"].trigger()
    assert bar.cards[0].notice.text.startswith("2 conversations were archived.")
    bar.cards[0].action.click()
    assert services.history.asked == [("pin", (1, 2), True), ("archive", (1, 2), True), ("archive", (1, 2), False)]


def test_menu_on_a_row_beside_the_selection_is_of_that_row(sidebar: Sidebar) -> None:
    sidebar.list.go_to(LIST[1])
    sidebar.menus.open(LIST[4], QPoint(10, 10))
    menu = open_menu(sidebar)
    assert "Rename" in [one.text() for one in menu.actions()]
    menu.close()


@pytest.mark.parametrize("by", ["Shift+F10", "menu key"])
def test_menu_opens_by_keyboard(qtbot: QtBot, sidebar: Sidebar, by: str) -> None:
    sidebar.list.go_to(LIST[1])
    if by == "Shift+F10":
        qtbot.keyClick(sidebar.list, Qt.Key.Key_F10, SHIFT)
    else:
        QApplication.sendEvent(
            sidebar.list.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        )
    menu = open_menu(sidebar)
    assert [one.text() for one in menu.actions()][:1] == ["Rename"]
    menu.close()


def test_home_and_end_pass_over_headings(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.list.go_to(LIST[1])
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Home)
    assert current(sidebar) == "Alpha"
    qtbot.keyClick(sidebar.list, Qt.Key.Key_End)
    assert current(sidebar) == "Delta"


def test_end_reaches_the_last_of_many(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.apply(ConversationsListed(tuple(ConversationSummary(ConversationId(n), f"C{n}", n) for n in range(1, 501))))
    qtbot.keyClick(sidebar.list, Qt.Key.Key_End)
    assert current(sidebar) == "C1"


def test_letters_lead_to_titles(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.list.go_to(LIST[0])
    sidebar.list.keyboardSearch("a")
    assert current(sidebar) == "Alpine"
    sidebar.list.keyboardSearch("a")
    assert current(sidebar) == "Alpha"
    sidebar.list.go_to(LIST[2])
    sidebar.list._typing.invalidate()
    for letter in "del":
        sidebar.list.keyboardSearch(letter)
    assert current(sidebar) == "Delta"


def test_selection_stays_when_a_conversation_is_written_to(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.list.go_to(LIST[1])
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Down, SHIFT)
    sidebar.apply(ConversationChanged(ConversationSummary(ConversationId(5), "Delta", NOW + 9)))
    assert selected(sidebar) == ["Beta", "Gamma"]
    assert current(sidebar) == "Gamma"
