"""A page as it looks, with the passage boxed: as wide as there is room, or larger."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.core.boxes import around
from desktop.core.documents import Box
from desktop.ui.comfort import px
from desktop.ui.widgets.buttons import tint

STEP, SMALLEST, LARGEST = 1.25, 0.5, 4.0
MARGIN = 4
ABOVE = 0.25
"""The passage comes to stand so far below the upper edge."""
PAPER, EDGE = QColor("#ffffff"), QColor("#c9ced6")
MARK = QColor(255, 210, 60, 90)
"""Laid over the paper, which is white in the dark theme too."""
NOTCH = 120


class _Sheet(QWidget):
    """Paints the page; only what is seen of it is scaled."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.passage: Sequence[Box] = ()
        self.quote: Sequence[Box] = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen of the page, then the marks."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), PAPER)
        if not self.picture.isNull():
            across, down = self.picture.width() / self.width(), self.picture.height() / self.height()
            seen = QRectF(event.rect())
            part = QRectF(seen.left() * across, seen.top() * down, seen.width() * across, seen.height() * down)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(seen, self.picture, part)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(MARK)
        for box in self.quote or self.passage:
            painter.drawRoundedRect(self.place(box).adjusted(-2, -1, 2, 1), 2, 2)
        if self.passage:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#2f5fe0"), 2))
            painter.drawRoundedRect(self.place(around(self.passage)).adjusted(-5, -4, 5, 4), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(EDGE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def place(self, box: Box) -> QRectF:
        """Return where a box of the page lies now."""
        corner = QPointF(box.left * self.width(), box.top * self.height())
        return QRectF(corner, QPointF(box.right * self.width(), box.bottom * self.height()))


class PageCanvas(QScrollArea):
    """Shows one page and scrolls to its passage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet = _Sheet()
        self.setWidget(self.sheet)
        self.zoom = 1.0

    def show_page(self, picture: QPixmap, passage: Sequence[Box], quote: Sequence[Box]) -> None:
        """Show a page; its passage comes into sight."""
        self.sheet.picture, self.sheet.passage, self.sheet.quote = picture, passage, quote
        self._resize()
        self._go_to_passage()
        self.sheet.update()

    def step(self, steps: float) -> None:
        """Show it larger, or smaller where the number is negative; what lies in the middle stays there."""
        before, middle = self.sheet.size(), self._middle()
        self.zoom = max(SMALLEST, min(LARGEST, self.zoom * STEP**steps))
        self._resize()
        after, room = self.sheet.size(), self.viewport().size()
        across, down = after.width() / max(1, before.width()), after.height() / max(1, before.height())
        self.horizontalScrollBar().setValue(round(middle.x() * across - room.width() / 2))
        self.verticalScrollBar().setValue(round(middle.y() * down - room.height() / 2))

    def fit(self) -> None:
        """Show it as wide as there is room."""
        self.zoom = 1.0
        self._resize()
        self._go_to_passage()

    def crop(self) -> QPixmap:
        """Return the part of the picture around the passage, with something of what stands about it."""
        boxes = self.sheet.quote or self.sheet.passage
        if self.sheet.picture.isNull() or not boxes:
            return QPixmap()
        box, size = around(boxes), self.sheet.picture.size()
        left, top = box.left * size.width(), box.top * size.height()
        right, bottom = box.right * size.width(), box.bottom * size.height()
        edge = 0.01 * size.width()
        place = QRect(round(left - edge), round(top - edge), round(right - left + 2 * edge),
                      round(bottom - top + 2 * edge))  # fmt: skip
        return self.sheet.picture.copy(place.intersected(self.sheet.picture.rect()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(event.angleDelta().y() / NOTCH)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as there is room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._resize()

    def _resize(self) -> None:
        width = max(px(80), round((self.viewport().width() - 2 * MARGIN) * self.zoom))
        picture = self.sheet.picture
        ratio = picture.height() / picture.width() if picture.width() else 1.414
        self.sheet.resize(QSize(width, round(width * ratio)))

    def _go_to_passage(self) -> None:
        boxes = self.sheet.quote or self.sheet.passage
        place = self.sheet.place(around(boxes)) if boxes else QRectF()
        self.verticalScrollBar().setValue(max(0, round(place.top() - self.viewport().height() * ABOVE)))
        left = place.center().x() - self.viewport().width() / 2
        self.horizontalScrollBar().setValue(max(0, round(left)))

    def _middle(self) -> QPointF:
        room = self.viewport().size()
        return QPointF(
            self.horizontalScrollBar().value() + room.width() / 2, self.verticalScrollBar().value() + room.height() / 2
        )


class Crop(QWidget):
    """A strip of a page beside its words, so that both can be compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.hide()

    def show_picture(self, picture: QPixmap) -> None:
        """Show this strip; nothing where there is none."""
        self._picture = picture
        self.setVisible(not picture.isNull())
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep its shape."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        if not self._picture.isNull() and self.width():
            wanted = self._picture.height() * min(1.0, self.width() / self._picture.width())
            self.setFixedHeight(max(px(16), min(px(140), round(wanted))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > self._picture.width():
            size = self._picture.size()
        left = self.width() - size.width() if self.isRightToLeft() else 0
        painter.drawPixmap(QRect(left, 0, size.width(), size.height()), self._picture)
        painter.setPen(tint("muted"))
        painter.drawRect(QRect(left, 0, size.width() - 1, size.height() - 1))
        painter.end()
