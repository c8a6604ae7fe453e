"""Keyboard shortcuts, and the menu bar that macOS expects.

Escape is none of them: a shortcut would take it from the fields, menus and pages that have a use for it,
so the window handles it when nobody else did.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop.ui.i18n import translate

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the shortcuts do."""

    new: Callable[[], None]
    search: Callable[[], None]
    sidebar: Callable[[], None]
    stop: Callable[[], None]
    quit: Callable[[], None]


def install(window: QMainWindow, deeds: Deeds) -> dict[str, QAction]:
    """Add the shortcuts to a window; returns the actions by name."""
    made = {
        "new": _action(window, translate("shell", "New chat"), _keys(Key.New, "Ctrl+N"), deeds.new),
        "search": _action(
            window, translate("shell", "Search conversations"), [*_keys(Key.Find, "Ctrl+F"), "Ctrl+K"], deeds.search
        ),
        "sidebar": _action(window, translate("shell", "Show or hide the sidebar"), ["Ctrl+B"], deeds.sidebar),
        "stop": _action(window, translate("shell", "Stop the answer"), [], deeds.stop),
        "quit": _action(window, translate("shell", "Quit"), _keys(Key.Quit, "Ctrl+Q"), deeds.quit),
    }
    if sys.platform == "darwin":
        _fill_menu_bar(window, made)
    return made


def _keys(standard: Key, fallback: str) -> list[QKeySequence | str]:
    """Return the platform's own keys for it, or ours where it has none."""
    return [*QKeySequence.keyBindings(standard)] or [fallback]


def _action(
    window: QMainWindow, text: str, keys: list[QKeySequence | str] | list[str], deed: Callable[[], None]
) -> QAction:
    action = QAction(text, window)
    action.setShortcuts([QKeySequence(one) for one in keys])
    action.triggered.connect(lambda: deed())
    window.addAction(action)
    return action


def _fill_menu_bar(window: QMainWindow, made: dict[str, QAction]) -> None:
    chat = window.menuBar().addMenu(translate("shell", "Chat"))
    chat.addAction(made["new"])
    chat.addAction(made["stop"])
    made["quit"].setMenuRole(QAction.MenuRole.QuitRole)
    chat.addAction(made["quit"])
    view = window.menuBar().addMenu(translate("shell", "View"))
    view.addAction(made["search"])
    view.addAction(made["sidebar"])
