"""How the found words of a text are drawn."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desktop.ui.widgets.drawing import direction_of


def draw_marked(
    painter: QPainter,
    place: QRect,
    text: str,
    marks: tuple[tuple[int, int], ...],
    ground: QColor,
    ink: QColor,
    side: Qt.LayoutDirection,
) -> None:
    """Draw wrapped text with the marked ranges of characters on a coloured ground, as many lines as fit."""
    layout = QTextLayout("".join(" " if one.isspace() else one for one in text), painter.font())
    option = QTextOption()
    option.setTextDirection(direction_of(text))
    edge = Qt.AlignmentFlag.AlignRight if side == Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute)
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
