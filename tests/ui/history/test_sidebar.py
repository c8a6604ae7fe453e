"""The sidebar, used by mouse and keyboard."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId, ConversationSummary, MessageId, SearchHit
from desktop.core.events import ConversationChanged, ConversationsListed, SearchFinished
from desktop.core.settings import ThemeChoice
from desktop.ui.history.sidebar import Sidebar
from desktop.ui.notices import NoticeBar
from desktop.ui.theme import light

NOW = datetime.now().timestamp()
LIST = tuple(ConversationSummary(ConversationId(one), f"C{one}", NOW - one) for one in (1, 2, 3))
HITS = (
    SearchHit(ConversationId(2), MessageId(20), "C2", "the lease ends", ((4, 9),), NOW),
    SearchHit(ConversationId(3), MessageId(30), "C3", "a lease", ((2, 7),), NOW),
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
    made.resize(264, 600)
    made.apply(ConversationsListed(LIST))
    made.show()
    return made


def place_of(sidebar: Sidebar, number: int) -> QPoint:
    return sidebar.list.visualRect(sidebar.model.index_of(ConversationId(number))).center() - QPoint(40, 0)


def go_to(sidebar: Sidebar, number: int) -> None:
    sidebar.list.setCurrentIndex(sidebar.model.index_of(ConversationId(number)))


def test_click_opens_a_conversation(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    with qtbot.waitSignal(sidebar.chosen):
        qtbot.mouseClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(sidebar, 2))
    assert services.history.asked == [("open", 2)]


def test_keyboard_walks_past_headings_and_opens(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Down)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Down)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Return)
    assert services.history.asked == [("open", 2)]


def test_new_chat_is_asked_for(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    with qtbot.waitSignal(sidebar.chosen):
        sidebar.new_button.click()
    assert services.history.asked == [("new",)]


def test_f2_renames_in_the_row(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    go_to(sidebar, 2)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_F2)
    field = sidebar.list.viewport().findChild(QLineEdit)
    assert field.text() == "C2"
    field.setText("Lease")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.history.asked == [("rename", 2, "Lease")])


def test_double_click_renames(qtbot: QtBot, sidebar: Sidebar) -> None:
    qtbot.mouseClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(sidebar, 1))
    qtbot.mouseDClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(sidebar, 1))
    assert sidebar.list.viewport().findChild(QLineEdit) is not None


def test_delete_key_hides_at_once_and_deletes_when_the_notice_closes(
    qtbot: QtBot, sidebar: Sidebar, services, bar: NoticeBar
) -> None:
    go_to(sidebar, 2)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    assert not sidebar.model.index_of(ConversationId(2)).isValid()
    assert services.history.asked == []
    assert bar.cards[0].timer.interval() == 8000
    bar.close_all()
    assert services.history.asked == [("delete", 2)]


def test_undo_brings_a_deleted_conversation_back(qtbot: QtBot, sidebar: Sidebar, services, bar: NoticeBar) -> None:
    sidebar.mark_shown(ConversationId(2))
    go_to(sidebar, 2)
    qtbot.keyClick(sidebar.list, Qt.Key.Key_Delete)
    bar.cards[0].action.click()
    bar.close_all()
    assert sidebar.model.index_of(ConversationId(2)).isValid()
    assert services.history.asked == [("new",), ("open", 2)]


def test_menu_pins_and_archives(sidebar: Sidebar, services, bar: NoticeBar) -> None:
    menu = sidebar.menus.of_conversations((LIST[0],))
    actions = {one.text(): one for one in menu.actions() if one.text()}
    assert list(actions) == ["Rename", "Pin", "Move to", "Archive", "Delete"]
    actions["Pin"].trigger()
    actions["Archive"].trigger()
    bar.cards[0].action.click()
    assert services.history.asked == [("pin", 1, True), ("archive", 1, True), ("archive", 1, False)]


def test_search_waits_for_a_pause(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    qtbot.keyClicks(sidebar.search, " lease")
    assert services.history.asked == []
    qtbot.waitUntil(lambda: services.history.asked == [("search", "lease")])


def test_enter_opens_the_best_hit_and_escape_empties(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    sidebar.search.setText("lease")
    sidebar.apply(SearchFinished("lease", HITS))
    assert sidebar.results.isVisible()
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Return)
    assert services.history.asked == [("open", 2, 20)]
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Escape)
    assert sidebar.search.text() == ""
    assert sidebar.list.isVisible()


def test_down_leads_to_the_hits(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    sidebar.search.setText("lease")
    sidebar.apply(SearchFinished("lease", HITS))
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Down)
    qtbot.keyClick(sidebar.results, Qt.Key.Key_Down)
    qtbot.keyClick(sidebar.results, Qt.Key.Key_Return)
    assert services.history.asked == [("open", 3, 30)]


def test_hits_of_an_older_query_are_ignored(sidebar: Sidebar) -> None:
    sidebar.search.setText("lease")
    sidebar.apply(SearchFinished("lea", HITS))
    assert sidebar.list.isVisible()


def test_no_hit_says_so(sidebar: Sidebar) -> None:
    sidebar.search.setText("zebra")
    sidebar.apply(SearchFinished("zebra", ()))
    assert not sidebar.results.isVisible()
    assert not sidebar.list.isVisible()


def test_hits_of_a_conversation_that_is_being_deleted_are_left_out(sidebar: Sidebar) -> None:
    sidebar.list.deleted.emit((LIST[1],))
    sidebar.search.setText("lease")
    sidebar.apply(SearchFinished("lease", HITS))
    assert sidebar.results.model().rowCount() == 1


def test_empty_list_says_so(sidebar: Sidebar) -> None:
    sidebar.apply(ConversationsListed(()))
    assert not sidebar.list.isVisible()


def test_theme_button_walks_through_the_choices(qtbot: QtBot, sidebar: Sidebar) -> None:
    for choice, following in (
        (ThemeChoice.SYSTEM, ThemeChoice.LIGHT),
        (ThemeChoice.LIGHT, ThemeChoice.DARK),
        (ThemeChoice.DARK, ThemeChoice.SYSTEM),
    ):
        sidebar.show_theme_choice(choice)
        with qtbot.waitSignal(sidebar.theme_chosen, check_params_cb=lambda got, want=following: got == want):
            sidebar.theme_button.click()


def test_three_dots_open_the_menu_and_nothing_else(qtbot: QtBot, sidebar: Sidebar, services) -> None:
    option = QStyleOptionViewItem()
    option.rect = sidebar.list.visualRect(sidebar.model.index_of(ConversationId(1)))
    dots = sidebar.list.drawn.dots(option).center()
    with qtbot.waitSignal(sidebar.list.menu_asked):
        qtbot.mouseClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=dots)
    assert services.history.asked == []
    sidebar.list.findChild(QMenu).close()


def test_hit_in_an_archived_conversation_says_so(sidebar: Sidebar) -> None:
    sidebar.search.setText("lease")
    sidebar.apply(SearchFinished("lease", (replace(HITS[0], archived=True),)))
    heard = sidebar.results.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "C2, archived. the lease ends"


def test_title_that_does_not_fit_is_told_in_full(qtbot: QtBot, sidebar: Sidebar) -> None:
    long = ConversationSummary(ConversationId(9), "A <b>very</b> long title " * 5, NOW)
    sidebar.apply(ConversationChanged(long))
    for number, expected in ((9, "A &lt;b&gt;very"), (2, "")):
        place = place_of(sidebar, number)
        viewport = sidebar.list.viewport()
        QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
        qtbot.waitUntil(lambda start=expected: QToolTip.text()[:15] == start)


def test_rows_are_as_high_as_large_text_needs(qtbot: QtBot, sidebar: Sidebar) -> None:
    index = sidebar.model.index_of(ConversationId(2))
    before = sidebar.list.visualRect(index).height()
    sidebar.apply_theme(replace(light(), scale=2.0))
    qtbot.waitUntil(lambda: sidebar.list.visualRect(index).height() == 2 * before)
    sidebar.search.setText("lease")
    sidebar.apply(SearchFinished("lease", HITS))
    hits = sidebar.results
    qtbot.waitUntil(lambda: hits.visualRect(hits.model().index(0, 0)).height() == 144)
