"""Turns Markdown into what a word processor takes from the clipboard: HTML beside plain text.

The document made for it is plain Qt, without the colours of the app, and names nothing that would be fetched: pictures
are links. Formulas stay LaTeX. In the plain text the cells of a table are apart by tabs, which a sheet understands.
"""

import re
from collections.abc import Iterator

from PySide6.QtCore import QMimeData
from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextListFormat,
    QTextTable,
)

from desktop.ui.chat.formula_finder import CLOSE, OPEN, Formula, prepare
from desktop.ui.chat.markdown_splitter import Block, CodeLines, FenceClosed, FenceOpened, Splitter
from desktop.ui.chat.markdown_styles import FEATURES, drop_pictures, is_code

LINES = "#999999"
GROUND = "#f4f4f4"
FIXED_WIDTH = ["Consolas", "Menlo", "DejaVu Sans Mono", "monospace"]
TICKS = "`" * 12
"""Longer than any row of them that code is likely to hold."""
LINE_BREAK = "\u2028"
NUMBERED = (
    QTextListFormat.Style.ListDecimal,
    QTextListFormat.Style.ListLowerAlpha,
    QTextListFormat.Style.ListUpperAlpha,
    QTextListFormat.Style.ListLowerRoman,
    QTextListFormat.Style.ListUpperRoman,
)
_BODY = re.compile(r"<body style=\"[^\"]*\"")
_HEAD = re.compile(r"<!DOCTYPE[^>]*>\s*")
_RULER = QTextFormat.Property.BlockTrailingHorizontalRulerWidth.value
_LANGUAGE = QTextFormat.Property.BlockCodeLanguage.value
_QUOTE = QTextFormat.Property.BlockQuoteLevel.value


def rich_text(markdown: str) -> tuple[str, str]:
    """Return a text as HTML and as plain words."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    source, formulas = _prepared(markdown)
    document.setMarkdown(source, FEATURES)
    drop_pictures(document.begin())
    _restore(document, formulas)
    _dress(document)
    html = _HEAD.sub("", _BODY.sub("<body", document.toHtml()))
    return html, "".join(_plain(document.rootFrame())).strip("\n")


def rich_data(markdown: str) -> QMimeData:
    """Return a text for the clipboard, to be pasted with its looks or without."""
    html, plain = rich_text(markdown)
    data = QMimeData()
    data.setHtml(html)
    data.setText(plain)
    return data


def _prepared(markdown: str) -> tuple[str, list[Formula]]:
    """Return the Markdown with marks for formulas, its fences all closed."""
    formulas: list[Formula] = []
    made = []
    for piece in Splitter().feed(markdown, last=True):
        match piece:
            case Block(text):
                found = prepare(text, first=len(formulas))
                formulas += found.formulas
                made.append(f"\n{found.markdown}\n\n")
            case FenceOpened(language):
                made.append(f"\n{TICKS}{language}\n")
            case CodeLines(text):
                made.append(text)
            case FenceClosed():
                made.append(f"{TICKS}\n")
    return "".join(made), formulas


def _restore(document: QTextDocument, formulas: list[Formula]) -> None:
    """Put the LaTeX back."""
    for number, formula in enumerate(formulas):
        cursor = document.find(f"{OPEN}{number}{CLOSE}")
        if not cursor.isNull():
            cursor.insertText(" ".join(formula.raw.split("\n")), cursor.charFormat())


def _dress(document: QTextDocument) -> None:
    """Set paragraphs apart, put a ground under code and lines around cells; leave every colour to where it goes."""
    block = document.begin()
    while block.isValid():
        _dress_block(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format()
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderBrush(QBrush(QColor(LINES)))
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setCellPadding(4)
            frame.setFormat(form)


def _dress_block(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    form = block.blockFormat()
    in_code = is_code(block)
    form.setBottomMargin(0 if in_code or cursor.currentTable() is not None or block.textList() is not None else 8)
    if in_code:
        form.setBackground(QColor(GROUND))
    cursor.setBlockFormat(form)
    for start, length, letters in _fragments(block):
        letters.clearForeground()
        if letters.fontFamilies() or in_code:
            letters.setFontFamilies(FIXED_WIDTH)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    found = []
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        pieces += 1
    return found


def _plain(frame: QTextFrame) -> Iterator[str]:
    """Yield the words of a frame, each block with the space before it."""
    before = ""
    parts = frame.begin()
    while not parts.atEnd():
        table, block = parts.currentFrame(), parts.currentBlock()
        if isinstance(table, QTextTable):
            yield "\n\n" + "\n".join(_rows(table))
            before = ""
        elif block.isValid():
            kind, words = _kind(block, before), _words(block)
            if words or kind:
                yield ("\n" if kind and kind == before else "\n\n") + words
                before = kind
        parts += 1


def _kind(block: QTextBlock, before: str) -> str:
    """Tell what stands line by line, without space between: code of one language, and lists."""
    if is_code(block):
        return f"code {block.blockFormat().stringProperty(_LANGUAGE)}"
    in_list = block.textList() is not None
    if in_list and block.textList().format().indent() > 1 and before:
        return before
    return f"list {block.textList().objectIndex()}" if in_list else ""


def _rows(table: QTextTable) -> Iterator[str]:
    for row in range(table.rows()):
        cells = (table.cellAt(row, column) for column in range(table.columns()))
        yield "\t".join(cell.firstCursorPosition().block().text() for cell in cells)


def _words(block: QTextBlock) -> str:
    form = block.blockFormat()
    text = block.text().replace(LINE_BREAK, "\n")
    if form.hasProperty(_RULER):
        return "———"
    in_list = block.textList() is not None
    if in_list:
        points = block.textList()
        level = max(points.format().indent() - 1, 0)
        sign = points.itemText(block) if points.format().style() in NUMBERED else "•"
        return f"{'    ' * level}{sign} {text}"
    return f"> {text}" if form.intProperty(_QUOTE) else text
