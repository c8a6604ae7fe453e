"""The hits of a search: a model, how a hit is drawn, and the list."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.core.conversations import SearchHit
from desktop.ui.history.list_delegate import INSET, PADDING
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme, mix
from desktop.ui.widgets.choice_list import ChoiceList, RowDelegate, is_focused, is_over
from desktop.ui.widgets.drawing import SMALL, draw_ground, draw_line, set_font

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
        return _words(hit) if role == Qt.ItemDataRole.AccessibleTextRole else None


class ResultDelegate(RowDelegate):
    """A title and two lines of the message, the found words marked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a hit."""
        hit: SearchHit = index.data(HIT)
        row: QRect = option.rect
        side: Qt.LayoutDirection = option.direction
        theme = self.theme
        painter.save()
        fill = mix(theme.panel, theme.card, 0.6) if is_over(option) else ""
        draw_ground(painter, row, fill, theme.accent if is_focused(option) else "", INSET)
        place = row.adjusted(INSET + PADDING, theme.px(9), -INSET - PADDING, -theme.px(8))
        title = QRect(place.left(), place.top(), place.width(), theme.px(20))
        if hit.archived:
            title.setWidth(title.width() - self._draw_tag(painter, option, title) - PADDING)
            title = QStyle.visualRect(side, row, title)
        set_font(painter, option.font, QFont.Weight.Medium)
        painter.setPen(QColor(theme.text))
        draw_line(painter, title, str(index.data()), side)
        set_font(painter, option.font, pixels=theme.px(SMALL))
        from desktop.ui.widgets.marked import draw_marked  # noqa: PLC0415 - not for the start

        painter.setPen(QColor(theme.muted))
        below = place.adjusted(0, theme.px(24), 0, 0)
        painter.setClipRect(below)
        draw_marked(painter, below, hit.snippet, hit.marks, QColor(theme.mark), QColor(theme.text), side)
        painter.restore()

    def _draw_tag(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect) -> int:
        """Say at the end of the line that the conversation is archived; return how wide that is."""
        words = translate("history", "Archived")
        set_font(painter, option.font, pixels=self.theme.px(SMALL))
        painter.setPen(QColor(self.theme.muted))
        width = painter.fontMetrics().horizontalAdvance(words) + 1
        tag = QRect(place.right() - width + 1, place.top(), width, place.height())
        draw_line(painter, QStyle.visualRect(option.direction, option.rect, tag), words, option.direction)
        return width


class ResultsList(ChoiceList):
    """The hits; a click or Enter opens one."""

    opened = Signal(object)

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, ResultDelegate(theme, ROW), translate("history", "Search results"), parent)
        self.taken.connect(self._open)

    def open_first(self) -> None:
        """Open the best hit."""
        if self.model().rowCount():
            self._open(self.model().index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(HIT))


def _words(hit: SearchHit) -> str:
    title = hit.title.strip() or translate("history", "New chat")
    if hit.archived:
        return translate("history", "{title}, archived. {words}", title=title, words=hit.snippet)
    return translate("history", "{title}. {words}", title=title, words=hit.snippet)
