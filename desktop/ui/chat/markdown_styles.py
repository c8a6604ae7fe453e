"""How blocks of an answer look: headings, quotes, rules, code frames, tables."""

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
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from desktop.ui.chat.moments import address_of, moments
from desktop.ui.i18n import is_right_to_left
from desktop.ui.theme import Theme

FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
MONO = ["JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "DejaVu Sans Mono", "monospace"]
LINE_HEIGHT = 140.0
GAP = 10.0
HEADINGS = {1: 22, 2: 19, 3: 16}
CELL = 6.0

PLAIN, QUOTED, RULE = -1, 1, 2
"""User states of blocks: the view draws a line beside a quote, and the line that is a rule."""

PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
PIXELS = QTextFormat.Property.FontPixelSize.value
SPOKEN = QTextFormat.Property.UserProperty.value + 10
"""What a screen reader says of a link, instead of its words."""


def units(text: str) -> int:
    """Return how many places letters take in a document: those beyond the first plane take two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def drop_pictures(block: QTextBlock) -> None:
    """Put its words in the place of every picture from here on: what a model names is never loaded."""
    while block.isValid():
        at = block.text().find("\N{OBJECT REPLACEMENT CHARACTER}")
        if at < 0:
            block = block.next()
            continue
        cursor = QTextCursor(block)
        place = block.position() + units(block.text()[:at])
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        picture = cursor.charFormat().toImageFormat()
        cursor.insertText(picture.name() or "\N{REPLACEMENT CHARACTER}", QTextCharFormat())


def is_code(block: QTextBlock) -> bool:
    """Whether Qt has read a block as code."""
    form = block.blockFormat()
    return form.nonBreakableLines() or form.hasProperty(QTextFormat.Property.BlockCodeLanguage.value)


def link_moments(block: QTextBlock, theme: Theme, last: float) -> None:
    """Make links of the moments of a block, up to the last one there is; code and other links stay as they are."""
    if "[" not in block.text():
        return
    found = []
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        form, text = fragment.charFormat(), fragment.text()
        if not (form.isAnchor() or form.fontFamilies()):  # only code has a font of its own
            for start, end, seconds in moments(text):
                if seconds <= last:
                    place = fragment.position() + units(text[:start])
                    found.append((place, place + end - start, seconds))
        pieces += 1
    for start, end, seconds in found:
        link = QTextCharFormat()
        link.setAnchor(True)
        link.setAnchorHref(address_of(seconds))
        link.setForeground(QBrush(QColor(theme.accent)))
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(link)


def code_format(theme: Theme) -> QTextCharFormat:
    """Return the look of code."""
    form = QTextCharFormat()
    form.setFontFamilies(MONO)
    form.setProperty(PIXELS, theme.px(13))
    form.setForeground(QBrush(QColor(theme.text)))
    return form


def small_format(theme: Theme, color: str) -> QTextCharFormat:
    """Return the look of the words above code."""
    form = QTextCharFormat()
    form.setForeground(QBrush(QColor(color)))
    form.setProperty(PIXELS, theme.px(12))
    return form


def frame_format(theme: Theme) -> QTextFrameFormat:
    """Return the look of the frame around code."""
    form = QTextFrameFormat()
    form.setBackground(QColor(theme.code))
    form.setPadding(12)
    form.setTopMargin(2)
    form.setBottomMargin(8)
    _outline(form, theme)
    return form


def code_lines() -> QTextBlockFormat:
    """Return how lines of code are set."""
    form = QTextBlockFormat()
    form.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    form.setLineHeight(130.0, PROPORTIONAL)
    return form


def thin(cursor: QTextCursor) -> None:
    """Make the empty block, which Qt wants around frames, all but vanish."""
    form = QTextBlockFormat()
    form.setLineHeight(1.0, FIXED)
    cursor.setBlockFormat(form)
    cursor.block().setUserState(PLAIN)


def write_rule(cursor: QTextCursor) -> None:
    """Write the block over which the view draws a line."""
    form = QTextBlockFormat()
    form.setTopMargin(6)
    form.setBottomMargin(GAP + 6)
    cursor.setBlockFormat(form)
    tiny = QTextCharFormat()
    tiny.setProperty(PIXELS, 1)
    cursor.insertText(" ", tiny)
    cursor.block().setUserState(RULE)


def style_block(block: QTextBlock, theme: Theme, level: int, *, quoted: bool) -> None:
    """Give a block that Qt has read from Markdown its look; `level` is its heading, if Qt has lost that."""
    form = block.blockFormat()
    level = form.headingLevel() or level
    quoted = quoted or form.property(QTextFormat.Property.BlockQuoteLevel.value) is not None
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
        muted.setForeground(QBrush(QColor(theme.muted)))
        _select(block).mergeCharFormat(muted)
    if block.length() <= 1 and (block.next().isValid() or in_list is False):
        form.setLineHeight(1.0, FIXED)
        form.setBottomMargin(0)
        form.setTopMargin(0)
    if level:
        _heading(block, theme.px(HEADINGS.get(level, 14)))
    QTextCursor(block).setBlockFormat(form)


def _heading(block: QTextBlock, pixels: int) -> None:
    pieces = block.begin()
    spans = []
    while not pieces.atEnd():
        fragment = pieces.fragment()
        spans.append((fragment.position(), fragment.length(), fragment.charFormat()))
        pieces += 1
    for position, length, form in spans:
        form.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        form.setProperty(PIXELS, pixels)
        form.setFontWeight(QFont.Weight.Bold)
        cursor = QTextCursor(block)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)


def style_tables(root: QTextFrame, theme: Theme) -> None:
    """Give new tables their lines."""
    for frame in root.childFrames():
        if isinstance(frame, QTextTable) and frame.format().cellPadding() != CELL:
            form = frame.format()
            form.setBorderCollapse(True)
            form.setCellPadding(CELL)
            form.setCellSpacing(0)
            form.setTopMargin(2)
            form.setBottomMargin(GAP)
            _outline(form, theme)
            frame.setFormat(form)
            _tighten(frame)


def _outline(form: QTextFrameFormat, theme: Theme) -> None:
    form.setBorder(1)
    form.setBorderBrush(QBrush(QColor(theme.line)))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))


def _tighten(table: QTextTable) -> None:
    """Leave the space around the words of a cell to its padding; numbers too stand at the side where words begin."""
    heads = (table.cellAt(0, column).firstCursorPosition().block().text() for column in range(table.columns()))
    right = is_right_to_left("".join(heads))
    for row in range(table.rows()):
        for column in range(table.columns()):
            cursor = table.cellAt(row, column).firstCursorPosition()
            form = cursor.blockFormat()
            form.setBottomMargin(0)
            form.setLineHeight(115.0, PROPORTIONAL)
            if right:
                form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            cursor.setBlockFormat(form)


def _select(block: QTextBlock) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor
