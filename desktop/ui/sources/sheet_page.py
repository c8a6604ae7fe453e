"""A page that is one table, such as a sheet: shown as a table, the rows of the passage marked and in sight."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from desktop.core.documents import Page, Table
from desktop.ui.sources.reading_text import BETWEEN, Line, lines
from desktop.ui.sources.table_view import ResultTable
from desktop.ui.theme import Theme

SHARE = 0.9
"""So much of the text of a page is the table when the page is shown as one."""


def only_table(page: Page) -> Table | None:
    """Return the table that a page is; None where it is more than that."""
    whole = len(page.text.strip())
    if len(page.tables) != 1 or not whole:
        return None
    table = page.tables[0]
    return table if table.end - table.start >= SHARE * whole else None


class SheetPage(QWidget):
    """Holds the table of the page that is shown; only rows in sight cost anything."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.table: ResultTable | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def apply_theme(self, theme: Theme) -> None:
        """Mark in these colours from now on."""
        self._theme = theme

    def show_page(self, page: Page, table: Table, start: int, end: int) -> None:
        """Show a table with the rows marked that a passage touches; none where start and end are the same."""
        rows = [line for line in lines(page, table.start, table.end) if line.text.strip()]
        cells = [line.text.split(BETWEEN) for line in rows]
        columns = list(table.columns) or ["" for _ in range(max(map(len, cells), default=1))]
        if cells and _is_header(cells[0], columns):
            rows, cells = rows[1:], cells[1:]
        width = max((len(columns), *map(len, cells)))
        columns += ["" for _ in range(width - len(columns))]
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self.table = ResultTable(columns, cells, self, sorts=False)
        self._column.addWidget(self.table)
        self.table.show()
        self._column.activate()  # it must be as high as it will be, to be scrolled
        marked = _touched(rows, start, end)
        self.table.result.mark(marked, QColor(self._theme.mark))
        if marked:
            index = self.table.result.index(marked.start, 0)
            self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)


def _is_header(cells: list[str], columns: list[str]) -> bool:
    return [one.strip() for one in cells] == [one.strip() for one in columns[: len(cells)]]


def _touched(rows: list[Line], start: int, end: int) -> range:
    touched = [at for at, row in enumerate(rows) if row.start < end and row.end > start]
    return range(touched[0], touched[-1] + 1) if touched else range(0)
