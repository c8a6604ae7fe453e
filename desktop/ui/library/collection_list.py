"""The collections: their model, how one is drawn, and the list."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtCore import QModelIndex as ModelIndex
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from desktop.core.coverage import CollectionId
from desktop.core.library import BESIDE, Collection
from desktop.ui.i18n import translate
from desktop.ui.library.drawing import Index, draw_dot
from desktop.ui.library.wording import number
from desktop.ui.theme import Theme, mix
from desktop.ui.widgets.choice_list import ChoiceList, RowDelegate, is_focused, is_over
from desktop.ui.widgets.drawing import SMALL, draw_ground, draw_line, set_font

COLLECTION = Qt.ItemDataRole.UserRole + 1
NOWHERE = ModelIndex()
HEIGHT = 34
INSET = 8
PADDING = 12
DOT = 8
LONGEST_NAME = 120
Trigger = QAbstractItemView.EditTrigger


class CollectionModel(QAbstractListModel):
    """The collections, by name; editing a row asks for a new name."""

    renamed = Signal(object, str)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Collection, ...] = ()
        self._hidden: set[CollectionId] = set()
        self.shown: tuple[Collection, ...] = ()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One row a collection."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the collection, or all words of the row for a screen reader."""
        one = self.collection(index)
        if one is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return one.name
        if role == COLLECTION:
            return one
        return spoken(one) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every one can be chosen and renamed."""
        if self.collection(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemNeverHasChildren

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a new name; the event that confirms it shows it."""
        one = self.collection(index)
        name = " ".join(str(value).split())
        if one is None or role != Qt.ItemDataRole.EditRole or not name or name == one.name:
            return False
        self.renamed.emit(one.id, name)
        return True

    def collection(self, index: Index) -> Collection | None:
        """Return the collection of a row."""
        return self.shown[index.row()] if index.isValid() and index.row() < len(self.shown) else None

    def find(self, collection: CollectionId | None) -> Collection | None:
        """Return a collection that is shown."""
        return next((one for one in self.shown if one.id == collection), None)

    def index_of(self, collection: CollectionId) -> ModelIndex:
        """Return the row of a collection, invalid when it is not shown."""
        return next((self.index(at) for at, one in enumerate(self.shown) if one.id == collection), ModelIndex())

    def show(self, collections: tuple[Collection, ...]) -> None:
        """Show these."""
        self._all = collections
        self._arrange()

    def hide(self, collection: CollectionId, *, on: bool) -> None:
        """Show one no longer, or again."""
        (self._hidden.add if on else self._hidden.discard)(collection)
        self._arrange()

    def _arrange(self) -> None:
        shown = tuple(one for one in self._all if one.id not in self._hidden and one.id != BESIDE)
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self.shown[one.row()].id for one in held]
        self.shown = shown
        self.changePersistentIndexList(held, [self.index_of(one) for one in ids])
        self.layoutChanged.emit()
        self.changed.emit()


class CollectionDelegate(RowDelegate):
    """The name, the number of documents, and a ring while some of them wait to be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        one: Collection = index.data(COLLECTION)
        theme, row = self.theme, QRect(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        fill = theme.card if chosen else mix(theme.panel, theme.card, 0.6) if is_over(option) else ""
        draw_ground(painter, row, fill, theme.accent if is_focused(option) else "", INSET)
        place = row.adjusted(INSET + PADDING, 0, -INSET - PADDING, 0)
        set_font(painter, option.font, pixels=theme.px(SMALL))
        painter.setPen(QColor(theme.muted))
        words = number(one.sources)
        width = painter.fontMetrics().horizontalAdvance(words) + 1
        count = QRect(place.right() - width + 1, place.top(), width, place.height())
        draw_line(painter, self._seen(option, count), words, option.direction)
        place.setRight(count.left() - 8)
        if one.waiting:
            dot = theme.px(DOT)
            draw_dot(
                painter, self._seen(option, QRect(place.right() - dot, place.top(), dot, row.height())), theme.accent
            )
            place.setRight(place.right() - dot - 8)
        set_font(painter, option.font, QFont.Weight.Medium if chosen else QFont.Weight.Normal)
        painter.setPen(QColor(theme.text))
        draw_line(painter, self._seen(option, place), one.name, option.direction)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Edit the name in a plain field."""
        field = QLineEdit(parent)
        field.setMaxLength(LONGEST_NAME)
        field.setAccessibleName(translate("library", "Name of the collection"))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the field where the name is."""
        editor.setGeometry(QRect(option.rect).adjusted(INSET, 2, -INSET, -2))

    def _seen(self, option: QStyleOptionViewItem, place: QRect) -> QRect:
        return QStyle.visualRect(option.direction, option.rect, place)


class CollectionList(ChoiceList):
    """The row that the keyboard is on is the one whose documents are shown."""

    deleted = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, model: CollectionModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, CollectionDelegate(theme), translate("library", "Collections"), parent)
        self._rows = model
        self.setEditTriggers(Trigger.EditKeyPressed | Trigger.DoubleClicked)

    def go_to(self, collection: CollectionId) -> None:
        """Choose a collection."""
        if (index := self._rows.index_of(collection)).isValid():
            self.setCurrentIndex(index)

    def rename(self, collection: CollectionId) -> None:
        """Edit a name in its row."""
        self.go_to(collection)
        self.setFocus()
        self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete with the key for it."""
        one = self._rows.collection(self.currentIndex())
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and one is not None and event.matches(QKeySequence.StandardKey.Delete):
            self.deleted.emit(one)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with a collection."""
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if mouse else self.currentIndex()
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(20, 0))
        self.menu_asked.emit(self._rows.collection(index), event.globalPos() if mouse else below)


def spoken(collection: Collection) -> str:
    """Return what a screen reader says of a collection."""
    if collection.waiting:
        return translate(
            "library",
            "{name}, documents: {count}, not read yet: {waiting}",
            name=collection.name,
            count=number(collection.sources),
            waiting=number(collection.waiting),
        )
    return translate("library", "{name}, documents: {count}", name=collection.name, count=number(collection.sources))
