"""The list of documents: open, choose several, remove, by mouse and by keyboard.

Why a table of one column: a QListView asks the model about every row after each change, which takes a tenth of a
second with 50,000 of them; a table asks about those in sight.
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.core.coverage import SourceId
from desktop.core.library import LibrarySource
from desktop.ui.i18n import translate
from desktop.ui.library.source_delegate import HEIGHT, SourceDelegate
from desktop.ui.library.source_model import SourceModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.choice_list import ENTER

Key = Qt.Key
Move = QAbstractItemView.CursorAction
Sources = tuple[LibrarySource, ...]


class SourceList(QTableView):
    """A view that asks; it changes nothing itself. A click chooses, a double click or Enter opens."""

    opened = Signal(object)
    """A document."""
    removed = Signal(object)
    """A tuple of documents."""
    menu_asked = Signal(object, QPoint)
    """A tuple of documents, and the place of their menu."""

    def __init__(self, model: SourceModel, theme: Theme, parent: QWidget | None = None) -> None:
        self._drawn = SourceDelegate(theme)
        super().__init__(parent)
        self._drawn.setParent(self)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(self._drawn)
        self.setAccessibleName(translate("library", "Documents"))
        self._look_like_a_list()
        self.apply_theme(theme)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(self._open)
        self._drawn.menu_asked.connect(self._menu_at_dots)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours, as large as the text is."""
        self._drawn.theme = theme
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(HEIGHT))
        self.viewport().update()

    def chosen(self) -> Sources:
        """Return the documents that are selected, in their order."""
        ranges = self.selectionModel().selection()
        rows = sorted(
            row for at in range(ranges.count()) for row in range(ranges.at(at).top(), ranges.at(at).bottom() + 1)
        )
        found = (self._rows.source(self._rows.index(row)) for row in rows)
        return tuple(one for one in found if one is not None)

    def go_to(self, source: SourceId) -> None:
        """Put the keyboard on a document."""
        if (index := self._rows.index_of(source)).isValid():
            self._choose_only(index)
            self.scrollTo(index)

    def begin(self) -> None:
        """Take the keyboard, on the first row at least."""
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self._choose_only(self._rows.index(0))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that act on documents; the rest walks and chooses."""
        index = self.currentIndex()
        if event.key() in ENTER and index.isValid():
            self._open(index)
        elif event.matches(QKeySequence.StandardKey.Delete) or event.key() == Key.Key_Backspace:
            if chosen := self.chosen():
                self.removed.emit(chosen)
        elif event.key() == Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._menu_below(index)
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first and the last document with Home and End."""
        if action in (Move.MoveHome, Move.MoveEnd) and self._rows.rowCount():
            return self._rows.index(0 if action == Move.MoveHome else self._rows.rowCount() - 1)
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose nothing with a click beside the rows."""
        if not self.indexAt(event.position().toPoint()).isValid():
            self.clearSelection()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the row under the pointer, or with the current one."""
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self._menu_below(self.currentIndex())
        elif (index := self.indexAt(event.pos())).isValid():
            self._ask_menu(index, event.globalPos())

    def _look_like_a_list(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        colors = self.palette()
        colors.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)  # the delegate shows what is chosen
        self.setPalette(colors)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _choose_only(self, index: QModelIndex) -> None:
        """Choose one document, whichever keys are held down."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _open(self, index: QModelIndex) -> None:
        if (source := self._rows.source(index)) is not None:
            self.opened.emit(source)

    def _ask_menu(self, index: QModelIndex, place: QPoint) -> None:
        source = self._rows.source(index)
        if source is None:
            return
        chosen = self.chosen()
        if source not in chosen:
            self._choose_only(index)
            chosen = (source,)
        self.menu_asked.emit(chosen, place)

    def _menu_at_dots(self, index: QModelIndex) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        self._ask_menu(index, self.viewport().mapToGlobal(self._drawn.dots(option).bottomLeft()))

    def _menu_below(self, index: QModelIndex) -> None:
        if index.isValid() and QApplication.activePopupWidget() is None:  # one key may come as two events
            self._ask_menu(index, self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(20, 0)))
