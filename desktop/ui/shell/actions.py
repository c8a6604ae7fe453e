"""Keyboard shortcuts, and the menu bar that macOS expects.

Escape is none of them: a shortcut would take it from the fields, menus and pages that have a use for it,
so the window handles it when nobody else did.
"""

import sys
from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop.core.value import value
from desktop.ui.i18n import translate

Key = QKeySequence.StandardKey


@value
class Deeds:
    """What the commands do."""

    new: Callable[[], None]
    find: Callable[[], None]
    search: Callable[[], None]
    library: Callable[[], None]
    palette: Callable[[], None]
    sidebar: Callable[[], None]
    settings: Callable[[], None]
    protection: Callable[[], None]
    shortcuts: Callable[[], None]
    attach: Callable[[], None]
    dictate: Callable[[], None] | None
    record: Callable[[], None] | None
    """None for these two: nothing takes what is said, and the commands are not offered."""
    print: Callable[[], None]
    export: Callable[[], None]
    stop: Callable[[], None]
    quit: Callable[[], object]


@value
class Actions:
    """The commands by name, and the words of the group each belongs to."""

    by_name: dict[str, QAction]
    groups: dict[str, str]

    def grouped(self) -> list[tuple[str, QAction]]:
        """Return every command with the words of its group."""
        return [(self.groups[name], action) for name, action in self.by_name.items()]


def install(window: QMainWindow, deeds: Deeds) -> Actions:
    """Add the commands to a window, with their keys; on macOS also to its menu bar."""
    chat, general = translate("shell", "Conversations"), translate("shell", "Window")
    commands: tuple[tuple[str, str, str, list[QKeySequence | str], Callable[[], object] | None], ...] = (
        ("new", chat, translate("shell", "New chat"), _keys(Key.New, "Ctrl+N"), deeds.new),
        ("find", chat, translate("shell", "Find in the conversation"), _keys(Key.Find, "Ctrl+F"), deeds.find),
        ("search", chat, translate("shell", "Search conversations"), ["Ctrl+Shift+F"], deeds.search),
        ("library", chat, translate("shell", "Library"), ["Ctrl+L"], deeds.library),
        ("attach", chat, translate("shell", "Add files to the question"), ["Ctrl+Shift+A"], deeds.attach),
        ("record", chat, translate("shell", "Record, or end the recording"), ["Ctrl+Shift+R"], deeds.record),
        ("dictate", chat, translate("shell", "Dictate, or end the dictation"), ["Ctrl+Shift+D"], deeds.dictate),
        ("print", chat, translate("shell", "Print or save as PDF"), _keys(Key.Print, "Ctrl+P"), deeds.print),
        ("export", chat, translate("shell", "Export as Markdown"), ["Ctrl+Shift+E"], deeds.export),
        ("stop", chat, translate("shell", "Stop the answer"), [], deeds.stop),
        ("palette", general, translate("shell", "Go to or do anything"), ["Ctrl+K"], deeds.palette),
        ("sidebar", general, translate("shell", "Show or hide the sidebar"), ["Ctrl+B"], deeds.sidebar),
        ("settings", general, translate("shell", "Settings"), _keys(Key.Preferences, "Ctrl+,"), deeds.settings),
        ("protection", general, translate("shell", "Protection of your conversations"), [], deeds.protection),
        ("shortcuts", general, translate("shell", "Keyboard shortcuts"), ["Ctrl+/"], deeds.shortcuts),
        ("quit", general, translate("shell", "Quit"), _keys(Key.Quit, "Ctrl+Q"), deeds.quit),
    )
    made = Actions(
        {name: _action(window, words, keys, deed) for name, _, words, keys, deed in commands if deed is not None},
        {name: group for name, group, *_ in commands},
    )
    if sys.platform == "darwin":
        _fill_menu_bar(window, made.by_name)
    return made


def _keys(standard: Key, fallback: str) -> list[QKeySequence | str]:
    """Return the platform's own keys for it, or ours where it has none."""
    return [*QKeySequence.keyBindings(standard)] or [fallback]


def _action(window: QMainWindow, text: str, keys: list[QKeySequence | str], deed: Callable[[], object]) -> QAction:
    action = QAction(text, window)
    action.setShortcuts([QKeySequence(one) for one in keys])
    action.triggered.connect(lambda: deed())
    window.addAction(action)
    return action


def _fill_menu_bar(window: QMainWindow, made: dict[str, QAction]) -> None:
    chat = window.menuBar().addMenu(translate("shell", "Chat"))
    chat.addAction(made["new"])
    chat.addActions([made[name] for name in ("attach", "record", "dictate") if name in made])
    chat.addActions([made["print"], made["export"], made["stop"]])
    made["quit"].setMenuRole(QAction.MenuRole.QuitRole)
    made["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
    chat.addActions([made["settings"], made["quit"]])
    view = window.menuBar().addMenu(translate("shell", "View"))
    view.addActions(
        [made[name] for name in ("find", "search", "library", "palette", "sidebar", "protection", "shortcuts")]
    )
