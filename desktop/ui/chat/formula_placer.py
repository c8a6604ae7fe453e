"""Puts formulas into a document: as drawings where there are some already, as their source until then.

A drawing is one object in the text, on the baseline, in the colour of the text, sharp on every screen; a wide one is
scaled to the column. It carries its source, which is what gets copied.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontInfo,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from desktop.ui.chat.formula_drawing import FormulaDrawing
from desktop.ui.chat.formula_finder import MARK, Formula
from desktop.ui.chat.formulas import Formulas
from desktop.ui.chat.markdown_styles import code_format, units
from desktop.ui.theme import Theme

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
KIND = QTextFormat.ObjectTypes.UserObject.value + 1
SOURCE = QTextFormat.Property.UserProperty.value + 1
NUMBER = SOURCE + 1
LINE_BREAK = "\u2028"
LARGER = 1.16
"""The letters of the formula font are lower than those of the text."""
HANGING = 5.0
"""So far a formula may reach below the line: less than the line height leaves free."""
SPACING = 0.4
"""Between lines of a paragraph with formulas, in heights of a line: what 140 % are without them."""

MIDDLE = QTextCharFormat.VerticalAlignment.AlignMiddle
DISTANCE = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value


class FormulaObjects(QPyTextObject):
    """Measures and paints the drawings of one document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.drawings: list[FormulaDrawing] = []

    def add(self, drawing: FormulaDrawing) -> int:
        """Take a drawing; returns its number."""
        self.drawings.append(drawing)
        return len(self.drawings) - 1

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        """Tell Qt the room: above the baseline alone, or above and below for a formula that hangs far down."""
        drawing = self._drawing(form)
        scale = self._scale(drawing, document, position)
        ascent, descent = drawing.ascent * scale, drawing.descent * scale
        if form.toCharFormat().verticalAlignment() is MIDDLE:
            raised = _raised(form)
            descent = max(descent, ascent - raised)
            ascent = descent + raised
        else:
            descent = 0.0
        return QSizeF(drawing.width * scale, ascent + descent)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        """Fill the outlines."""
        drawing = self._drawing(form)
        rect = QRectF(rect)
        scale = self._scale(drawing, document, position)
        hangs = form.toCharFormat().verticalAlignment() is MIDDLE
        baseline = (rect.height() + _raised(form)) / 2 if hangs else rect.height()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft() + QPointF(-drawing.left * scale, baseline))
        painter.scale(scale, scale)
        text = form.foreground() if form.hasProperty(_FOREGROUND) else QBrush(painter.pen().color())
        for path, color in drawing.outlines:
            painter.fillPath(path, QBrush(QColor(color)) if QColor.isValidColorName(color) else text)
        painter.restore()

    def _drawing(self, form: QTextFormat) -> FormulaDrawing:
        return self.drawings[form.intProperty(NUMBER)]

    def _scale(self, drawing: FormulaDrawing, document: QTextDocument, position: int) -> float:
        block = document.findBlock(position)
        form = block.blockFormat()
        indent = form.indent() + (block.textList().format().indent() if block.textList() is not None else 0)
        taken = form.leftMargin() + form.rightMargin() + indent * document.indentWidth() + 1
        room = max(40.0, document.textWidth() - taken) if document.textWidth() > 0 else drawing.width
        return min(1.0, room / drawing.width) if drawing.width else 1.0


@dataclass(slots=True)
class _Waiting:
    """A formula that stands there as its source, and where."""

    formula: Formula
    size: float
    place: QTextCursor


