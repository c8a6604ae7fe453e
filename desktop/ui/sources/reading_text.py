"""The text of a page as it was read: headings larger, tables as tables, the passage marked and in sight.

Foreign text goes in as plain words; nothing of it is read as markup, and nothing is loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.core.documents import Page
from desktop.ui.comfort import px
from desktop.ui.i18n import is_right_to_left, translate
from desktop.ui.theme import Theme

LONGEST, AROUND = 24_000, 8_000
"""A longer text is shown around its passage only: so many letters before and behind it."""
WITH_TABLES = 4
"""Text with tables takes longer to lay out: so many times less of it is shown."""
SIZES = {1: 20, 2: 18, 3: 16}
PIXELS = QTextFormat.Property.FontPixelSize.value
BETWEEN = " | "
"""Stands between the cells of a row in the text of a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it begins, its words, the level of the heading it is, whether it is a row."""

    start: int
    text: str
    level: int = 0
    in_table: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class ReadingText(QTextBrowser):
    """Shows one page as text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._first: int | None = None
        self._shown: QTextDocument | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(px(10))

    def apply_theme(self, theme: Theme) -> None:
        """Write in these colours from now on."""
        self._theme = theme

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Answer nothing."""
        return None

    def show_page(self, page: Page, start: int, end: int) -> None:
        """Show a page with a passage marked; none where start and end are the same."""
        self._first = None
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(px(10))
        document.setDefaultFont(self.font())
        cursor = QTextCursor(document)
        low, high = _window(page.text, start, end, WITH_TABLES if page.tables else 1)
        if low:
            self._note(cursor, translate("sources", "What stands before is left out here."))
        rows: list[Line] = []
        for line in lines(page, low, high):
            if line.in_table:
                rows.append(line)
                continue
            self._table(cursor, rows, start, end)
            rows = []
            self._write(cursor, line, start, end)
        self._table(cursor, rows, start, end)
        if high < len(page.text):
            self._note(cursor, translate("sources", "What stands behind is left out here."))
        self.setDocument(document)
        if self._shown is not None:
            self._shown.deleteLater()
        self._shown = document
        self._go_to_passage()

    def _go_to_passage(self) -> None:
        cursor = QTextCursor(self.document())
        if self._first is not None:
            cursor.setPosition(self._first)
        self.setTextCursor(cursor)
        above = self.cursorRect(cursor).top() - self.viewport().height() // 4
        self.verticalScrollBar().setValue(max(0, self.verticalScrollBar().value() + above))

    def _write(self, cursor: QTextCursor, line: Line, start: int, end: int) -> None:
        self._begin(cursor, line)
        form = QTextCharFormat()
        if line.level:
            form.setProperty(PIXELS, px(SIZES.get(line.level, 15)))
            form.setFontWeight(QFont.Weight.DemiBold)
        self._letters(cursor, line, form, start, end)

    def _letters(self, cursor: QTextCursor, line: Line, form: QTextCharFormat, start: int, end: int) -> None:
        first, last = max(start, line.start) - line.start, min(end, line.end) - line.start
        if first >= last:
            cursor.insertText(line.text, form)
            return
        marked = QTextCharFormat(form)
        marked.setBackground(QBrush(QColor(self._theme.mark)))
        cursor.insertText(line.text[:first], form)
        if self._first is None:
            self._first = cursor.position()
        cursor.insertText(line.text[first:last], marked)
        cursor.insertText(line.text[last:], form)

    def _begin(self, cursor: QTextCursor, line: Line) -> None:
        form = QTextBlockFormat()
        form.setLineHeight(135.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(px(8) if line.level else 0)
        form.setBottomMargin(px(4))
        right = is_right_to_left(line.text)
        form.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        if cursor.position() or cursor.currentTable() is not None:
            cursor.insertBlock(form, QTextCharFormat())
        else:
            cursor.setBlockFormat(form)

    def _table(self, cursor: QTextCursor, rows: list[Line], start: int, end: int) -> None:
        """Write rows as a table; the cells of those that the passage touches are marked."""
        if not rows:
            return
        cells = [row.text.split(BETWEEN) for row in rows]
        columns = max(len(row) for row in cells)
        form = QTextTableFormat()
        form.setBorderCollapse(True)
        form.setCellPadding(px(4))
        form.setCellSpacing(0)
        form.setBorder(1)
        form.setBorderBrush(QBrush(QColor(self._theme.line)))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setWidth(QTextLength(QTextLength.Type.VariableLength, 0))
        table = cursor.insertTable(len(rows), columns, form)
        for at, (row, parts) in enumerate(zip(rows, cells, strict=True)):
            touched = row.start < end and row.end > start
            for column, words in enumerate(parts):
                cell = table.cellAt(at, column)
                inside = cell.firstCursorPosition()
                if touched:
                    look = cell.format().toTableCellFormat()
                    look.setBackground(QBrush(QColor(self._theme.mark)))
                    cell.setFormat(look)
                    self._first = inside.position() if self._first is None else self._first
                inside.insertText(words)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _note(self, cursor: QTextCursor, words: str) -> None:
        self._begin(cursor, Line(0, words))
        form = QTextCharFormat()
        form.setForeground(QBrush(QColor(self._theme.muted)))
        cursor.insertText(words, form)


def lines(page: Page, low: int, high: int) -> Iterator[Line]:
    """Yield the lines of a part of a page."""
    levels = {one.start: one.level for one in page.headings}
    tables = [(one.start, one.end) for one in page.tables]
    at = low
    for text in page.text[low:high].split("\n"):
        in_table = bool(text.strip()) and any(start <= at < end for start, end in tables)
        level = next((levels[one] for one in range(at, at + len(text) + 1) if one in levels), 0) if levels else 0
        yield Line(at, text, level, in_table)
        at += len(text) + 1


def _window(text: str, start: int, end: int, less: int) -> tuple[int, int]:
    """Return which part of a text is shown: whole lines."""
    if len(text) <= LONGEST // less:
        return 0, len(text)
    low = text.rfind("\n", 0, max(0, start - AROUND // less)) + 1
    high = text.find("\n", min(len(text), end + AROUND // less))
    return low, len(text) if high < 0 else high
