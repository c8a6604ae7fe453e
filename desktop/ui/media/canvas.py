"""A picture to look at closely: fitted or larger, moved under the pointer."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

STEP = 1.25
LARGEST = 8.0
NOTCH = 120
KEPT_SIDE = 1400
"""A scaled picture is kept up to this many pixels a side; a larger one is drawn in part."""


class Canvas(QWidget):
    """Shows one picture in the size of the file, though the pixels at hand may be fewer.

    Signals:
        zoomed: the scale is another now.
    """

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._scaled = QPixmap()
        self._size = QSizeF(1, 1)
        self._wanted = 0.0
        """The scale wished for; 0 = all of it fits."""
        self._middle = QPointF(0.5, 0.5)
        """The part of the picture that lies in the middle, from 0 to 1."""
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def scale(self) -> float:
        """How large the picture is drawn; 1 = pixel by pixel."""
        return self._wanted or self._fitting()

    @property
    def is_fitted(self) -> bool:
        """Whether all of the picture is shown."""
        return self._wanted == 0

    @property
    def covered(self) -> QRectF:
        """Where the whole picture lies, the parts out of sight too."""
        drawn, middle = self._size * self.scale, QRectF(self.rect()).center()
        corner = QPointF(self._middle.x() * drawn.width(), self._middle.y() * drawn.height())
        return QRectF(middle - corner, drawn)

    def show_picture(self, picture: QPixmap | None, size: QSize) -> None:
        """Begin with another picture, fitted; None where it is still to come."""
        self._size = QSizeF(max(1, size.width()), max(1, size.height()))
        self._picture = picture or QPixmap()
        self.fit()

    def sharpen(self, picture: QPixmap) -> None:
        """Show more pixels of the same picture, where it is."""
        self._picture, self._scaled = picture, QPixmap()
        self.update()

    def fit(self) -> None:
        """Show all of it."""
        self._wanted, self._middle, self._scaled = 0.0, QPointF(0.5, 0.5), QPixmap()
        self._changed()

    def zoom(self, scale: float, around: QPointF | None = None) -> None:
        """Draw it in this scale; what lies at `around` stays there."""
        place = around or QRectF(self.rect()).center()
        before = self.covered
        part = QPointF((place.x() - before.x()) / before.width(), (place.y() - before.y()) / before.height())
        self._wanted = max(min(self._fitting(), 1.0), min(LARGEST, scale))
        drawn, off = self._size * self.scale, QRectF(self.rect()).center() - place
        self._middle = QPointF(part.x() + off.x() / drawn.width(), part.y() + off.y() / drawn.height())
        self._scaled = QPixmap()
        self._changed()

    def step(self, steps: float) -> None:
        """Zoom in, or out where the number is negative."""
        self.zoom(self.scale * STEP**steps)

    def press(self, key: int) -> bool:
        """Zoom as a key says; False where it says something else."""
        match key:
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.step(1)
            case Qt.Key.Key_Minus:
                self.step(-1)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.zoom(1.0)
            case _:
                return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom under the pointer."""
        self.zoom(self.scale * STEP ** (event.angleDelta().y() / NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._held = event.position()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._held is None:
            return
        drawn, by = self._size * self.scale, event.position() - self._held
        self._middle -= QPointF(by.x() / drawn.width(), by.y() / drawn.height())
        self._held = event.position()
        self._changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it pixel by pixel there, or all of it again."""
        if self.is_fitted:
            self.zoom(1.0, event.position())
        else:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._scaled = QPixmap()
        self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen of it."""
        if self._picture.isNull():
            return
        painter = QPainter(self)
        target = self.covered
        density = self.devicePixelRatioF()
        size = (target.size() * density).toSize()
        if max(size.width(), size.height()) <= KEPT_SIDE:
            if self._scaled.size() != size:
                ways = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
                self._scaled = self._picture.scaled(size, *ways)
                self._scaled.setDevicePixelRatio(density)
            painter.drawPixmap(target.topLeft().toPoint(), self._scaled)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.scale < 1)
            seen = target.intersected(QRectF(self.rect()))
            across, down = self._picture.width() / target.width(), self._picture.height() / target.height()
            corner = seen.topLeft() - target.topLeft()
            source = QRectF(corner.x() * across, corner.y() * down, seen.width() * across, seen.height() * down)
            painter.drawPixmap(seen, self._picture, source)
        painter.end()

    def _fitting(self) -> float:
        room = self.size()
        return min(1.0, room.width() / self._size.width(), room.height() / self._size.height())

    def _changed(self) -> None:
        """Keep the picture over the middle of the window, and draw."""
        drawn, room = self._size * self.scale, self.size()
        for side, long, there in ((0, drawn.width(), room.width()), (1, drawn.height(), room.height())):
            margin = min(0.5, there / 2 / max(long, 1e-6))
            value = min(1 - margin, max(margin, self._middle.y() if side else self._middle.x()))
            (self._middle.setY if side else self._middle.setX)(value)
        self.update()
        self.zoomed.emit()
