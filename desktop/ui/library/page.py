"""The library's page: it asks the services and follows their events."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QModelIndex, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.core.coverage import CollectionId
from desktop.core.events import Event, VaultChanged
from desktop.core.library import Collection, Hit, LibrarySource
from desktop.core.library_events import (
    CollectionsListed,
    Imported,
    ImportFailed,
    IndexingProgress,
    LibrarySearched,
    PasswordWanted,
    SourceChanged,
    SourceRemoved,
    SourcesListed,
    Surveyed,
)
from desktop.ui.i18n import translate
from desktop.ui.library.adding import Adding, brings_files, files_in
from desktop.ui.library.commands import EmbedderCommands, LibraryCommands
from desktop.ui.library.menus import AddingDeeds, CollectionDeeds, Menus, SourceDeeds
from desktop.ui.library.name_sheet import NameSheet
from desktop.ui.library.opening import PageOpening, open_in_system
from desktop.ui.library.passwords import Passwords
from desktop.ui.library.removing import Removing
from desktop.ui.library.source_list import Sources
from desktop.ui.library.view import LibraryView
from desktop.ui.library.wording import is_locked
from desktop.ui.notices import Notice
from desktop.ui.theme import Theme
from desktop.ui.widgets.drop_overlay import DropOverlay

LIST_PAUSE = 700
"""Milliseconds between two lists of the collections while documents come in."""


class LibraryPage(LibraryView):
    """Opens, adds, searches, removes; the outcome arrives as an event."""

    def __init__(
        self,
        services: LibraryCommands,
        embedders: EmbedderCommands,
        tell: Callable[[Notice], None],
        theme: Theme,
        open_folder: Callable[[str], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(services, embedders, theme, parent)
        self._services, self._embedders = services, embedders
        self._open_folder = open_folder or open_in_system
        self._naming = False
        self._expecting = False
        self._arriving = False
        self.passwords = Passwords(self, services.indexing, tell)
        self.name_sheet = NameSheet(self)
        self.adding = Adding(self, services.library, self.collections, tell)
        self.overlay = DropOverlay(self, translate("library", "Drop to add to the library"), brings_files, "library")
        self._removing = Removing(services.library, self.sources, self.collections, tell)
        self._listing = QTimer(self, singleShot=True, interval=LIST_PAUSE)
        self.menus = Menus(
            self,
            AddingDeeds(lambda: self.adding.pick_files(self.shown), lambda: self.adding.pick_folder(self.shown)),
            CollectionDeeds(self._make, self._rename, self._removing.delete),
            SourceDeeds(
                open=lambda chosen: self._open(chosen[0]),
                unlock=lambda chosen: self.passwords.sheet.ask(chosen[0]),
                retry=self._retry,
                show_in_folder=lambda chosen: self._open_folder(chosen[0].path),
                remove=self._removing.remove,
            ),
        )
        self.opening = PageOpening(self, services.pages, theme, lambda: self.searching.hits.hits)
        self._connect()
        self.show_state()

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        self.opening.desk.apply(event)
        match event:
            case CollectionsListed(collections):
                self._show_collections(collections)
            case SourcesListed() | SourceChanged() | SourceRemoved():
                self._follow(event)
            case Surveyed() | Imported() | ImportFailed():
                self.adding.apply(event)
            case IndexingProgress():
                self.strip.show_progress(event)
            case PasswordWanted():
                self.passwords.apply(event)
            case LibrarySearched():
                self.searching.apply(event)
            case VaultChanged() if event.locked:
                self._forget()
            case _:
                pass
        self.notice.apply(event)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours, as large as the text is."""
        super().apply_theme(theme)
        self.opening.desk.apply_theme(theme)

    def arrive(self) -> None:
        """Ask what there is now; the keyboard goes to it when it is there."""
        self._arriving = True
        self._services.library.list()
        self._embedders.list()
        if self.shown is not None:
            self._services.library.open(self.shown)

    def show_state(self) -> None:
        """Show what there is, and give it the keyboard once."""
        super().show_state()
        if self._arriving and self.focusProxy() is not None and self.isVisible():
            self._arriving = False
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take files that are pasted."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        head, rows, hits = self.head, self.body.documents, self.body.hits
        head.close_button.clicked.connect(self.left)
        head.add_button.clicked.connect(lambda: self.menus.open_adding(head.add_button))
        head.more_button.clicked.connect(
            lambda: self.menus.open_below(self.collections.find(self.shown), head.more_button)
        )
        head.chosen.connect(self.collection_list.go_to)
        head.search.asked.connect(self._search)
        head.search.entered.connect(self._enter)
        head.filters.changed.connect(self._filter)
        head.filters.name.entered.connect(self.body.begin)
        for field in (head.search, head.filters.name):
            field.left_down.connect(self.body.begin)
        self.panel.new_button.clicked.connect(self._make)
        self.collection_list.selectionModel().currentChanged.connect(self._choose)
        self.collection_list.deleted.connect(self._removing.delete)
        self.collection_list.menu_asked.connect(self.menus.open_collection)
        self.collections.renamed.connect(self._services.library.rename)
        self.collections.changed.connect(self._follow_collections)
        self.sources.counted.connect(self.show_state)
        self.searching.found.connect(self.show_state)
        rows.opened.connect(self._open)
        rows.removed.connect(self._removing.remove)
        rows.menu_asked.connect(self.menus.open_sources)
        hits.opened.connect(self._open_hit)
        self.overlay.dropped.connect(self._take)
        self.adding.chosen.connect(self._expect)
        self.adding.taking.connect(self.strip.show_taking)
        self.strip.cancelled.connect(self.adding.end)
        self.name_sheet.named.connect(self._services.library.rename)
        self._listing.timeout.connect(self._services.library.list)
        for one in (self.body.first, self.body.empty):
            one.files_asked.connect(lambda: self.adding.pick_files(self.shown))
            one.folder_asked.connect(lambda: self.adding.pick_folder(self.shown))

    def _show_collections(self, collections: tuple[Collection, ...]) -> None:
        before = {one.id for one in self.collections.shown}
        is_first, self.is_listed = not self.is_listed, True
        self.collections.show(collections)
        new = next((one for one in self.collections.shown if one.id not in before), None)
        if new is not None and not is_first and (self._naming or self._expecting):
            self.collection_list.go_to(new.id)
            if self._naming:
                self._rename(new)
            self._naming = self._expecting = False
        self.show_state()

    def _follow_collections(self) -> None:
        """Keep one chosen, as long as there is one."""
        if self.collections.find(self.shown) is None:
            first = self.collections.shown[0].id if self.collections.shown else None
            if first is None:
                self._show_collection(None)
            else:
                self.collection_list.go_to(first)
                if self.shown != first:  # the keyboard was on its row before
                    self._show_collection(first)
        self.head.show_collections(self.collections.shown, self.shown)
        self.show_state()

    def _choose(self, index: QModelIndex) -> None:
        one = self.collections.collection(index)
        if one is not None and one.id != self.shown:
            self._show_collection(one.id)
            self.head.show_collections(self.collections.shown, self.shown)

    def _show_collection(self, collection: CollectionId | None) -> None:
        self.shown, self.is_open = collection, False
        self.sources.show(())
        if collection is not None:
            self._services.library.open(collection)
        if self.searching.query:
            self._ask()
        self.show_state()

    def _follow(self, event: SourcesListed | SourceChanged | SourceRemoved) -> None:
        match event:
            case SourcesListed(collection, sources) if collection == self.shown:
                self.is_open = True
                self.sources.renew(sources)
            case SourceChanged(source):
                self._follow_source(source)
            case SourceRemoved(source, collection):
                if collection == self.shown:
                    self.sources.take(source)
                self._list_soon()
            case _:
                pass

    def _follow_source(self, source: LibrarySource) -> None:
        if source.collection == self.shown:
            known = self.sources.known(source.id)
            self.sources.put(source)
            if known is not None and known.state is source.state:
                return
        self._list_soon()

    def _list_soon(self) -> None:
        if not self._listing.isActive():
            self._listing.start()

    def _forget(self) -> None:
        """Show nothing of the library any more: it was locked."""
        self.adding.forget()
        self.passwords.sheet.leave()
        self.name_sheet.leave()
        self.opening.desk.close()
        self._listing.stop()
        self.head.search.clear()
        self.head.filters.name.clear()
        self.is_listed = False
        self.collections.show(())

    def _search(self) -> None:
        if self.head.search.words:
            self._ask()
        elif self.searching.query:
            self.searching.leave()
        self.show_state()

    def _enter(self) -> None:
        """Open the best passage; not one that was found for other words."""
        if self.searching.answers(self.head.search.words):
            self.body.hits.open_first()

    def _ask(self) -> None:
        self.searching.ask(self.head.search.words, self.head.filters.scope(self.shown))

    def _filter(self) -> None:
        filters = self.head.filters
        self.sources.arrange(filters.sorting, filters.choosing())
        if self.searching.query:
            self._ask()
            self.show_state()

    def _open(self, source: LibrarySource) -> None:
        """Open a document at its beginning; one that is locked asks for its password."""
        if is_locked(source):
            self.passwords.sheet.ask(source)
        elif source.pages_read:
            self.page_wanted.emit(source, 1, 0, 0)

    def _open_hit(self, hit: Hit) -> None:
        passage = hit.passage
        self.page_wanted.emit(hit.source, passage.page, passage.start, passage.end)

    def _retry(self, chosen: Sources) -> None:
        for one in chosen:
            self._services.indexing.retry(one.id)

    def _make(self) -> None:
        self._naming = True
        self._services.library.make(translate("library", "New collection"))

    def _expect(self, collection: CollectionId | None) -> None:
        """Show where documents are going; None: into a collection that is being made."""
        self._expecting = collection is None
        if collection is not None:
            self.collection_list.go_to(collection)

    def _rename(self, collection: Collection) -> None:
        if self.panel.isVisible():
            self.collection_list.rename(collection.id)
        else:
            self.name_sheet.ask(collection)

    def _take(self, data: QMimeData) -> None:
        self.adding.take(files_in(data), self.shown)
