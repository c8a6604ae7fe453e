"""The head of the library: which collection, what can be added, the search and its filters."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.coverage import CollectionId
from desktop.core.library import Collection
from desktop.ui.i18n import translate
from desktop.ui.library.filters import LEAST, Filters
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from desktop.ui.widgets.words_field import WordsField


class Head(QWidget):
    """Names the collection; in a narrow window it is chosen here."""

    chosen = Signal(object)
    """The id of a collection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._collections: tuple[Collection, ...] = ()
        self.title = ElidedLabel(translate("library", "Library"), "title")
        self.choice = Choice(())
        self.choice.setMinimumWidth(LEAST)
        self.choice.setAccessibleName(translate("library", "Collection"))
        self.more_button = IconButton("more", translate("library", "Collection menu"))
        self.add_button = TextButton(translate("library", "Add"), "primary", "plus")
        self.add_button.setAccessibleName(translate("library", "Add documents"))
        self.close_button = IconButton("close", translate("library", "Back to the conversation"))
        self.search = WordsField(translate("library", "Search in documents"), "search")
        self.filters = Filters()
        self.count = PlainLabel("", "small", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.title, 1)
        row.addWidget(self.choice, 1)
        for one in (self.more_button, self.add_button, self.close_button):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 16, 6)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.search)
        column.addWidget(self.filters)
        column.addWidget(self.count)
        self.choice.chosen.connect(self.chosen)
        self.fold(narrow=False)

    def fold(self, *, narrow: bool) -> None:
        """Offer the collections here, or only name the one that is shown."""
        self.choice.setVisible(narrow and self.choice.count() > 0)
        self.title.setHidden(narrow and self.choice.count() > 0)

    def show_collections(self, collections: tuple[Collection, ...], shown: CollectionId | None) -> None:
        """Show which there are, and which one is shown."""
        if collections != self._collections:
            self._collections = collections
            self.choice.offer([(one.id, one.name) for one in collections])
        current = next((one for one in collections if one.id == shown), None)
        if current is not None:
            self.choice.show_value(current.id)
        self.title.show_text(current.name if current else translate("library", "Library"))

    def show_tools(self, *, on: bool) -> None:
        """Show the search and the filters; without documents there is nothing to search."""
        for one in (self.search, self.filters, self.count):
            one.setVisible(on)
