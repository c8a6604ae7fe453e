"""The sheet of keyboard shortcuts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from desktop.ui.shell.shortcut_sheet import KeyCap, Shortcut, ShortcutSheet

OTHERS = (
    Shortcut("Writing", "Send", ("Return",)),
    Shortcut("Writing", "New line", ("Shift+Return",)),
    Shortcut("List", "Choose several", ("Ctrl+click",)),
)


class House:
    """A window with commands."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.field = QLineEdit()
        self.window.setCentralWidget(self.field)
        self.window.resize(1000, 700)
        self.new = QAction("&New chat", self.window)
        self.new.setShortcuts([QKeySequence("Ctrl+N"), QKeySequence("Ctrl+T")])
        self.stop = QAction("Stop", self.window)
        self.sheet = ShortcutSheet(lambda: [("Chat", self.new), ("Chat", self.stop)], OTHERS, self.window)


@pytest.fixture
def house(qtbot: QtBot) -> House:
    made = House()
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    made.field.setFocus()
    return made


def native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def words(sheet: ShortcutSheet) -> list[str]:
    return [one.text() for one in sheet.area.findChildren(QLabel) if one.isVisible() and not isinstance(one, KeyCap)]


def caps(sheet: ShortcutSheet) -> list[str]:
    return [one.text() for one in sheet.area.findChildren(KeyCap) if one.isVisible()]


def test_every_shortcut_is_told_by_group(house: House) -> None:
    house.sheet.open()
    assert words(house.sheet) == ["Chat", "New chat", "Writing", "Send", "New line", "List", "Choose several"]
    assert caps(house.sheet) == [
        native("Ctrl+N"), native("Ctrl+T"), native("Return"), native("Shift+Return"), "Ctrl+click"
    ]  # fmt: skip


def test_changed_shortcut_is_told_the_next_time(house: House) -> None:
    house.sheet.open()
    house.sheet.leave()
    house.new.setShortcut(QKeySequence("F7"))
    house.stop.setShortcut(QKeySequence("F8"))
    house.sheet.open()
    assert caps(house.sheet)[:2] == [native("F7"), native("F8")]


def test_hidden_commands_are_left_out(house: House) -> None:
    house.new.setVisible(False)
    assert [line.words for line in house.sheet.lines()] == ["Send", "New line", "Choose several"]


def test_escape_and_the_button_close_it_and_give_the_focus_back(qtbot: QtBot, house: House) -> None:
    house.sheet.open()
    assert house.sheet.area.hasFocus()
    qtbot.keyClick(house.sheet.area, Qt.Key.Key_Escape)
    assert not house.sheet.isVisible()
    assert house.field.hasFocus()
    house.sheet.open()
    house.sheet.close_button.click()
    assert not house.sheet.isVisible()
    assert house.field.hasFocus()


def test_the_tab_key_goes_between_the_list_and_the_button(qtbot: QtBot, house: House) -> None:
    house.sheet.open()
    qtbot.keyClick(house.sheet.area, Qt.Key.Key_Tab)
    assert house.sheet.close_button.hasFocus()
    qtbot.keyClick(house.sheet.close_button, Qt.Key.Key_Tab)
    assert house.sheet.area.hasFocus()


def test_wide_windows_have_two_columns_and_narrow_ones_one(house: House) -> None:
    house.sheet.open()
    assert house.sheet.is_wide
    house.window.resize(480, 600)
    assert not house.sheet.is_wide
    assert house.sheet.panel.width() <= 480
    house.window.resize(1000, 600)
    assert house.sheet.is_wide


def test_long_sheets_scroll(qtbot: QtBot, house: House) -> None:
    many = tuple(Shortcut("Many", f"Do this {number}", ("F2",)) for number in range(60))
    sheet = ShortcutSheet(lambda: [], many, house.window)
    sheet.open()
    bar = sheet.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(sheet.area, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    assert sheet.rect().contains(sheet.panel.geometry())


def test_a_line_is_heard_with_its_keys(house: House) -> None:
    house.sheet.open()
    names = [one.parentWidget().accessibleName() for one in house.sheet.area.findChildren(KeyCap)]
    assert f"Send, {native('Return')}" in names
