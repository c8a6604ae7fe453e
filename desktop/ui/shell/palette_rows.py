"""The rows of the command palette: a model for Qt, and how a row is drawn."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.comfort import px
from desktop.ui.shell.palette_stock import Entry, Heading, Row, spoken
from desktop.ui.shell.ranking import marks
from desktop.ui.theme import Theme, mix
from desktop.ui.widgets.drawing import direction_of, elided

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole + 1
QUERY = Qt.ItemDataRole.UserRole + 2
INSET = 12
GAP = 16
SMALL = 12 / 14
NOWHERE = QModelIndex()


class RowsModel(QAbstractListModel):
    """What was found, under its headings."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self._query = ""

    def show(self, rows: Sequence[Row], query: str) -> None:
        """Show these rows, which answer to this query."""
        self.beginResetModel()
        self.rows, self._query = rows, query
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One row a heading and an entry."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        return super().flags(index) if self.entry(index) else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words, the entry itself, or what a screen reader says."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        entry = row if isinstance(row, Entry) else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.words if isinstance(row, Heading) else row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.words if isinstance(row, Heading) else spoken(row)
            case _:
                return entry if role == ENTRY else self._query if role == QUERY else None

    def entry(self, index: Index) -> Entry | None:
        """Return the entry of a row, None for a heading and for no row."""
        found: Entry | None = index.data(ENTRY)
        return found

    def next(self, start: int, way: int) -> int:
        """Return the first row from `start` on that is an entry, around the end if need be; -1 when there is none."""
        count = len(self.rows)
        for step in range(count):
            row = (start + way * step) % count
            if isinstance(self.rows[row], Entry):
                return row
        return -1


class RowDelegate(QStyledItemDelegate):
    """A title with the found letters marked, and its hint at the other end."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the width is the list's."""
        return QSize(0, _height(option.font, index.data(ENTRY) is None))

    def height_of(self, rows: Sequence[Row], font: QFont) -> int:
        """Return how high all the rows are."""
        headings = sum(isinstance(one, Heading) for one in rows)
        return headings * _height(font, True) + (len(rows) - headings) * _height(font, False)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        row: QRect = option.rect
        entry: Entry | None = index.data(ENTRY)
        if entry is None:
            self._draw_heading(painter, option, row.adjusted(px(INSET), px(8), -px(INSET), 0), str(index.data()))
        else:
            self._draw_ground(painter, option, row)
            self._draw_entry(painter, option, row.adjusted(px(INSET), 0, -px(INSET), 0), entry, index.data(QUERY))
        painter.restore()

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, words: str) -> None:
        painter.setFont(_small(option.font, QFont.Weight.DemiBold))
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(place, _start(option.direction) | Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: QRect) -> None:
        theme = self.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or over:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.card if chosen else mix(theme.bg, theme.card, 0.5)))
            painter.drawRoundedRect(row, px(8), px(8))

    def _draw_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, entry: Entry, query: str
    ) -> None:
        small = _small(option.font, QFont.Weight.Normal)
        width = min(QFontMetrics(small).horizontalAdvance(entry.hint) + 1, place.width() // 2) if entry.hint else 0
        hint = QRect(place.right() + 1 - width, place.top(), width, place.height())
        title = place.adjusted(0, 0, -width - px(GAP) if width else 0, 0)
        painter.setFont(small)
        painter.setPen(QColor(self.theme.muted))
        shown = elided(painter, entry.hint, width)
        painter.drawText(QStyle.visualRect(option.direction, place, hint), Qt.AlignmentFlag.AlignCenter, shown)
        painter.setPen(QColor(self.theme.text))
        self._draw_title(painter, option, QStyle.visualRect(option.direction, place, title), entry.title, query)

    def _draw_title(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, title: str, query: str
    ) -> None:
        """Draw one line from the side where the rows begin, in the direction of its own script."""
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold if query else option.font)
        shown = metrics.elidedText(" ".join(title.split()), Qt.TextElideMode.ElideRight, place.width())
        layout = QTextLayout(shown, option.font)
        text = QTextOption(_start(option.direction))
        text.setTextDirection(direction_of(title))
        text.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(text)
        layout.setFormats([_range(shown, start, end, self.theme.accent) for start, end in marks(shown, query)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(place.width())
        layout.endLayout()
        layout.draw(painter, QPointF(place.left(), place.top() + (place.height() - line.height()) / 2))


def _start(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """Return the side where the rows begin, the same for every script."""
    side = Qt.AlignmentFlag.AlignRight if direction == Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def _height(font: QFont, heading: bool) -> int:
    if heading:
        return QFontMetrics(_small(font, QFont.Weight.DemiBold)).height() + px(20)
    return QFontMetrics(font).height() + px(18)


def _small(font: QFont, weight: QFont.Weight) -> QFont:
    made = QFont(font)
    made.setWeight(weight)
    if font.pixelSize() > 0:
        made.setPixelSize(max(1, round(font.pixelSize() * SMALL)))
    else:
        made.setPointSizeF(font.pointSizeF() * SMALL)
    return made


def _range(text: str, start: int, end: int, ink: str) -> QTextLayout.FormatRange:
    """Return the format of found letters; Qt counts UTF-16 units, Python characters."""
    style = QTextCharFormat()
    style.setFontWeight(QFont.Weight.DemiBold)
    style.setForeground(QColor(ink))
    made = QTextLayout.FormatRange()
    made.start, made.length = _units(text[:start]), _units(text[start:end])
    made.format = style
    return made


def _units(text: str) -> int:
    return len(text) + sum(one > "\uffff" for one in text)
