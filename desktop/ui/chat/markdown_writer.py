"""Writes Markdown into one text document as it arrives, at a cost that depends on the unfinished tail alone.

Finished blocks are written once; only the tail behind them is replaced. Lines of an open fence are appended, so a
code block of 500 lines costs no more a flush than one of 5. Qt's own Markdown reader does the blocks; raw HTML is
off and pictures are never loaded (the view answers no resource).
"""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from desktop.ui.chat.markdown_splitter import Block, CodeLines, FenceClosed, FenceOpened, Piece, Splitter
from desktop.ui.i18n import is_right_to_left, translate
from desktop.ui.theme import Theme

FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
MONO = ["JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "DejaVu Sans Mono", "monospace"]
LINE_HEIGHT = 140.0
GAP = 10.0
HEADINGS = {1: 22, 2: 19, 3: 16}
_IMAGE = re.compile(r"(?<![\\`])!\[")
"""A picture becomes a link with its words: what a model names is never loaded."""

_RULE = re.compile(r" {0,3}([-*_])([ \t]*\1){2,}[ \t]*\n?$")
_HASHES = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)", re.MULTILINE)
_UNDERLINE = re.compile(r"[^\n>|#-][^\n]*\n {0,3}([=-])\1*[ \t]*(?:\n|$)")

PLAIN, QUOTED, RULE = -1, 1, 2
"""User states of blocks: the view draws a line beside a quote, and the line that is a rule."""

PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


