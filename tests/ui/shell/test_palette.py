"""The command palette over a window."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId, ConversationSummary
from desktop.core.models import ModelFile
from desktop.ui.shell.palette import Palette
from desktop.ui.shell.palette_rows import ENTRY
from desktop.ui.shell.palette_stock import Kind, Place, Sources
from desktop.ui.theme import dark, light

Asked = list[tuple[Any, ...]]


def conversation(number: int, title: str, updated: float = 0.0, **fields: Any) -> ConversationSummary:
    return ConversationSummary(ConversationId(number), title, updated, **fields)


class House:
    """A window with two fields, and what the palette finds there."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        page = QWidget()
        column = QVBoxLayout(page)
        self.first, self.second = QLineEdit(), QLineEdit()
        column.addWidget(self.first)
        column.addWidget(self.second)
        self.window.setCentralWidget(page)
        self.window.resize(900, 700)
        self.asked: Asked = []
        self.actions = [self.action("New &chat", "Ctrl+N"), self.action("Stop the answer"), self.action("Quit")]
        self.conversations: tuple[ConversationSummary, ...] = (
            conversation(1, "Lease of the shop", 100.0),
            conversation(2, "Estate of Smith", 300.0),
            conversation(3, "", 200.0),
            conversation(4, "Old lease", 50.0, archived=True),
        )
        self.palette = Palette(
            Sources(
                lambda: self.actions,
                lambda: self.conversations,
                self.note("open"),
                lambda: (ModelFile(self.path("smol"), 98_000_000, "SmolLM2 135M", "llama", "Q4_1", 8192),),
                self.note("choose"),
                lambda: (Place("Appearance", self.note("place")),),
            ),
            light(),
            self.window,
        )

    def note(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.asked.append((name, *arguments))

    def path(self, name: str) -> Any:
        from pathlib import Path

        return Path(f"/models/{name}.gguf")

    def action(self, text: str, keys: str = "") -> QAction:
        made = QAction(text, self.window)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda: self.asked.append((made.text(),)))
        return made


@pytest.fixture
def house(qtbot: QtBot) -> House:
    made = House()
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    made.second.setFocus()
    return made


@pytest.fixture
def palette(house: House) -> Palette:
    house.palette.open()
    return house.palette


def shown(palette: Palette) -> list[str]:
    return [str(palette.rows.index(row).data()) for row in range(palette.rows.rowCount())]


def chosen(palette: Palette) -> str:
    return str(palette.list.currentIndex().data())


def test_opened_palette_takes_the_focus_and_covers_the_window(house: House, palette: Palette) -> None:
    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert palette.size() == house.window.size()
    assert palette.window() is house.window


def test_everything_is_offered_before_anything_is_typed(palette: Palette) -> None:
    assert shown(palette) == [
        "Recent conversations", "Estate of Smith", "New chat", "Lease of the shop", "Old lease",
        "Commands", "New chat", "Stop the answer", "Quit",
        "Settings", "Appearance",
        "Models", "SmolLM2 135M",
    ]  # fmt: skip
    assert chosen(palette) == "Estate of Smith"


def test_escape_gives_the_focus_back(qtbot: QtBot, house: House, palette: Palette) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert house.second.hasFocus()


def test_click_beside_the_panel_closes_and_one_on_it_does_not(qtbot: QtBot, house: House, palette: Palette) -> None:
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.panel.geometry().topLeft() + QPoint(2, 12))
    assert palette.isVisible()
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not palette.isVisible()
    assert house.second.hasFocus()


def test_a_shortcut_that_leads_elsewhere_closes_it(house: House, palette: Palette) -> None:
    house.first.setFocus()
    assert not palette.isVisible()
    assert house.first.hasFocus()


def test_the_tab_key_stays_inside(qtbot: QtBot, palette: Palette) -> None:
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        qtbot.keyClick(palette.field, key)
        assert palette.field.hasFocus()
        assert palette.isVisible()


def test_enter_runs_the_best_answer(qtbot: QtBot, house: House, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "new")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert house.asked == [("New &chat",)]
    assert not palette.isVisible()
    assert house.second.hasFocus()


@pytest.mark.parametrize(
    ("query", "asked"),
    [("lease", ("open", 1)), ("smol", ("choose", "smol.gguf")), ("appear", ("place",))],
    ids=["conversation", "model", "settings page"],
)
def test_every_kind_of_entry_does_its_work(
    qtbot: QtBot, house: House, palette: Palette, query: str, asked: tuple[Any, ...]
) -> None:
    qtbot.keyClicks(palette.field, query)
    entry = palette.list.currentIndex().data(ENTRY)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert house.asked[0][0] == asked[0]
    if entry.kind is Kind.CONVERSATION:
        assert house.asked == [asked]


def test_the_kind_with_the_best_answer_comes_first(palette: Palette) -> None:
    palette.field.setText("lease")
    assert shown(palette) == ["Conversations", "Lease of the shop", "Old lease"]
    palette.field.setText("s")
    assert shown(palette)[:2] == ["Commands", "Stop the answer"]


