"""The menus of documents and of a collection."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.library import Collection, Keeping, SourceState
from desktop.core.value import value
from desktop.ui.assets import IconName, icon
from desktop.ui.i18n import translate
from desktop.ui.library.source_list import Sources
from desktop.ui.library.wording import is_locked, number
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.popup import rounded_menu


@value
class SourceDeeds:
    """What is done with documents."""

    open: Callable[[Sources], None]
    unlock: Callable[[Sources], None]
    retry: Callable[[Sources], None]
    show_in_folder: Callable[[Sources], None]
    remove: Callable[[Sources], None]


@value
class CollectionDeeds:
    """What is done with a collection."""

    make: Callable[[], None]
    rename: Callable[[Collection], None]
    delete: Callable[[Collection], None]


@value
class AddingDeeds:
    """The two ways to choose what is added."""

    files: Callable[[], None]
    folder: Callable[[], None]


class Menus:
    """Opens them; each goes away when it is closed."""

    def __init__(
        self, parent: QWidget, adding: AddingDeeds, collections: CollectionDeeds, sources: SourceDeeds
    ) -> None:
        self._parent = parent
        self._adding = adding
        self._collections = collections
        self._sources = sources

    def open_adding(self, anchor: QWidget) -> None:
        """Offer what can be added."""
        self.menu = of_adding(self._adding, self._parent)
        _open_below(self.menu, anchor)

    def open_below(self, collection: Collection | None, anchor: QWidget) -> None:
        """Offer what can be done with a collection, below a button."""
        self.menu = of_collection(collection, self._collections, self._parent)
        _open_below(self.menu, anchor)

    def open_collection(self, collection: Collection | None, place: QPoint) -> None:
        """Offer what can be done with a collection."""
        self.menu = of_collection(collection, self._collections, self._parent)
        self.menu.popup(place)

    def open_sources(self, chosen: Sources, place: QPoint) -> None:
        """Offer what can be done with documents."""
        self.menu = of_sources(chosen, self._sources, self._parent)
        self.menu.popup(place)


def of_sources(chosen: Sources, deeds: SourceDeeds, parent: QWidget) -> QMenu:
    """Return the menu of these documents."""
    menu = rounded_menu(parent)
    menu.setAccessibleName(translate("library", "Document menu"))
    one = chosen[0] if len(chosen) == 1 else None
    if one is not None and is_locked(one):
        _add(menu, "key", translate("library", "Enter the password…"), lambda: deeds.unlock(chosen))
    elif one is not None and one.pages_read:
        _add(menu, "eye", translate("library", "Open"), lambda: deeds.open(chosen))
    if one is not None and one.keeping is Keeping.LINKED and one.path:
        _add(menu, "folder", translate("library", "Show in folder"), lambda: deeds.show_in_folder(chosen))
    failed = tuple(source for source in chosen if source.state in (SourceState.PARTLY, SourceState.UNREADABLE))
    if failed:
        _add(menu, "refresh", translate("library", "Read again"), lambda: deeds.retry(failed))
    if menu.actions():
        menu.addSeparator()
    words = translate("library", "Remove from the library")
    if one is None:
        words = translate("library", "Remove {count} documents from the library", count=number(len(chosen)))
    _add(menu, "trash", words, lambda: deeds.remove(chosen))
    return menu


def of_collection(collection: Collection | None, deeds: CollectionDeeds, parent: QWidget) -> QMenu:
    """Return the menu of a collection; without one, only a new one can be made."""
    menu = rounded_menu(parent)
    menu.setAccessibleName(translate("library", "Collection menu"))
    _add(menu, "plus", translate("library", "New collection"), deeds.make)
    if collection is not None:
        _add(menu, "edit", translate("library", "Rename"), lambda: deeds.rename(collection))
        menu.addSeparator()
        _add(menu, "trash", translate("library", "Delete the collection"), lambda: deeds.delete(collection))
    return menu


def of_adding(deeds: AddingDeeds, parent: QWidget) -> QMenu:
    """Return the menu of what can be added."""
    menu = rounded_menu(parent)
    menu.setAccessibleName(translate("library", "Add documents"))
    _add(menu, "document", translate("library", "Files…"), deeds.files)
    _add(menu, "folder", translate("library", "A folder…"), deeds.folder)
    return menu


def of_cancelling(waiting: int, cancel: Callable[[], None], pause: Callable[[], None], parent: QWidget) -> QMenu:
    """Return the two plain choices of who wants the reading to end."""
    menu = rounded_menu(parent)
    menu.setAccessibleName(translate("library", "Stop reading"))
    _add(menu, "pause", translate("library", "Go on later: pause"), pause)
    words = translate("library", "Take what is not read yet out of the library ({count})", count=number(waiting))
    _add(menu, "trash", words, cancel)
    return menu


def _open_below(menu: QMenu, anchor: QWidget) -> None:
    """Show a menu under a button, its first entry chosen for the keyboard."""
    menu.setActiveAction(menu.actions()[0])
    menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))


def _add(menu: QMenu, name: IconName, text: str, deed: Callable[[], None]) -> QAction:
    action = menu.addAction(icon(name, tint("muted").name()), text)
    action.triggered.connect(lambda: deed())
    return action