class MarkdownWriter:
    """Owns the content of one document."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        self._document = document
        self._theme = theme
        self._splitter = Splitter()
        self._frame: QTextFrame | None = None
        self._end = 0
        self._started = False
        self.codes: list[str] = []
        """The code of each fence, in order; the link `copy:N` names one."""
        document.setDocumentMargin(0)
        document.setIndentWidth(26)
        document.setUndoRedoEnabled(False)

    def append(self, text: str, *, last: bool = False) -> None:
        """Add text; with `last` the document is finished."""
        pieces = self._splitter.feed(text, last=last)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self._drop_tail(cursor)
        for piece in pieces:
            self._write(piece, cursor)
            self._end = cursor.position()
        if tail := self._splitter.pending:
            if self._splitter.in_code:
                cursor.insertText(tail, self._code_format())
            elif tail.strip():
                self._block(tail, cursor)
        cursor.endEditBlock()
        self._style_tables()

    def _drop_tail(self, cursor: QTextCursor) -> None:
        cursor.setPosition(self._end)
        state = cursor.block().userState()
        if self._frame is not None:
            cursor.setPosition(self._frame.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.block().setUserState(state)  # a quote that is taken back would leave its own
        if self._end == 0:
            self._started = False

    def _write(self, piece: Piece, cursor: QTextCursor) -> None:
        match piece:
            case Block(text):
                self._block(text, cursor)
            case FenceOpened(language):
                self._open_frame(language, cursor)
            case CodeLines(text):
                self._lines(text, cursor)
            case FenceClosed() if self._frame is not None:
                cursor.setPosition(self._frame.lastPosition())
                cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
                self._after_frame(cursor)
                self._frame = None

    def _block(self, text: str, cursor: QTextCursor) -> None:
        """Write a block. Qt merges its first paragraph into the open one, whose kind must be told by the text."""
        self._new_block(cursor)
        first = cursor.block().blockNumber()
        if _RULE.match(text):
            self._rule(cursor)
            return
        cursor.insertMarkdown(_IMAGE.sub("[", text), FEATURES)
        block = self._document.findBlockByNumber(first)
        level, quoted = _level(text), text.lstrip().startswith(">")
        while block.isValid():
            self._style(block, level if block.blockNumber() == first else 0, quoted=quoted)
            block = block.next()

    def _rule(self, cursor: QTextCursor) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(6)
        form.setBottomMargin(GAP + 6)
        cursor.setBlockFormat(form)
        tiny = QTextCharFormat()
        tiny.setProperty(QTextCharFormat.Property.FontPixelSize.value, 1)
        cursor.insertText(" ", tiny)
        cursor.block().setUserState(RULE)

    def _new_block(self, cursor: QTextCursor) -> None:
        """Start a block of its own; the first one uses the empty block that every document has."""
        if self._started and (cursor.block().length() > 1 or cursor.currentTable() is not None):
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        else:
            cursor.setBlockFormat(QTextBlockFormat())
            cursor.setBlockCharFormat(QTextCharFormat())
            cursor.setCharFormat(QTextCharFormat())
        self._started = True

    def _style(self, block: QTextBlock, level: int, *, quoted: bool) -> None:
        form = block.blockFormat()
        level = form.headingLevel() or level
        quoted = quoted or form.property(QTextBlockFormat.Property.BlockQuoteLevel.value) is not None
        in_list = block.textList() is not None
        form.setLineHeight(LINE_HEIGHT, PROPORTIONAL)
        form.setTopMargin(6.0 if level and block.blockNumber() else 0.0)
        form.setBottomMargin(4.0 if in_list and block.next().textList() is not None else GAP)
        block.setUserState(QUOTED if quoted else PLAIN)
        if quoted:
            right = is_right_to_left(block.text())
            form.setRightMargin(16 if right else 0)
            form.setLeftMargin(0 if right else 16)
            muted = QTextCharFormat()
            muted.setForeground(QBrush(QColor(self._theme.muted)))
            _select(block).mergeCharFormat(muted)
        if block.length() <= 1 and (block.next().isValid() or in_list is False):
            form.setLineHeight(1.0, FIXED)
            form.setBottomMargin(0)
            form.setTopMargin(0)
        if level:
            self._heading(block, level)
        QTextCursor(block).setBlockFormat(form)

    def _heading(self, block: QTextBlock, level: int) -> None:
        pieces = block.begin()
        spans = []
        while not pieces.atEnd():
            fragment = pieces.fragment()
            spans.append((fragment.position(), fragment.length(), fragment.charFormat()))
            pieces += 1
        for position, length, form in spans:
            form.clearProperty(QTextCharFormat.Property.FontSizeAdjustment.value)
            form.setProperty(QTextCharFormat.Property.FontPixelSize.value, HEADINGS.get(level, 14))
            form.setFontWeight(QFont.Weight.Bold)
            cursor = QTextCursor(self._document)
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(form)

    def _open_frame(self, language: str, cursor: QTextCursor) -> None:
        if self._started and cursor.block().length() > 1:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        if not self._started or cursor.block().length() <= 1:
            self._thin(cursor)
        self._started = True
        form = QTextFrameFormat()
        form.setBackground(QColor(self._theme.code))
        form.setBorder(1)
        form.setBorderBrush(QBrush(QColor(self._theme.line)))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setPadding(12)
        form.setTopMargin(2)
        form.setBottomMargin(8)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        self._frame = cursor.insertFrame(form)
        cursor.block().setUserState(PLAIN)
        self.codes.append("")
        block = QTextBlockFormat()
        block.setBottomMargin(6)
        cursor.setBlockFormat(block)
        small = QTextCharFormat()
        small.setForeground(QBrush(QColor(self._theme.muted)))
        small.setProperty(QTextCharFormat.Property.FontPixelSize.value, 12)
        cursor.insertText(f"{language or translate('chat', 'text')}   ", small)
        small.setForeground(QBrush(QColor(self._theme.accent)))
        small.setAnchor(True)
        small.setAnchorHref(f"copy:{len(self.codes) - 1}")
        cursor.insertText(translate("chat", "Copy"), small)
        lines = QTextBlockFormat()
        lines.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        lines.setLineHeight(130.0, PROPORTIONAL)
        cursor.insertBlock(lines, self._code_format())

    def _lines(self, text: str, cursor: QTextCursor) -> None:
        """Append whole lines; the line end before them is written only when more follows, so none is left over."""
        before = self.codes[-1]
        self.codes[-1] = before + text
        shown = text.removesuffix("\n")
        cursor.insertText(("\n" if before else "") + shown, self._code_format())

    def _after_frame(self, cursor: QTextCursor) -> None:
        self._thin(cursor)

    def _thin(self, cursor: QTextCursor) -> None:
        form = QTextBlockFormat()
        form.setLineHeight(1.0, FIXED)
        cursor.setBlockFormat(form)
        cursor.block().setUserState(PLAIN)

    def _code_format(self) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFontFamilies(MONO)
        form.setProperty(QTextCharFormat.Property.FontPixelSize.value, 13)
        form.setForeground(QBrush(QColor(self._theme.text)))
        return form

    def _style_tables(self) -> None:
        """Give new tables their lines; inside the edit block a table is not yet a frame."""
        for frame in self._document.rootFrame().childFrames():
            if isinstance(frame, QTextTable) and frame.format().cellPadding() != 6:
                form = frame.format()
                form.setBorder(1)
                form.setBorderCollapse(True)
                form.setBorderBrush(QBrush(QColor(self._theme.line)))
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setCellPadding(6)
                form.setCellSpacing(0)
                form.setTopMargin(2)
                form.setBottomMargin(GAP)
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)
                _tighten(frame)


def _level(text: str) -> int:
    """Return which heading a block begins with, 0 for none."""
    if found := _HASHES.match(text):
        return len(found.group(1))
    if found := _UNDERLINE.match(text):
        return 1 if found.group(1) == "=" else 2
    return 0


def _tighten(table: QTextTable) -> None:
    """Leave the space around the words of a cell to its padding."""
    for row in range(table.rows()):
        for column in range(table.columns()):
            cursor = table.cellAt(row, column).firstCursorPosition()
            form = cursor.blockFormat()
            form.setBottomMargin(0)
            form.setLineHeight(115.0, PROPORTIONAL)
            cursor.setBlockFormat(form)


def _select(block: QTextBlock) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor
