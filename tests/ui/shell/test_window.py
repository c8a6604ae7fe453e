"""The whole window over recording services."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.core.conversations import NEW_CONVERSATION, ConversationId, ConversationSummary, Thread
from desktop.core.errors import ConversationMissing, StoreDamaged, StoreFull, WrongPassphrase
from desktop.core.events import (
    ConversationChanged,
    ConversationExported,
    ConversationsListed,
    Failed,
    Raised,
    SettingsChanged,
    ThreadOpened,
    VaultChanged,
)
from desktop.core.library_events import IndexingProgress
from desktop.core.settings import Settings, ThemeChoice
from desktop.ui.bridge import EventBridge
from desktop.ui.shell.links import LinkPopup, in_full, sound
from desktop.ui.shell.theming import ThemeFollower
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme import dark
from desktop.ui.welcome.welcome_page import WelcomePage
from desktop.ui.widgets.overlay import Overlay

LEASE = ConversationSummary(ConversationId(7), "Lease", 1.0)
OPEN = VaultChanged(False, ("keyring", "recovery"))


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, services, fake_chat) -> Iterator[Callable[..., MainWindow]]:
    bridges: list[EventBridge] = []

    def made(**fields: Any) -> MainWindow:
        services.settings.current = replace(services.settings.current, **fields)
        bridge = EventBridge()
        bridges.append(bridge)
        follower = ThemeFollower(qapp, services.settings.current)
        window = MainWindow(services, bridge, follower, fake_chat)
        follower.setParent(window)
        qtbot.addWidget(window)
        window.resize(1200, 800)
        window.show()
        return window

    yield made
    for bridge in bridges:
        bridge.close()


@pytest.fixture
def window(make: Callable[..., MainWindow]) -> MainWindow:
    made = make()
    made.apply(OPEN)
    return made


def texts(window: MainWindow) -> list[str]:
    return [card.notice.text for card in window.notices.cards]


def test_open_vault_asks_for_what_the_window_shows(window: MainWindow, services) -> None:
    assert services.history.asked == [("list",), ("new",)]
    assert services.models.asked == [("list",)]
    window.apply(OPEN)
    assert len(services.history.asked) == 2


def test_last_conversation_is_opened_again(make: Callable[..., MainWindow], services) -> None:
    make(last_conversation=7).apply(OPEN)
    assert ("open", 7) in services.history.asked


def test_lost_last_conversation_leads_to_a_new_chat(make: Callable[..., MainWindow], services) -> None:
    window = make(last_conversation=7)
    window.apply(OPEN)
    window.apply(Failed(ConversationMissing(id=7)))
    assert services.history.asked[-1] == ("new",)
    assert texts(window) == []


def test_events_of_the_bridge_reach_the_pages(qtbot: QtBot, make, services, fake_chat, qapp: QApplication) -> None:
    bridge = EventBridge()
    window = MainWindow(services, bridge, ThemeFollower(qapp, Settings(theme=ThemeChoice.LIGHT)), fake_chat)
    qtbot.addWidget(window)
    bridge.publish(ConversationsListed((LEASE,)))
    qtbot.waitUntil(lambda: fake_chat.events == [ConversationsListed((LEASE,))])
    assert window.sidebar.model.index_of(LEASE.id).isValid()
    bridge.close()


def test_shown_conversation_is_named_marked_and_remembered(window: MainWindow, services, fake_chat) -> None:
    window.apply(ConversationsListed((LEASE,)))
    window.apply(ThreadOpened(Thread(LEASE)))
    fake_chat.shown.emit(LEASE.id)
    assert window.top_bar.title.text() == "Lease"
    assert services.settings.current.last_conversation == 7
    window.apply(ConversationChanged(replace(LEASE, title="Lease 2")))
    assert window.top_bar.title.text() == "Lease 2"


def test_locked_vault_shows_nothing_but_the_unlock_page(make: Callable[..., MainWindow], services) -> None:
    window = make()
    window.apply(VaultChanged(True, ("passphrase",)))
    assert not window.sidebar.isVisible()
    window.apply(Failed(WrongPassphrase()))
    assert texts(window) == []
    window.apply(VaultChanged(False, ("passphrase",)))
    assert window.sidebar.isVisible()
    assert ("list",) in services.history.asked


def test_failure_to_open_is_told_in_place_of_the_conversations(make: Callable[..., MainWindow]) -> None:
    window = make()
    window.apply(Failed(StoreDamaged(name="store.db")))
    assert not window.sidebar.isVisible()
    assert "store.db is damaged" in window.gate.unlock_page().problem.text()
    assert window.gate.unlock_page().problem.isVisible()


def test_failure_is_told_in_a_notice(window: MainWindow) -> None:
    window.apply(Failed(StoreFull()))
    assert texts(window) == [StoreFull.sentence]


def test_a_vault_without_a_recovery_code_is_told_to_make_one(make: Callable[..., MainWindow], services) -> None:
    window = make()
    window.apply(VaultChanged(False, ("file",)))
    assert "recovery code" in texts(window)[0]
    window.notices.cards[0].action.click()
    assert not window.centre.shows_chat
    assert services.settings.current.recovery_noticed


def test_advice_is_given_again_when_the_window_was_only_closed(make: Callable[..., MainWindow], services) -> None:
    window = make()
    window.apply(VaultChanged(False, ("file",)))
    window.close()
    assert not services.settings.current.recovery_noticed


def test_closed_advice_is_not_given_again(make: Callable[..., MainWindow], services) -> None:
    window = make()
    window.apply(VaultChanged(False, ("file",)))
    window.notices.cards[0].dismiss.click()
    assert services.settings.current.recovery_noticed


def test_first_run_leads_through_protection_before_the_first_question(
    make: Callable[..., MainWindow], services, fake_chat
) -> None:
    window = make()
    window.apply(VaultChanged(False, ("keyring",), fresh=True))
    assert not window.sidebar.isVisible()
    assert texts(window) == []
    (page,) = window.findChildren(WelcomePage)
    assert page.isVisible()
    page.finished.emit()
    assert window.sidebar.isVisible()
    assert ("new",) in services.history.asked
    assert services.settings.current.recovery_noticed


def test_what_is_typed_in_the_first_run_does_not_go_behind_it(qtbot: QtBot, make: Callable[..., MainWindow]) -> None:
    window = make()
    window.apply(VaultChanged(False, ("keyring",), fresh=True))
    (page,) = window.findChildren(WelcomePage)
    holder = window.focusWidget()
    assert holder is not None
    assert page.isAncestorOf(holder)
    page.finished.emit()
    holder = window.focusWidget()
    assert holder is not None
    assert window.centre.isAncestorOf(holder)


def test_keys_do_nothing_while_the_first_run_is_open(qtbot: QtBot, make: Callable[..., MainWindow], services) -> None:
    window = make()
    window.apply(VaultChanged(False, ("keyring",), fresh=True))
    before = list(services.history.asked)
    for key in (Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_Comma, Qt.Key.Key_Slash):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert services.history.asked == before
    assert window.centre.shows_chat
    assert not window.findChildren(Overlay)


def test_quitting_sends_the_deletions_that_wait(window: MainWindow, services) -> None:
    window.apply(ConversationsListed((LEASE,)))
    window.sidebar.list.deleted.emit((LEASE,))
    window.close()
    assert ("delete", 7) in services.history.asked


def test_window_is_found_as_it_was_left(make: Callable[..., MainWindow], services, fake_chat) -> None:
    window = make(sidebar_width=300)
    assert abs(window.sidebar.width() - 300) <= 2
    window.resize(1010, 700)
    window.close()
    kept: Settings = services.settings.current
    assert kept.window_geometry
    assert kept.window_geometry == json.loads(json.dumps(kept.window_geometry))
    assert abs(kept.sidebar_width - 300) <= 2


def test_sidebar_that_was_put_away_stays_away(qtbot: QtBot, make: Callable[..., MainWindow], services) -> None:
    window = make()
    window.apply(OPEN)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    window.close()
    again = make(sidebar_shown=services.settings.current.sidebar_shown)
    again.apply(OPEN)
    qtbot.waitUntil(again.isActiveWindow)
    assert not again.sidebar.isVisible()
    assert again.top_bar.sidebar_button.isVisible()
    qtbot.keyClick(again, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert again.sidebar.isVisible()


def test_narrow_window_folds_the_sidebar_behind_a_button(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.top_bar.sidebar_button.isVisible()
    window.resize(480, 700)
    qtbot.waitUntil(lambda: not window.sidebar.isVisible())
    window.top_bar.sidebar_button.click()
    assert window.sidebar.isVisible()
    assert window.drawer.is_open
    window.sidebar.new_button.click()
    assert not window.sidebar.isVisible()
    window.resize(1200, 700)
    qtbot.waitUntil(window.sidebar.isVisible)
    assert window.sidebar.geometry().right() < window.centre.geometry().left()


@pytest.mark.parametrize(
    ("key", "modifier", "service", "command"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "history", ("new",)),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "chat", ("stop", NEW_CONVERSATION)),
    ],
)
def test_shortcuts_ask(qtbot: QtBot, window: MainWindow, services, key, modifier, service: str, command: tuple) -> None:
    window.activateWindow()
    qtbot.keyClick(window, key, modifier)
    assert getattr(services, service).asked[-1] == command


def test_search_is_a_key_away(qtbot: QtBot, window: MainWindow) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_F, both)
    assert window.focusWidget() is window.sidebar.search


def test_find_in_the_conversation_is_a_key_away(qtbot: QtBot, window: MainWindow, fake_chat) -> None:
    window.show_settings()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.centre.shows_chat
    assert fake_chat.finding


def test_palette_finds_a_conversation_and_a_page_of_settings(qtbot: QtBot, window: MainWindow, services) -> None:
    window.apply(ConversationsListed((LEASE,)))
    for words, check in (
        ("lease", lambda: ("open", 7) in services.history.asked),
        ("memory and", lambda: not window.centre.shows_chat),
    ):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = window.focusWidget()
        assert isinstance(field, QLineEdit)
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(check)
        assert not any(one.isVisible() for one in window.findChildren(Overlay))


def test_sheet_of_shortcuts_tells_every_key_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    told = {line.words for line in window.panels.sheet().lines()}
    assert window.panels.sheet().isVisible()
    assert {"New chat", "Settings", "Go to or do anything", "Quit"} <= told
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert not window.panels.sheet().is_open


def test_settings_open_over_the_conversation_and_lead_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.centre.settings_page().isVisible()
    window.centre.settings_page().vault_asked.emit()
    assert window.centre.vault_page().isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.centre.shows_chat


def test_text_size_is_worn_at_once(make: Callable[..., MainWindow], qapp: QApplication, services) -> None:
    window = make()
    window.apply(OPEN)
    before = qapp.font().pixelSize()
    window.apply(SettingsChanged(replace(services.settings.current, text_size=200)))
    assert qapp.font().pixelSize() == 2 * before


def test_sidebar_can_be_put_away(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not window.sidebar.isVisible()
    assert window.top_bar.sidebar_button.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.sidebar.isVisible()


@pytest.mark.parametrize("width", [480, 1200])
def test_sidebar_that_is_put_away_gives_the_keyboard_to_the_page(
    qtbot: QtBot, window: MainWindow, fake_chat, width: int
) -> None:
    window.resize(width, 700)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.sidebar.search.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not window.sidebar.isVisible()
    assert fake_chat.hasFocus()


def test_quit_closes_the_window(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_escape_in_a_filled_search_field_empties_it_and_stops_nothing(
    qtbot: QtBot, window: MainWindow, services
) -> None:
    window.sidebar.search.setText("lease")
    qtbot.keyClick(window.sidebar.search, Qt.Key.Key_Escape)
    assert window.sidebar.search.text() == ""
    assert services.chat.asked == []


def test_theme_follows_the_choice(window: MainWindow, services, fake_chat, qapp: QApplication) -> None:
    window.sidebar.theme_button.click()
    window.sidebar.show_theme_choice(ThemeChoice.LIGHT)
    window.sidebar.theme_button.click()
    assert services.settings.current.theme is ThemeChoice.DARK
    window.apply(SettingsChanged(services.settings.current))
    assert fake_chat.themes[-1] == dark()
    assert qapp.palette().window().color().name() == dark().bg


def test_archived_conversation_can_be_moved_back(window: MainWindow, services) -> None:
    window.apply(ThreadOpened(Thread(replace(LEASE, archived=True))))
    window.notices.cards[0].action.click()
    assert services.history.asked[-1] == ("archive", 7, False)


def test_second_start_raises_the_window(window: MainWindow) -> None:
    window.showMinimized()
    window.apply(Raised())
    assert not window.isMinimized()


def test_link_is_shown_whole_before_it_is_opened(qtbot: QtBot, window: MainWindow, fake_chat) -> None:
    fake_chat.link_requested.emit("https://example.com/a?b=c")
    popup = window.findChild(LinkPopup)
    assert popup.address.text().replace("\N{ZERO WIDTH SPACE}", "") == "https://example.com/a?b=c"
    popup.cancel_button.click()


def test_link_opens_only_after_the_click(qtbot: QtBot, window: MainWindow) -> None:
    opened: list[QUrl] = []
    popup = LinkPopup(QUrl("https://example.com"), window, lambda url: bool(opened.append(url)) or True)
    popup.show()
    assert opened == []
    popup.open_button.click()
    assert opened == [QUrl("https://example.com")]


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "smb://x/y", "https://", "x", ""])
def test_other_links_are_never_opened(window: MainWindow, fake_chat, link: str) -> None:
    assert sound(link) is None
    fake_chat.link_requested.emit(link)
    assert "not a web or mail address" in texts(window)[0]
    assert window.findChild(LinkPopup) is None


def test_foreign_letters_in_a_host_are_shown_as_what_they_are() -> None:
    url = sound("https://раypal.com/login")
    assert url is not None
    assert in_full(url).startswith("https://xn--")


def test_every_control_has_a_name_and_every_label_is_plain(window: MainWindow) -> None:
    window.show_vault()
    window.chooser.open()
    window.chooser.popup().hide()
    window.apply(VaultChanged(True, ("passphrase",)))
    controls = [*window.findChildren(QToolButton), *window.findChildren(QPushButton), *window.findChildren(QLineEdit)]
    ours = [
        one for one in controls if not one.objectName().startswith("qt_") and one.parent().__class__ is not QLineEdit
    ]
    assert [one for one in ours if not (one.accessibleName() or one.toolTip() or one.text())] == []
    labels = [one for one in window.findChildren(QLabel) if one.text()]
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)


def test_sidebar_grows_with_the_text_so_that_no_button_is_cut(make: Callable[..., MainWindow], services) -> None:
    window = make(sidebar_width=200)
    window.apply(OPEN)
    window.apply(SettingsChanged(replace(services.settings.current, text_size=200)))
    window.resize(2000, 900)
    assert window.sidebar.new_button.width() >= window.sidebar.new_button.minimumSizeHint().width()
    assert window.sidebar.minimumWidth() == 400


def test_opened_drawer_has_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(480, 700)
    qtbot.waitUntil(lambda: window.drawer.narrow)
    window.drawer.toggle()
    assert window.focusWidget() is window.sidebar.search


def test_an_export_is_told_and_that_it_is_not_encrypted(window: MainWindow) -> None:
    window.apply(ConversationExported("lease.md"))
    assert texts(window) == ["The conversation was written to lease.md. That file is not encrypted."]


def test_library_is_reached_from_the_sidebar_and_by_its_keys_and_left_by_escape(
    qtbot: QtBot, window: MainWindow, services
) -> None:
    for reach in (window.sidebar.library_button.click, window._actions.by_name["library"].trigger):
        reach()
        assert window.centre.library_page().isVisible()
        assert not window.centre.shows_chat
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert window.centre.shows_chat
    assert services.library.library.asked == [("list",), ("list",)]


def test_library_that_opens_late_shows_what_is_being_read(window: MainWindow) -> None:
    window.apply(IndexingProgress(1, 4, name="Report.pdf"))
    window.show_library()
    assert window.centre.library_page().strip.first.text() == "Reading file 2 of 4: Report.pdf"
    window.apply(IndexingProgress())
    assert not window.centre.library_page().strip.isVisible()
