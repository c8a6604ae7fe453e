"""The hits of a search: a model, how a hit is drawn, and the list."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.core.conversations import SearchHit
from desktop.ui.history.drawing import INSET, PADDING, draw_ground, draw_line, draw_marked
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme, mix

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole + 1
ROW = 72
NOWHERE = QModelIndex()


class ResultsModel(QAbstractListModel):
    """Search hits, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[SearchHit, ...] = ()

    def show(self, hits: tuple[SearchHit, ...]) -> None:
        """Show these hits."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One row a hit."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the hit itself, or both texts for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title.strip() or translate("history", "New chat")
        if role == HIT:
            return hit
        return hit.title + ". " + hit.snippet if role == Qt.ItemDataRole.AccessibleTextRole else None


class ResultDelegate(QStyledItemDelegate):
    """A title and two lines of the message, the found words marked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the width is the list's."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a hit."""
        hit: SearchHit = index.data(HIT)
        row: QRect = option.rect
        state = option.state
        theme = self.theme
        painter.save()
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        draw_ground(painter, row, mix(theme.panel, theme.card, 0.6) if over else "", theme.accent if focused else "")
        place = row.adjusted(INSET + PADDING, 9, -INSET - PADDING, -8)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        draw_line(painter, QRect(place.left(), place.top(), place.width(), 20), str(index.data()))
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        below = place.adjusted(0, 24, 0, 0)
        painter.setClipRect(below)
        draw_marked(painter, below, hit.snippet, hit.marks, QColor(theme.mark), QColor(theme.text))
        painter.restore()


class ResultsList(QListView):
    """The hits; a click or Enter opens one."""

    opened = Signal(object)

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = ResultDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(translate("history", "Search results"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current hit."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def open_first(self) -> None:
        """Open the best hit."""
        if self.model().rowCount():
            self._open(self.model().index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(HIT))