class FormulaPlacer:
    """Places the formulas of one document, and later what was not drawn yet."""

    def __init__(self, document: QTextDocument, theme: Theme, formulas: Formulas | None) -> None:
        self._document = document
        self._code = code_format(theme)
        self._formulas = formulas
        self._waiting: list[_Waiting] = []
        self._objects = FormulaObjects(document)
        document.documentLayout().registerHandler(KIND, self._objects)

    def fill(self, block: QTextBlock, formulas: tuple[Formula, ...]) -> None:
        """Replace the marks in a block by what they stand for."""
        for mark in reversed(list(MARK.finditer(block.text()))):
            start = units(mark.string[: mark.start()])
            cursor = _between(block, start, start + len(mark[0]))
            form = cursor.charFormat()
            formula = formulas[int(mark[1])]
            in_code = bool(form.fontFamilies())  # Qt's reader chooses a typeface for code alone
            if self._formulas is None or in_code or not formula.source:
                cursor.insertText(_shown(formula), form)
                continue
            one = _Waiting(formula, self._size(form), cursor)
            if not self._place(one, form):
                start = cursor.selectionStart()
                cursor.insertText(_shown(formula), form)
                end = cursor.position()
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.setKeepPositionOnInsert(True)
                self._waiting.append(one)
        _make_room(block)

    def forget_from(self, position: int) -> None:
        """Wait no longer for what stands behind a position: it is about to be taken back."""
        self._waiting = [one for one in self._waiting if one.place.selectionStart() < position]

    def fill_ready(self) -> bool:
        """Place what has been drawn since; True when something was, and the text may have another height now."""
        waiting, self._waiting = self._waiting, []
        edit = QTextCursor(self._document)
        edit.beginEditBlock()
        for one in waiting:
            if not one.place.hasSelection():
                continue
            block = self._document.findBlock(one.place.selectionStart())
            form = _between(block, *(one.place.selectionStart() - block.position() + n for n in (0, 1))).charFormat()
            one.place.setKeepPositionOnInsert(False)
            if self._place(one, form):
                _make_room(block)
            else:
                one.place.setKeepPositionOnInsert(True)
                self._waiting.append(one)
        edit.endEditBlock()
        return len(self._waiting) < len(waiting)

    def _place(self, one: _Waiting, form: QTextCharFormat) -> bool:
        """Replace what is selected by the drawing, or by the source as code when it cannot be read."""
        assert self._formulas is not None
        drawing = self._formulas.find(one.formula.source, one.size, display=one.formula.display)
        if drawing is None:
            return False
        if not drawing.is_readable:
            form.merge(self._code)
            _replace(one.place, _shown(one.formula), form)
            return True
        form.setObjectType(KIND)
        form.setProperty(NUMBER, self._objects.add(drawing))
        form.setProperty(SOURCE, one.formula.raw)
        form.setToolTip(one.formula.raw)
        if drawing.descent > HANGING:
            form.setVerticalAlignment(MIDDLE)
        _replace(one.place, OBJECT, form)
        return True

    def _size(self, form: QTextCharFormat) -> float:
        pixels = form.intProperty(QTextFormat.Property.FontPixelSize.value)
        return LARGER * (pixels or QFontInfo(self._document.defaultFont()).pixelSize())


def has_formula(block: QTextBlock) -> bool:
    """Whether something in a block is drawn."""
    return OBJECT in block.text()


def formula_sources(document: QTextDocument) -> list[str]:
    """Return the LaTeX of everything that is drawn, in order."""
    return [source for source in _sources(document, 0, document.characterCount()) if source != OBJECT]


def plain_text(cursor: QTextCursor) -> str:
    """Return what is selected, formulas as their source."""
    text = cursor.selection().toPlainText()
    if OBJECT not in text:
        return text
    sources = iter(_sources(cursor.document(), cursor.selectionStart(), cursor.selectionEnd()))
    return "".join(next(sources, letter) if letter == OBJECT else letter for letter in text)


def _sources(document: QTextDocument, start: int, end: int) -> list[str]:
    found = []
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        text = block.text()
        at = text.find(OBJECT)
        while at >= 0:
            place = units(text[:at])
            if start <= block.position() + place < end:
                source = _between(block, place, place + 1).charFormat().stringProperty(SOURCE)
                found.append(source or OBJECT)
            at = text.find(OBJECT, at + 1)
        block = block.next()
    return found


def _make_room(block: QTextBlock) -> None:
    """Keep lines with formulas as far apart as others; a formula of its own stands in the middle."""
    if not has_formula(block):
        return
    form = block.blockFormat()
    text_height = QFontMetricsF(block.document().defaultFont()).height()
    cursor = _between(block, 0, 1)
    if cursor.currentTable() is None:
        form.setLineHeight(SPACING * text_height, DISTANCE)
    if block.text().strip() == OBJECT and cursor.charFormat().stringProperty(SOURCE).startswith(("$$", "\\[")):
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    QTextCursor(block).setBlockFormat(form)


def _shown(formula: Formula) -> str:
    """Return the source as it is shown, in one paragraph."""
    return formula.raw.replace("\n", LINE_BREAK)


def _replace(selection: QTextCursor, text: str, form: QTextCharFormat) -> None:
    """Put text in the place of what is selected. First in, then out: a cursor right behind it stays behind it."""
    start, end = selection.selectionStart(), selection.selectionEnd()
    selection.setPosition(start)
    selection.insertText(text, form)
    selection.setPosition(start + units(text))
    selection.setPosition(end + units(text), QTextCursor.MoveMode.KeepAnchor)
    selection.removeSelectedText()


def _raised(form: QTextFormat) -> float:
    """Half the height of an x: Qt puts the middle of an object so far above the baseline."""
    return QFontMetrics(form.toCharFormat().font()).xHeight() / 2


def _between(block: QTextBlock, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


_FOREGROUND = QTextFormat.Property.ForegroundBrush.value
