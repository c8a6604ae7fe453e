"""The result of a table question as a table: sorted by a click on a column, copied as cells."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from desktop.core.documents import Cell
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.sources.wording import one_line, shortened
from desktop.ui.widgets.drawing import SMALL

MOST_LINES = 9
LONGEST = 200
WIDEST = 320
LOOKED_AT = 20
"""The width of a column is that of so many of its rows at most."""

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


def shown(cell: Cell) -> str:
    """Return a cell as a person reads it."""
    match cell:
        case None:
            return ""
        case bool():
            return translate("sources", "yes") if cell else translate("sources", "no")
        case float():
            return f"{cell:,.10g}" if abs(cell) < 1e15 else f"{cell:.10g}"
        case int():
            return str(cell)
        case _:
            return shortened(cell, LONGEST)


def _order(cell: Cell) -> tuple[int, float, str]:
    """Return what cells are sorted by: empty ones last, numbers before words."""
    if cell is None:
        return 2, 0.0, ""
    if isinstance(cell, bool | int | float):
        return 0, float(cell), ""
    return 1, 0.0, cell.casefold()


class ResultModel(QAbstractTableModel):
    """The rows of a result."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        super().__init__()
        self._columns, self._rows = tuple(columns), list(rows)
        self._marked, self._color = range(0), QColor()

    def mark(self, rows: range, color: QColor) -> None:
        """Lay a colour under some rows; only where nothing is sorted."""
        self._marked, self._color = rows, color

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, and that numbers stand at the right."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = row[index.column()] if index.column() < len(row) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(cell)
        if role == Qt.ItemDataRole.BackgroundRole and index.row() in self._marked:
            return self._color
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(cell, int | float) and not isinstance(cell, bool):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return shortened(self._columns[section], LONGEST)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column, empty cells last; as they were computed where there is none."""
        if column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        full = [row for row in self._rows if column < len(row) and row[column] is not None]
        empty = [row for row in self._rows if not (column < len(row) and row[column] is not None)]
        full.sort(key=lambda row: _order(row[column]), reverse=order == Qt.SortOrder.DescendingOrder)
        self._rows = [*full, *empty]
        self.layoutChanged.emit()

    def as_text(self) -> str:
        """Return all rows with their header, cells apart by tabs."""
        rows = [[one_line(name) for name in self._columns], *([shown(cell) for cell in row] for row in self._rows)]
        return "\n".join("\t".join(row) for row in rows)


class _Header(QHeaderView):
    """Names of columns without the relief that a style draws around them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the name, the arrow of the order, and a line below."""
        palette, model = self.palette(), self.model()
        painter.save()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = painter.font()
        font.setPixelSize(px(SMALL))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            words += " ↑" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else " ↓"
        room = rect.adjusted(px(6), 0, -px(6), 0)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class ResultTable(QTableView):
    """Shows a result, as high as its rows up to a point."""

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Sequence[Cell]], parent: QWidget, *, sorts: bool = True
    ) -> None:
        super().__init__(parent)
        self.result = ResultModel(columns, rows)
        self.result.setParent(self)
        self.setHorizontalHeader(_Header(self))
        self.setModel(self.result)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.line)
        self.horizontalHeader().setFixedHeight(self.line)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(sorts)
        self.horizontalHeader().setResizeContentsPrecision(LOOKED_AT)
        self.horizontalHeader().setStretchLastSection(True)
        self.setCornerWidget(QWidget())
        self.resizeColumnsToContents()
        for column in range(self.result.columnCount()):
            self.setColumnWidth(column, min(px(WIDEST), self.columnWidth(column) + px(16)))
        self.setAccessibleName(translate("sources", "Table, {count} rows", count=len(rows)))

    @property
    def line(self) -> int:
        """Height of a row."""
        return self.fontMetrics().height() + px(10)

    @property
    def wanted_height(self) -> int:
        """As high as this it shows its rows, or the first of them."""
        bar = self.horizontalScrollBar().sizeHint().height()
        return self.line * (1 + min(MOST_LINES, self.result.rowCount())) + bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the cells that are selected, as a sheet takes them."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
            event.accept()
        else:
            super().keyPressEvent(event)

    def selected_text(self) -> str:
        """Return the cells that are selected, a line a row."""
        rows: dict[int, list[tuple[int, str]]] = {}
        for index in self.selectedIndexes():
            rows.setdefault(index.row(), []).append((index.column(), str(index.data())))
        return "\n".join("\t".join(words for _, words in sorted(rows[row])) for row in sorted(rows))
