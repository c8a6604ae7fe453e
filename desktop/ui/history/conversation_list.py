"""The list of conversations: open, select, rename, delete, by mouse and by keyboard."""

from PySide6.QtCore import QElapsedTimer, QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyleOptionViewItem, QWidget

from desktop.core.conversations import ConversationSummary, Matter
from desktop.ui.history.arrangement import Group, Row
from desktop.ui.history.dragging import FilingList
from desktop.ui.history.list_model import ConversationListModel
from desktop.ui.history.typeahead import find_typed
from desktop.ui.theme import Theme

CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
Move = QAbstractItemView.CursorAction
Trigger = QAbstractItemView.EditTrigger


class ConversationList(FilingList):
    """A view that asks; it changes nothing itself."""

    opened = Signal(object)
    """A conversation, by its id."""
    turned = Signal(object)
    """A folder, or the archive, that is to be opened or closed."""
    deleted = Signal(object)
    """A tuple of conversations."""
    folder_deleted = Signal(object, QPoint)
    """A folder, and where to ask what becomes of its conversations."""
    menu_asked = Signal(object, QPoint)
    """A row, and the place of its menu."""

    def __init__(self, model: ConversationListModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, theme, parent)
        self._typed = ""
        self._typing = QElapsedTimer()
        self._passed_over = False
        self.setEditTriggers(Trigger.EditKeyPressed | Trigger.DoubleClicked)
        self.taken.connect(self._take)
        self.drawn.menu_asked.connect(self._menu_at_dots)
        model.layoutChanged.connect(self._count_selected)

    def go_to(self, row: Row) -> None:
        """Put the keyboard on a row."""
        if (index := self.rows.index_of_row(row)).isValid():
            self.setCurrentIndex(index)

    def rename(self, row: Row) -> None:
        """Edit the title or name in the row."""
        if (index := self.rows.index_of_row(row)).isValid():
            self.setCurrentIndex(index)
            self.edit(index, Trigger.AllEditTriggers, QEvent(QEvent.Type.None_))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that act on rows; the rest walks."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not (self._change(event) or self._steer(event)):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the row that begins with what is typed, among all rows and not only those fetched."""
        pause = QGuiApplication.styleHints().keyboardInputInterval()
        goes_on = self._typing.isValid() and self._typing.elapsed() < pause
        self._typed = self._typed + search if goes_on else search
        self._typing.start()
        number = find_typed(self.rows.arrangement, self._typed, self.currentIndex().row())
        if number >= 0:
            self.rows.fetch(number)
            self.setCurrentIndex(self.rows.index(number))

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first and the last row that can be reached with Home and End."""
        last = len(self.rows.arrangement) - 1
        if action == Move.MoveHome:
            return self._reachable(range(last + 1))
        if action == Move.MoveEnd:
            self.rows.fetch(last)
            return self._reachable(range(last, -1, -1))
        return super().moveCursor(action, modifiers)

    def edit(self, index: QModelIndex, trigger: Trigger, event: QEvent) -> bool:  # type: ignore[override]
        """Rename; a double click on a folder does not."""
        if trigger == Trigger.DoubleClicked and isinstance(self.rows.row(index), Matter):
            return False
        return super().edit(index, trigger, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open nothing while rows are being selected."""
        self._passed_over = bool(event.modifiers() & CHOOSING)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open nothing a second time."""
        self._passed_over = True
        super().mouseDoubleClickEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Show a selection when it is of several rows."""
        super().selectionChanged(selected, deselected)
        self._count_selected()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the row under the pointer, or with the current one."""
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self._menu_below(self.currentIndex())
        elif (row := self.rows.row(self.indexAt(event.pos()))) is not None:
            self.menu_asked.emit(row, event.globalPos())

    def _count_selected(self) -> None:
        ranges = self.selectionModel().selection()
        many = sum(ranges.at(one).height() for one in range(ranges.count())) > 1
        if many or self.drawn.many:
            self.drawn.many = many
            self.viewport().update()

    def _change(self, event: QKeyEvent) -> bool:
        """Handle the keys that rename and delete."""
        row = self.rows.row(self.currentIndex())
        if event.matches(QKeySequence.StandardKey.Delete) or event.key() == Key.Key_Backspace:
            self._delete(row)
        elif event.key() == Key.Key_F2 and row is not None:
            self.rename(row)
        elif event.key() == Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._menu_below(self.currentIndex())
        else:
            return False
        return True

    def _steer(self, event: QKeyEvent) -> bool:
        """Handle the keys that select, and those that open and close folders."""
        forward = Key.Key_Left if self.isRightToLeft() else Key.Key_Right
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.rows.fetch(len(self.rows.arrangement) - 1)
            self.selectAll()
        elif event.key() == Key.Key_Escape and self.drawn.many:
            self.clearSelection()
        elif event.key() in (Key.Key_Left, Key.Key_Right) and not event.modifiers() & CHOOSING:
            self._walk_across(self.rows.row(self.currentIndex()), forward=event.key() == forward)
        else:
            return False
        return True

    def _take(self, index: QModelIndex) -> None:
        passed_over, self._passed_over = self._passed_over, False
        row = self.rows.row(index)
        if passed_over:
            return
        if isinstance(row, ConversationSummary):
            self.opened.emit(row.id)
        elif row is not None:
            self.turned.emit(row)

    def _delete(self, row: Row | None) -> None:
        number = self.currentIndex().row()
        if chosen := self.chosen():
            self.deleted.emit(chosen)
            if not self.currentIndex().isValid():
                below = self._reachable([*range(number, self.rows.rowCount()), *range(number, -1, -1)])
                self.selectionModel().setCurrentIndex(below, QItemSelectionModel.SelectionFlag.NoUpdate)
        elif isinstance(row, Matter):
            self.folder_deleted.emit(row, self._below(self.currentIndex()))

    def _walk_across(self, row: Row | None, *, forward: bool) -> None:
        """Open or close a folder; from inside one, go back to it."""
        rows = self.rows.arrangement
        match row:
            case Matter(folded=folded) if folded == forward:
                self.turned.emit(row)
            case Group.ARCHIVED if rows.archive_open != forward:
                self.turned.emit(row)
            case ConversationSummary() if not forward:
                place = rows.place(row)
                if place is Group.ARCHIVED:
                    self.go_to(Group.ARCHIVED)
                elif place is not None and not isinstance(place, Group):
                    self.go_to(rows.matters[place])
            case _:
                pass

    def _reachable(self, numbers: "range | list[int]") -> QModelIndex:
        """Return the first of these rows that the keyboard can be on."""
        for one in numbers:
            index = self.rows.index(one)
            if self.rows.flags(index) & Qt.ItemFlag.ItemIsEnabled:
                return index
        return QModelIndex()

    def _menu_at_dots(self, index: QModelIndex) -> None:
        self._passed_over = True
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        self.setCurrentIndex(index)
        self.menu_asked.emit(self.rows.row(index), self.viewport().mapToGlobal(self.drawn.dots(option).bottomLeft()))

    def _menu_below(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None and QApplication.activePopupWidget() is None:  # one key may come as two events
            self.menu_asked.emit(row, self._below(index))

    def _below(self, index: QModelIndex) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(20, 0))
