"""Writes Markdown into one text document as it arrives, at a cost that depends on the unfinished tail alone.

Finished blocks are written once; only the tail behind them is replaced. Lines of an open fence are appended, so a
code block of 500 lines costs no more a flush than one of 5. Qt's own Markdown reader does the blocks; raw HTML is
off and pictures are never loaded (they become links, and the view answers no resource).
"""

import re
from collections.abc import Mapping

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFrame

from desktop.core.grounding import FoundPassage
from desktop.ui.chat.citation_links import link_citations
from desktop.ui.chat.code_highlighter import Code
from desktop.ui.chat.formula_finder import Prepared, prepare
from desktop.ui.chat.formula_placer import FormulaPlacer
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.markdown_splitter import Block, CodeLines, FenceClosed, FenceOpened, Piece, Splitter
from desktop.ui.chat.markdown_styles import (
    FEATURES,
    PLAIN,
    code_format,
    code_lines,
    drop_pictures,
    frame_format,
    link_moments,
    small_format,
    style_block,
    style_tables,
    thin,
    write_rule,
)
from desktop.ui.chat.table_direction import mirrored
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme

_RULE = re.compile(r" {0,3}([-*_])([ \t]*\1){2,}[ \t]*\n?$")
_HASHES = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)", re.MULTILINE)
_UNDERLINE = re.compile(r"[^\n>|#-][^\n]*\n {0,3}([=-])\1*[ \t]*(?:\n|$)")


class MarkdownWriter:
    """Owns the content of one document.

    Args:
        document: is written from its beginning.
        theme: the colours.
        helpers: colour the code and draw the formulas; without them code has one colour and formulas stay LaTeX.
        reach: moments up to so many seconds become links, as [01:23] does; 0: none.
    """

    def __init__(
        self, document: QTextDocument, theme: Theme, helpers: Helpers | None = None, reach: float = 0.0
    ) -> None:
        self._document = document
        self._reach = reach
        self._theme = theme
        self._splitter = Splitter()
        self._highlighter = helpers.highlighter if helpers is not None else None
        self._placer = FormulaPlacer(document, theme, helpers.formulas if helpers is not None else None)
        self._frame: QTextFrame | None = None
        self._code: Code | None = None
        self._end = QTextCursor(document)
        self._end.setKeepPositionOnInsert(True)
        self._started = False
        self.codes: list[str] = []
        """The code of each fence, in order; the link `copy:N` names one."""
        self.sources: Mapping[int, FoundPassage] = {}
        """What the text may cite, by number: [1] becomes a link then."""
        document.setDocumentMargin(0)
        document.setIndentWidth(theme.px(26))
        document.setUndoRedoEnabled(False)
        if self._highlighter is not None:
            self._highlighter.begin(document)

    def append(self, text: str, *, last: bool = False) -> None:
        """Add text; with `last` the document is finished."""
        pieces = self._splitter.feed(text, last=last)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self._drop_tail(cursor)
        for piece in pieces:
            self._write(piece, cursor)
            self._end.setPosition(cursor.position())
        if tail := self._splitter.pending:
            if self._splitter.in_code:
                cursor.insertText(tail, code_format(self._theme))
            elif tail.strip():
                self._block(prepare(tail, unfinished=True), cursor)
        cursor.endEditBlock()
        style_tables(self._document.rootFrame(), self._theme)

    def fill_formulas(self) -> bool:
        """Show the formulas that have been drawn since; True when the text may have another height now."""
        return self._placer.fill_ready()

    def _drop_tail(self, cursor: QTextCursor) -> None:
        cursor.setPosition(self._end.position())
        self._placer.forget_from(self._end.position())
        state = cursor.block().userState()
        if self._frame is not None:
            cursor.setPosition(self._frame.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.block().setUserState(state)  # a quote that is taken back would leave its own
        if self._end.position() == 0:
            self._started = False

    def _write(self, piece: Piece, cursor: QTextCursor) -> None:
        match piece:
            case Block(text):
                self._block(prepare(text), cursor)
            case FenceOpened(language):
                self._open_frame(language, cursor)
            case CodeLines(text):
                self._lines(text, cursor)
            case FenceClosed() if self._frame is not None:
                cursor.setPosition(self._frame.lastPosition())
                cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
                thin(cursor)
                self._frame = None
                if self._highlighter is not None and self._code is not None:
                    self._highlighter.close(self._code)

    def _block(self, prepared: Prepared, cursor: QTextCursor) -> None:
        """Write a block. Qt merges its first paragraph into the open one, whose kind must be told by the text."""
        self._new_block(cursor)
        text = mirrored(prepared.markdown)
        if _RULE.match(text):
            write_rule(cursor)
            return
        first = cursor.block().blockNumber()
        cursor.insertMarkdown(text, FEATURES)
        block = self._document.findBlockByNumber(first)
        if "![" in text:
            drop_pictures(block)
        level, quoted = _level(text), text.lstrip().startswith(">")
        while block.isValid():
            style_block(block, self._theme, level if block.blockNumber() == first else 0, quoted=quoted)
            if self._reach:
                link_moments(block, self._theme, self._reach)
            if self.sources:
                link_citations(block, self._theme, self.sources)
            if prepared.formulas:
                self._placer.fill(block, prepared.formulas)
            block = block.next()

    def _new_block(self, cursor: QTextCursor) -> None:
        """Start a block of its own; the first one uses the empty block that every document has."""
        if self._started and (cursor.block().length() > 1 or cursor.currentTable() is not None):
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        else:
            cursor.setBlockFormat(QTextBlockFormat())
            cursor.setBlockCharFormat(QTextCharFormat())
            cursor.setCharFormat(QTextCharFormat())
        self._started = True

    def _open_frame(self, language: str, cursor: QTextCursor) -> None:
        if self._started and cursor.block().length() > 1:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        if not self._started or cursor.block().length() <= 1:
            thin(cursor)
        self._started = True
        self._frame = cursor.insertFrame(frame_format(self._theme))
        cursor.block().setUserState(PLAIN)
        self.codes.append("")
        block = QTextBlockFormat()
        block.setBottomMargin(6)
        cursor.setBlockFormat(block)
        cursor.insertText(f"{language or translate('chat', 'text')}   ", small_format(self._theme, self._theme.muted))
        link = small_format(self._theme, self._theme.accent)
        link.setAnchor(True)
        link.setAnchorHref(f"copy:{len(self.codes) - 1}")
        cursor.insertText(translate("chat", "Copy"), link)
        cursor.insertBlock(code_lines(), code_format(self._theme))
        if self._highlighter is not None:
            self._code = self._highlighter.open(self._document, language, QTextCursor(cursor))

    def _lines(self, text: str, cursor: QTextCursor) -> None:
        """Append whole lines; the line end before them is written only when more follows, so none is left over."""
        before = self.codes[-1]
        self.codes[-1] = before + text
        shown = text.removesuffix("\n")
        cursor.insertText(("\n" if before else "") + shown, code_format(self._theme))
        if self._highlighter is not None and self._code is not None:
            self._highlighter.append(self._code, text)


def _level(text: str) -> int:
    """Return which heading a block begins with, 0 for none."""
    if found := _HASHES.match(text):
        return len(found.group(1))
    if found := _UNDERLINE.match(text):
        return 1 if found.group(1) == "=" else 2
    return 0
