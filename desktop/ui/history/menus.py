"""The menus of a conversation, of several, and of a folder."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.core.conversations import GENERAL, ConversationSummary, Matter
from desktop.ui.assets import IconName, icon
from desktop.ui.history.arrangement import Group, Row
from desktop.ui.history.conversation_list import ConversationList
from desktop.ui.history.filing import Filing, Summaries
from desktop.ui.history.list_model import COUNT
from desktop.ui.history.wording import name_of, short
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.popup import rounded_menu


class Menus(QObject):
    """Shows what can be done with a row; a menu goes away when it is closed."""

    new_asked = Signal(object)
    """A chat in the folder of this id."""
    search_asked = Signal(object)
    """A search in this folder."""
    folder_asked = Signal(object)
    """A new folder with these conversations in it."""

    def __init__(self, view: ConversationList, filing: Filing) -> None:
        super().__init__(view)
        self._view = view
        self._filing = filing

    def open(self, row: Row, place: QPoint) -> None:
        """Show the menu of a row; of all selected conversations when it is one of them."""
        match row:
            case ConversationSummary():
                chosen = self._view.chosen()
                self.of_conversations(chosen if row in chosen else (row,)).popup(place)
            case Matter():
                self.of_folder(row).popup(place)
            case Group.FOLDERS:
                menu = self._menu(translate("history", "Folder menu"))
                self._add(menu, "folder-plus", translate("history", "New folder"), lambda: self.folder_asked.emit(()))
                menu.popup(place)
            case _:
                pass

    def of_conversations(self, chosen: Summaries) -> QMenu:
        """Return the menu of these conversations."""
        filing = self._filing
        menu = self._menu(translate("history", "Conversation menu"))
        if len(chosen) == 1:
            self._add(menu, "edit", translate("history", "Rename"), lambda: self._view.rename(chosen[0]))
        on = not all(one.pinned for one in chosen)
        pin = translate("history", "Pin") if on else translate("history", "Unpin")
        if not any(one.archived for one in chosen):
            self._add(menu, "pin", pin, lambda: filing.pin(chosen, on))
        menu.addMenu(self._folders_for(chosen, menu))
        if all(one.archived for one in chosen):
            self._add(menu, "unarchive", translate("history", "Put back"), lambda: filing.archive(chosen, False))
        else:
            self._add(menu, "archive", translate("history", "Archive"), lambda: filing.archive(chosen, True))
        menu.addSeparator()
        self._add(menu, "trash", translate("history", "Delete"), lambda: filing.delete(chosen))
        return menu

    def of_folder(self, matter: Matter) -> QMenu:
        """Return the menu of a folder."""
        menu = self._menu(translate("history", "Folder menu"))
        new, search = translate("history", "New chat in this folder"), translate("history", "Search in this folder")
        self._add(menu, "plus", new, lambda: self.new_asked.emit(matter.id))
        self._add(menu, "search", search, lambda: self.search_asked.emit(matter))
        self._add(menu, "edit", translate("history", "Rename"), lambda: self._view.rename(matter))
        menu.addSeparator()
        self._add_deletions(menu, matter)
        return menu

    def open_deletions(self, matter: Matter, place: QPoint) -> None:
        """Ask what becomes of the conversations of a folder; an empty one is deleted at once."""
        if not self._count(matter):
            self._filing.delete_folder(matter, keep=True)
            return
        menu = self._menu(translate("history", "Delete the folder"))
        self._add_deletions(menu, matter)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(place)

    def _add_deletions(self, menu: QMenu, matter: Matter) -> None:
        """Add the two plain choices, or the one for an empty folder."""
        if not self._count(matter):
            delete = translate("history", "Delete the folder")
            self._add(menu, "trash", delete, lambda: self._filing.delete_folder(matter, keep=True))
            return
        keep = translate("history", "Delete the folder, keep its conversations")
        both = translate("history", "Delete the folder and its conversations")
        self._add(menu, "folder", keep, lambda: self._filing.delete_folder(matter, keep=True))
        self._add(menu, "trash", both, lambda: self._filing.delete_folder(matter, keep=False))

    def _folders_for(self, chosen: Summaries, menu: QMenu) -> QMenu:
        """Return the menu of the folders that the conversations can go to."""
        move = translate("history", "Move to")
        folders = self._menu(move, menu)
        folders.setTitle(move)
        folders.setIcon(icon("folder", tint("muted").name()))
        here = {one.matter for one in chosen}
        places = [(GENERAL, translate("history", "General"))]
        places += [(one.id, name_of(one)) for one in self._view.rows.arrangement.folders]
        for matter, name in places:
            words = short(name).replace("&", "&&")
            action = self._add(folders, None, words, partial(self._filing.move, chosen, matter))
            action.setEnabled(here != {matter})
        folders.addSeparator()
        self._add(folders, "folder-plus", translate("history", "New folder"), lambda: self.folder_asked.emit(chosen))
        return folders

    def _count(self, matter: Matter) -> int:
        index = self._view.rows.index_of_row(matter)
        return int(index.data(COUNT) or 0)

    def _menu(self, label: str, above: QMenu | None = None) -> QMenu:
        menu = rounded_menu(above or self._view)
        menu.setAccessibleName(label)
        if above is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        return menu

    def _add(self, menu: QMenu, name: IconName | None, text: str, deed: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        if name is not None:
            action.setIcon(icon(name, tint("muted").name()))
        action.triggered.connect(lambda: deed())
        return action
