"""The rows of the list of documents, as Qt wants them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.core.coverage import SourceId
from desktop.core.library import LibrarySource
from desktop.ui.library.source_rows import Choosing, Order, SourceRows
from desktop.ui.library.wording import spoken

Index = QModelIndex | QPersistentModelIndex
SOURCE = Qt.ItemDataRole.UserRole + 1
NOWHERE = QModelIndex()


class SourceModel(QAbstractListModel):
    """The documents of one collection. What stays keeps its selection and the keyboard."""

    counted = Signal()
    """How many there are, or how many are shown, may be different."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = SourceRows()

    @property
    def total(self) -> int:
        """How many documents the collection has."""
        return len(self._rows.known)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One row a document that is shown."""
        return 0 if parent.isValid() else len(self._rows.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the document itself, or all words of the row for a screen reader."""
        source = self.source(index)
        if source is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return source.name
        if role == SOURCE:
            return source
        return spoken(source) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def source(self, index: Index) -> LibrarySource | None:
        """Return the document of a row."""
        return self._rows.shown[index.row()] if index.isValid() and index.row() < len(self._rows.shown) else None

    def all(self) -> Iterable[LibrarySource]:
        """Return every document of the collection, shown or not."""
        return self._rows.known.values()

    def known(self, source: SourceId) -> LibrarySource | None:
        """Return what is known of a document."""
        return self._rows.known.get(source)

    def index_of(self, source: SourceId) -> QModelIndex:
        """Return the row of a document, invalid when it is not shown."""
        row = self._rows.find(source)
        return self.index(row) if row >= 0 else QModelIndex()

    def show(self, sources: Iterable[LibrarySource]) -> None:
        """Show other documents."""
        self.beginResetModel()
        self._rows.fill(sources)
        self.endResetModel()
        self.counted.emit()

    def renew(self, sources: Iterable[LibrarySource]) -> None:
        """Show the documents of the same collection as they are now."""
        with self._moving():
            self._rows.fill(sources)

    def arrange(self, order: Order, choosing: Choosing) -> None:
        """Sort and choose in another way."""
        with self._moving():
            self._rows.order, self._rows.choosing = order, choosing
            self._rows.arrange()

    def hide(self, sources: Iterable[SourceId], *, on: bool) -> None:
        """Show these no longer, or again."""
        with self._moving():
            self._rows.hide(sources, on=on)

    def put(self, source: LibrarySource) -> None:
        """Show what is new of a document, or a new one."""
        before, after = self._rows.find(source.id), self._rows.place_for(source)
        if self._rows.stays(source):
            self._rows.put(source)
            self.dataChanged.emit(self.index(before), self.index(before))
        elif before < 0 <= after:
            self.beginInsertRows(NOWHERE, after, after)
            self._rows.put(source)
            self.endInsertRows()
            self.counted.emit()
        elif before < 0:
            self._rows.put(source)
            self.counted.emit()
        else:
            with self._moving():
                self._rows.put(source)

    def take(self, source: SourceId) -> None:
        """Forget a document."""
        row = self._rows.find(source)
        if row >= 0:
            self.beginRemoveRows(NOWHERE, row, row)
        self._rows.take(source)
        if row >= 0:
            self.endRemoveRows()
        self.counted.emit()

    @contextmanager
    def _moving(self) -> Iterator[None]:
        """Change the rows; what Qt holds on to goes along with them."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self._rows.shown[one.row()].id for one in held]
        yield
        rows = [self._rows.find(one) for one in ids]
        self.changePersistentIndexList(held, [self.createIndex(one, 0) if one >= 0 else QModelIndex() for one in rows])
        self.layoutChanged.emit()
        self.counted.emit()
