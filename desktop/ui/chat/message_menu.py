"""The menu of one message: everything that can be done with it, and with the conversation as a whole."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.again import Again, Manner
from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.messages import Role
from desktop.core.models import ModelFile
from desktop.ui.assets import IconName, icon
from desktop.ui.chat.action_row import can_be_read, reading_words
from desktop.ui.chat.moments import SCHEME
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.popup import rounded_menu


class MessageMenu(QObject):
    """Offers what the message allows; copies by itself and hands on the rest.

    Args:
        parent: the widget over which it opens.
        stored: the message.
        models: those that may answer again.

    Signals:
        chosen: what is to be done (read, edit, regenerate, branch, print, export) and the message id it is about.
        again: the message id, and an `Again`.
    """

    chosen = Signal(str, int)
    again = Signal(int, object)

    def __init__(self, parent: QWidget, stored: StoredMessage, models: Sequence[ModelFile]) -> None:
        self.menu = _menu(parent, translate("chat", "What to do with this message"))
        super().__init__(self.menu)
        self._stored = stored
        self._models = models

    def open(self, place: QPoint) -> None:
        """Show the menu, its first entry chosen, so that Enter and the arrow keys work at once."""
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(place)

    def add_copies(self, selected: str, link: str) -> None:
        """Add the ways to copy."""
        if selected:
            self._add("copy", translate("chat", "Copy what is selected"), partial(copy_words, selected))
        if link and not link.startswith(("copy:", SCHEME)):
            self._add("link", translate("chat", "Copy the link"), partial(copy_words, link))
        whole = self._stored.message.copied
        if whole:
            self._add("copy", translate("chat", "Copy"), partial(copy_words, whole))
            self._add(None, translate("chat", "Copy as formatted text"), partial(copy_formatted, whole))
            self._add(None, translate("chat", "Copy without formatting"), partial(copy_plain, whole))

    def add_deeds(self, is_read: bool = False) -> None:
        """Add what is said or changed, and what is done with the whole conversation."""
        stored = self._stored
        if can_be_read(stored):
            name: IconName = "stop" if is_read else "read-aloud"
            self._add(name, reading_words(is_read), partial(self.chosen.emit, "read", stored.id))
        self.menu.addSeparator()
        if stored.message.role is Role.USER:
            self._add("edit", translate("chat", "Edit"), partial(self.chosen.emit, "edit", stored.id))
        elif stored.state is not TurnState.PARTIAL:
            self._add("refresh", translate("chat", "Answer again"), partial(self.chosen.emit, "regenerate", stored.id))
            self.menu.addMenu(self._others())
        self._add_branches()
        self.menu.addSeparator()
        words = translate("chat", "Print or save as PDF …")
        self._add("print", words, partial(self.chosen.emit, "print", stored.id))
        words = translate("chat", "Export as Markdown …")
        self._add("export", words, partial(self.chosen.emit, "export", stored.id))

    def _others(self) -> QMenu:
        """Return the menu of the other ways to answer."""
        title = translate("chat", "Answer again with")
        menu = _menu(self.menu, title)
        menu.setTitle(title)
        for manner, words in (
            (Manner.SHORTER, translate("chat", "A shorter answer")),
            (Manner.LONGER, translate("chat", "A longer answer")),
            (Manner.CREATIVE, translate("chat", "More imagination")),
            (Manner.SOBER, translate("chat", "Less imagination")),
        ):
            self._add(None, words, partial(self._again, Again(manner=manner)), menu)
        if self._models:
            menu.addSeparator()
        several = [one.name for one in self._models]
        for model in self._models:
            name = f"{model.name} · {model.precision}" if several.count(model.name) > 1 else model.name
            self._add("chip", name.replace("&", "&&"), partial(self._again, Again(model=model.key)), menu)
        return menu

    def _add_branches(self) -> None:
        siblings = self._stored.siblings
        if len(siblings) < 2:
            return
        at = siblings.index(self._stored.id)
        back: IconName = "chevron-right" if self.menu.isRightToLeft() else "chevron-left"
        ahead: IconName = "chevron-left" if self.menu.isRightToLeft() else "chevron-right"
        before = self._add(back, translate("chat", "Previous version"), lambda: self._go(at - 1))
        after = self._add(ahead, translate("chat", "Next version"), lambda: self._go(at + 1))
        before.setEnabled(at > 0)
        after.setEnabled(at + 1 < len(siblings))

    def _go(self, at: int) -> None:
        self.chosen.emit("branch", self._stored.siblings[at])

    def _again(self, wanted: Again) -> None:
        self.again.emit(self._stored.id, wanted)

    def _add(self, name: IconName | None, text: str, deed: Callable[[], None], menu: QMenu | None = None) -> QAction:
        action = (menu or self.menu).addAction(text)
        if name is not None:
            action.setIcon(icon(name, tint("muted").name()))
        action.triggered.connect(lambda: deed())
        return action


def copy_words(words: str) -> None:
    """Put words on the clipboard as they are."""
    QGuiApplication.clipboard().setText(words)


def copy_formatted(markdown: str) -> None:
    """Put a text on the clipboard with its headings, lists and tables, for a word processor."""
    QGuiApplication.clipboard().setMimeData(_rich(markdown))


def copy_plain(markdown: str) -> None:
    """Put the words of a text on the clipboard, without the signs of Markdown."""
    copy_words(_rich(markdown).text())


def _rich(markdown: str) -> QMimeData:
    from desktop.ui.chat.rich_copy import rich_data  # noqa: PLC0415 - not for the start

    return rich_data(markdown)


def _menu(parent: QWidget, label: str) -> QMenu:
    menu = rounded_menu(parent)
    menu.setAccessibleName(label)
    return menu
