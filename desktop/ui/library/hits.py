"""What the search found: a model, how a passage is drawn, and the list."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.core.documents import PageUnit
from desktop.core.library import Hit
from desktop.ui.assets import icon
from desktop.ui.i18n import translate
from desktop.ui.library import wording
from desktop.ui.library.drawing import Index, ground, icon_of
from desktop.ui.theme import Theme
from desktop.ui.widgets.choice_list import ChoiceList, RowDelegate, is_focused, is_over
from desktop.ui.widgets.drawing import SMALL, draw_ground, draw_line, set_font
from desktop.ui.widgets.marked import draw_marked

HIT = Qt.ItemDataRole.UserRole + 1
NOWHERE = QModelIndex()
HEIGHT = 108
INSET = 8
PADDING = 12
SIGN = 16
LEAD = 60
"""Characters before the first found word, where a passage begins too long before it."""


class HitModel(QAbstractListModel):
    """Passages, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is shown, best first."""
        return self._hits

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Show these; a row that is the same as before stays as it is."""
        if hits == self._hits:
            return
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One row a passage."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return where it stands, the hit itself, or all words of the row for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return title(hit)
        if role == HIT:
            return hit
        return spoken(hit) if role == Qt.ItemDataRole.AccessibleTextRole else None


class HitDelegate(RowDelegate):
    """File and page, the heading it stands under, and as much of the passage as fits, the found words marked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a passage."""
        hit: Hit = index.data(HIT)
        row, side, theme = QRect(option.rect), option.direction, self.theme
        painter.save()
        fill = ground(theme, chosen=False, over=is_over(option))
        draw_ground(painter, row, fill, theme.accent if is_focused(option) else "", INSET)
        place = row.adjusted(INSET + PADDING, theme.px(9), -INSET - PADDING, -theme.px(8))
        size = theme.px(SIGN)
        sign = QRect(place.left(), place.top() + theme.px(2), size, size)
        icon(icon_of(hit.source.kind), theme.muted, size).paint(painter, QStyle.visualRect(side, row, sign))
        first = QRect(sign.right() + 8, place.top(), place.right() - sign.right() - 8, theme.px(20))
        first.setRight(first.right() - self._draw_page(painter, option, hit, first))
        set_font(painter, option.font, QFont.Weight.Medium)
        painter.setPen(QColor(theme.text))
        draw_line(painter, QStyle.visualRect(side, row, first), hit.source.name, side)
        below = place.adjusted(0, theme.px(24), 0, 0)
        set_font(painter, option.font, pixels=theme.px(SMALL))
        painter.setPen(QColor(theme.muted))
        if hit.passage.heading:
            line = QRect(below.left(), below.top(), below.width(), theme.px(17))
            draw_line(painter, line, hit.passage.heading, side)
            below.setTop(line.bottom() + theme.px(2))
        text, marks = excerpt(hit)
        painter.setPen(QColor(theme.text))
        painter.setClipRect(below)
        draw_marked(painter, below, text, marks, QColor(theme.mark), QColor(theme.text), side)
        painter.restore()

    def _draw_page(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit, place: QRect) -> int:
        """Draw which page it is at the end of the line; return how wide that is."""
        words = where(hit)
        set_font(painter, option.font, pixels=self.theme.px(SMALL))
        painter.setPen(QColor(self.theme.muted))
        width = min(painter.fontMetrics().horizontalAdvance(words) + 2, place.width() // 2)
        spot = QRect(place.right() - width + 1, place.top(), width, place.height())
        draw_line(painter, QStyle.visualRect(option.direction, option.rect, spot), words, option.direction)
        return width + PADDING


class HitList(ChoiceList):
    """The passages; a double click or Enter opens the page."""

    opened = Signal(object)
    left_up = Signal()

    def __init__(self, model: HitModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, HitDelegate(theme), translate("library", "Found passages"), parent)
        self.clicked.disconnect(self.taken)  # a click chooses, as in the list of documents
        self.doubleClicked.connect(self.taken)
        self.taken.connect(lambda index: self.opened.emit(index.data(HIT)))

    def open_first(self) -> None:
        """Open the best passage."""
        if self.model().rowCount():
            self.opened.emit(self.model().index(0, 0).data(HIT))

    def begin(self) -> None:
        """Take the keyboard, on the first row."""
        if self.model().rowCount():
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self.model().index(0, 0))
            self.setFocus()


def where(hit: Hit) -> str:
    """Return which page it is; a mail of one part has none worth naming."""
    source = hit.source
    if source.unit is PageUnit.MESSAGE and source.pages <= 1 and not hit.label:
        return ""
    return wording.named_place(source.unit, hit.passage.page, hit.label)


def title(hit: Hit) -> str:
    """Return where a passage stands."""
    return ", ".join(one for one in (hit.source.name, where(hit)) if one)


def spoken(hit: Hit) -> str:
    """Return what a screen reader says of a passage."""
    return ". ".join(one for one in (title(hit), hit.passage.heading, excerpt(hit)[0]) if one)


def excerpt(hit: Hit) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the passage from shortly before the first found word, and where the found words are in that."""
    text, marks = hit.passage.text, hit.marks
    if not marks or marks[0][0] <= LEAD:
        return text, marks
    start = marks[0][0] - LEAD
    start = max(text.rfind(" ", 0, start) + 1, start - LEAD)
    cut = "… " + text[start:]
    moved = start - 2
    return cut, tuple((first - moved, last - moved) for first, last in marks)
