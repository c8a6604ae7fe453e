"""How the library's page is laid out, and what it shows for what there is."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.coverage import CollectionId
from desktop.core.library import Collection, LibrarySource
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.library.body import Body
from desktop.ui.library.collection_list import CollectionList, CollectionModel
from desktop.ui.library.commands import EmbedderCommands, LibraryCommands
from desktop.ui.library.head import Head
from desktop.ui.library.hits import HitList
from desktop.ui.library.meaning_notice import MeaningNotice
from desktop.ui.library.panel import CollectionPanel
from desktop.ui.library.progress_strip import ProgressStrip
from desktop.ui.library.searching import Searching
from desktop.ui.library.source_list import SourceList
from desktop.ui.library.source_model import SourceModel
from desktop.ui.library.wording import number
from desktop.ui.theme import Theme

PANEL = 210
ROWS = 60
"""Pixels at 100 % that the documents keep at least, under large text."""
LOW = 560
"""Pixels at 100 %: in less height the advice does not stand above the progress."""
NARROW = 620
"""Pixels at 100 %: in less room the collections are chosen in the head."""


class LibraryView(QWidget):
    """The collections at the side, the head above, the strip below, and the documents between."""

    left = Signal()
    """The person wants to go back to the conversation."""
    page_wanted = Signal(object, int, int, int)
    """A LibrarySource, a page of it, and the characters of a passage there; 0 and 0 for none."""

    def __init__(
        self, services: LibraryCommands, embedders: EmbedderCommands, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("library", "Library"))
        self.shown: CollectionId | None = None
        """Which collection is chosen."""
        self.is_listed = False
        """Whether it is known which collections there are."""
        self.is_open = False
        """Whether the documents of the chosen one are known."""
        self.collections = CollectionModel(self)
        self.sources = SourceModel(self)
        self.searching = Searching(services.search, self)
        self.collection_list = CollectionList(self.collections, theme)
        self.panel = CollectionPanel(self.collection_list)
        self.head = Head()
        self.body = Body(SourceList(self.sources, theme), HitList(self.searching.hits, theme))
        self.strip = ProgressStrip(services.indexing)
        self.notice = MeaningNotice(embedders, self._spoken_of)
        self._lay_out()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours, as large as the text is."""
        for view in (self.collection_list, self.body.documents, self.body.hits):
            view.apply_theme(theme)
        self._fit()

    def show_state(self) -> None:
        """Show what there is, or what to do where there is nothing."""
        collection = self.collections.find(self.shown)
        searching = bool(self.searching.query)
        has_any = collection is not None and (self.sources.total > 0 or searching)
        self.head.show_tools(on=has_any)
        self.head.filters.show_search(on=searching)
        self.head.count.setText(self.searching.line() if searching else self._count())
        self.body.setCurrentWidget(self._in_sight(collection))
        self.notice.show_state()
        inviting = self.body.inviting
        self.body.setMinimumHeight(0 if inviting else px(ROWS))  # else the pages out of sight take the room
        self.head.add_button.setVisible(inviting is None)
        first = inviting.files_button if inviting else self.head.search if has_any else None
        self.setFocusProxy(first)  # type: ignore[arg-type]  # the stubs know no None
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Need no room for the collections: in a narrow window they stand in the head."""
        needed = super().minimumSizeHint()
        return needed if self.panel.isHidden() else needed - QSize(self.panel.width(), 0)

    def event(self, event: QEvent) -> bool:
        """Fold them too when the sources panel takes its share."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the collections into the head in a narrow window."""
        super().resizeEvent(event)
        self._fit()
        if event.size().height() != event.oldSize().height():
            self.notice.show_state()

    def _spoken_of(self) -> Iterable[LibrarySource]:
        """Return what the advice is about; in a low window it waits until the reading is done."""
        return () if self.height() < px(LOW) and not self.strip.isHidden() else self.sources.all()

    def _in_sight(self, collection: Collection | None) -> QWidget:
        if not self.is_listed:
            return self.body.blank
        if self.searching.query:
            return self._searched()
        if collection is None:
            return self.body.first
        if self.sources.rowCount():
            return self.body.documents
        if self.sources.total and self.head.filters.is_narrowing:
            return self.body.filtered
        return self.body.empty if self.is_open else self.body.blank

    def _searched(self) -> QWidget:
        if not self.searching.is_empty:
            return self.body.hits
        query = self.searching.query[:60]
        self.body.nothing.describe(translate("library", "No passage answers to “{query}”.", query=query))
        return self.body.nothing

    def _count(self) -> str:
        shown, total = self.sources.rowCount(), self.sources.total
        if shown != total and self.head.filters.is_narrowing:
            return translate("library", "{shown} of {count} documents", shown=number(shown), count=number(total))
        if shown == 1:
            return translate("library", "1 document")
        return translate("library", "{count} documents", count=number(shown))

    def _fit(self) -> None:
        room = self.layout()
        narrow = (room.contentsRect().width() if room else self.width()) < px(NARROW)
        has_any = bool(self.collections.shown)
        self.panel.setFixedWidth(px(PANEL))
        self.panel.setVisible(has_any and not narrow)
        self.head.fold(narrow=narrow)
        self.head.more_button.setVisible(has_any)

    def _lay_out(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 4, 16, 14)
        foot.setSpacing(8)
        foot.addWidget(self.notice)
        foot.addWidget(self.strip)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.body, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.panel)
        row.addLayout(column, 1)
