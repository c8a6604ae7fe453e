"""Strokes that the rows of the sidebar share."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from desktop.ui.i18n import is_right_to_left

INSET = 8
PADDING = 12


def draw_ground(painter: QPainter, row: QRect, fill: str, ring: str = "") -> None:
    """Draw the rounded ground of a row, with a ring when the keyboard is there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(ring), 1.0) if ring else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(row.adjusted(INSET, 1, -INSET, -1), 8, 8)


def draw_line(painter: QPainter, place: QRect, text: str) -> None:
    """Draw one line, elided, from the side where its own script begins."""
    direction = _direction(text)
    backwards = direction == Qt.LayoutDirection.RightToLeft
    painter.setLayoutDirection(direction)
    shown = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, place.width())
    side = Qt.AlignmentFlag.AlignRight if backwards else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)


def draw_marked(
    painter: QPainter,
    place: QRect,
    text: str,
    marks: tuple[tuple[int, int], ...],
    ground: QColor,
    ink: QColor,
) -> None:
    """Draw wrapped text with the marked ranges of characters on a coloured ground, as many lines as fit."""
    layout = QTextLayout("".join(" " if one.isspace() else one for one in text), painter.font())
    option = QTextOption()
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if is_right_to_left(text) else Qt.LayoutDirection.LeftToRight
    )
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_range(text, start, end, ground, ink) for start, end in marks])
    layout.beginLayout()
    height = 0.0
    while height + painter.fontMetrics().height() <= place.height() and (line := layout.createLine()).isValid():
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    layout.draw(painter, QPointF(place.topLeft()))


def _range(text: str, start: int, end: int, ground: QColor, ink: QColor) -> QTextLayout.FormatRange:
    """Return a format for characters `start` to `end`; Qt counts UTF-16 units, Python characters."""
    style = QTextCharFormat()
    style.setBackground(ground)
    style.setForeground(ink)
    style.setFontWeight(QFont.Weight.DemiBold)
    made = QTextLayout.FormatRange()
    made.start = _units(text[:start])
    made.length = _units(text[start:end])
    made.format = style
    return made


def _units(text: str) -> int:
    return len(text) + sum(one > "\uffff" for one in text)


def _direction(text: str) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if is_right_to_left(text) else Qt.LayoutDirection.LeftToRight
