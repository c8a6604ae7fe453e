"""Strokes that the rows of lists share, and pictures as Qt draws them."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap

from desktop.core.media import Picture
from desktop.ui.i18n import is_right_to_left

SMALL = 12


def draw_ground(painter: QPainter, row: QRect, fill: str, ring: str = "", inset: int = 1) -> None:
    """Draw the rounded ground of a row, with a ring when the keyboard is there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(ring), 1.0) if ring else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(row.adjusted(inset, 1, -inset, -1), 8, 8)


def draw_line(
    painter: QPainter, place: QRect, text: str, side: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight
) -> None:
    """Draw one line from the side where the window's lines begin, elided where its own script ends."""
    shown = elided(painter, text, place.width())
    painter.setLayoutDirection(direction_of(text))
    edge = Qt.AlignmentFlag.AlignRight if side == Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)


def elided(painter: QPainter, text: str, width: int) -> str:
    """Return as much of a text as fits on one line."""
    return painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)


def direction_of(text: str) -> Qt.LayoutDirection:
    """Return where a text of its script begins."""
    return Qt.LayoutDirection.RightToLeft if is_right_to_left(text) else Qt.LayoutDirection.LeftToRight


def set_font(painter: QPainter, font: QFont, weight: QFont.Weight = QFont.Weight.Normal, pixels: int = 0) -> None:
    """Write in this font from now on, in another weight or size."""
    made = QFont(font)
    made.setWeight(weight)
    if pixels:
        made.setPixelSize(pixels)
    painter.setFont(made)


def pixmap_of(picture: Picture) -> QPixmap:
    """Return a picture as Qt draws it."""
    image = QImage(picture.rgb, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)