def test_the_arrows_pass_over_headings_and_around_the_ends(qtbot: QtBot, palette: Palette) -> None:
    for _ in range(4):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert chosen(palette) == "New chat"
    assert palette.list.currentIndex().data(ENTRY).kind is Kind.COMMAND
    for _ in range(5):
        qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert chosen(palette) == "SmolLM2 135M"
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert chosen(palette) == "Estate of Smith"


def test_page_keys_and_ends(qtbot: QtBot, house: House) -> None:
    house.conversations = tuple(conversation(number, f"Letter {number}", -number) for number in range(1, 50))
    house.palette.open()
    palette = house.palette
    palette.field.setText("letter")
    qtbot.keyClick(palette.field, Qt.Key.Key_PageDown)
    row = palette.list.currentIndex().row()
    assert 3 < row < 40
    qtbot.keyClick(palette.field, Qt.Key.Key_PageUp)
    assert chosen(palette) == "Letter 1"
    qtbot.keyClick(palette.field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert palette.list.currentIndex().row() == palette.rows.rowCount() - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() == palette.rows.rowCount() - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert chosen(palette) == "Letter 1"


def test_click_runs_an_entry_and_a_heading_does_nothing(qtbot: QtBot, house: House, palette: Palette) -> None:
    def click(row: int) -> None:
        place = palette.list.visualRect(palette.rows.index(row)).center()
        qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(0)
    assert palette.isVisible()
    click(1)
    assert house.asked == [("open", 2)]


def test_nothing_found_is_said(qtbot: QtBot, house: House, palette: Palette) -> None:
    palette.field.setText("zzzz")
    assert palette.empty.isVisible()
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert house.asked == []


def test_shortcuts_are_shown_and_rows_can_be_heard(palette: Palette) -> None:
    palette.field.setText("new c")
    index = palette.list.currentIndex()
    keys = QKeySequence("Ctrl+N").toString(QKeySequence.SequenceFormat.NativeText)
    assert index.data(ENTRY).hint == keys
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"New chat, Command, {keys}"
    assert palette.field.accessibleName()
    assert palette.accessibleName()


def test_commands_that_cannot_be_done_are_left_out(house: House) -> None:
    house.actions[0].setEnabled(False)
    house.actions[1].setVisible(False)
    house.palette.open()
    house.palette.field.setText("new")
    assert "Commands" not in shown(house.palette)


def test_a_command_used_last_comes_first_the_next_time(qtbot: QtBot, house: House, palette: Palette) -> None:
    palette.field.setText("quit")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    palette.open()
    commands = shown(palette)[shown(palette).index("Commands") + 1 :]
    assert commands[:2] == ["Quit", "New chat"]


def test_changed_conversations_are_found(house: House, palette: Palette) -> None:
    palette.leave()
    house.conversations = (replace(house.conversations[0], title="Tenancy"),)
    palette.open()
    palette.field.setText("tenan")
    assert shown(palette) == ["Conversations", "Tenancy"]


def test_nothing_of_a_title_stays_behind_when_it_closes(palette: Palette) -> None:
    palette.field.setText("lease")
    palette.leave()
    assert palette.field.text() == ""
    assert palette.rows.rowCount() == 0


def test_titles_are_made_ready_in_pauses(qtbot: QtBot, palette: Palette) -> None:
    qtbot.waitUntil(lambda: not palette._preparing.isActive())


@pytest.mark.parametrize("size", [QSize(480, 480), QSize(900, 700), QSize(1600, 900)])
def test_panel_lies_inside_a_window_of_any_size(house: House, palette: Palette, size: QSize) -> None:
    house.window.resize(size)
    for query in ("", "lease", "zzzz"):
        palette.field.setText(query)
        assert palette.size() == size
        assert palette.rect().adjusted(8, 8, -8, -8).contains(palette.panel.geometry())


def test_window_that_runs_from_right_to_left_and_dark_is_drawn(house: House, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        house.conversations = (conversation(1, "عقد الإيجار 🎉", 1.0), conversation(2, "Lease " * 40, 2.0))
        house.palette.apply_theme(dark())
        house.palette.open()
        house.palette.field.setText("lease")
        assert not house.palette.grab().isNull()
        house.palette.field.setText("عقد")
        assert not house.palette.grab().isNull()
        assert chosen(house.palette) == "عقد الإيجار 🎉"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_toggle_opens_and_closes(house: House) -> None:
    house.palette.toggle()
    assert house.palette.isVisible()
    house.palette.open()
    house.palette.toggle()
    assert not house.palette.isVisible()
    house.palette.leave()


def test_a_widget_that_is_gone_is_not_given_the_focus(house: House, palette: Palette) -> None:
    from shiboken6 import delete

    delete(house.second)
    palette.leave()
    assert not palette.isVisible()
