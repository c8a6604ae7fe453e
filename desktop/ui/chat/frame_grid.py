"""The frames of a video that are sent, small, with their times; they scroll."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.core.media import Frame, Picture
from desktop.core.taking import clock
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.drawing import SMALL, set_font

CELL, GAP, WORDS, RADIUS = 118, 8, 20, 6
FADED = 0.35
SHADE = 0.12
COARSE = 2
"""A picture is brought to so many times its small size without smoothing first."""


class FrameGrid(QScrollArea):
    """Shows frames; while others are chosen, the ones before stay, faded."""

    def __init__(self, shape: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("chat", "Frames that are sent"))
        self.sheet = FrameSheet(shape)
        self.sheet.setProperty("role", "sheet")
        self.setWidget(self.sheet)

    def show_places(self, count: int) -> None:
        """Leave room for so many frames that are being chosen."""
        self.sheet.show_places(count)
        self._fit()

    def show_frames(self, frames: tuple[Frame, ...]) -> None:
        """Show these."""
        self.sheet.show_frames(frames)
        self.setAccessibleDescription(", ".join(self.sheet.times))
        self._fit()

    def show_words(self, words: str) -> None:
        """Say why there is nothing to see."""
        self.show_frames(())
        self.sheet.words = words
        self.setAccessibleDescription(words)

    def _fit(self) -> None:
        width = self.viewport().width()
        self.sheet.resize(width, max(self.viewport().height(), self.sheet.height_for(width)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard scrolls here: the times light up."""
        super().focusInEvent(event)
        self.sheet.set_lit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.sheet.set_lit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._fit()


class FrameSheet(QWidget):
    """Draws the frames. They come as large as a model gets them, and are made small one by one, in between."""

    def __init__(self, shape: QSize) -> None:
        super().__init__()
        self._shape = shape
        self.times: list[str] = []
        self.words = ""
        """What is said where there are no frames."""
        self._images: list[QPixmap] = []
        self._coming: list[Frame] = []
        self._places = 0
        self._lit = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._shrink)

    @property
    def shown(self) -> int:
        """How many frames are drawn."""
        return len(self._images)

    def set_lit(self, on: bool) -> None:
        """Show whether the keyboard is here."""
        self._lit = on
        self.update()

    def show_places(self, count: int) -> None:
        """Leave room for so many frames; those that are there fade."""
        self._timer.stop()
        self._coming = []
        self._places, self.words = count, ""
        self.update()

    def show_frames(self, frames: tuple[Frame, ...]) -> None:
        """Show these."""
        self.times = [clock(frame.seconds) for frame in frames]
        self._images, self._coming, self._places = [], list(frames), 0
        self.words = ""
        if frames:
            self._timer.start()
        self.update()

    def height_for(self, width: int) -> int:
        """Return how high all frames are together."""
        columns, _, line = self._measure(width)
        return -(-max(len(self.times), self._places) // columns) * (line + px(GAP))

    def _measure(self, width: int) -> tuple[int, int, int]:
        gap = px(GAP)
        columns = max(1, (width + gap) // (px(CELL) + gap))
        cell = (width - gap * (columns - 1)) // columns
        high = min(cell, round(cell * self._shape.height() / max(1, self._shape.width())))
        return columns, cell, high + px(WORDS)

    def _shrink(self) -> None:
        _, cell, line = self._measure(self.width())
        size = QSize(cell, line - px(WORDS)) * self.devicePixelRatioF()
        self._images.append(_small(self._coming.pop(0).picture, size))
        self._images[-1].setDevicePixelRatio(self.devicePixelRatioF())
        if not self._coming:
            self._timer.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight."""
        columns, cell, line = self._measure(self.width())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.words:
            painter.setPen(tint("text"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
        set_font(painter, self.font(), pixels=px(SMALL))
        if self._places:
            painter.setOpacity(FADED)
        for at in range(max(len(self.times), self._places)):
            row, column = divmod(at, columns)
            left = column * (cell + px(GAP))
            if self.isRightToLeft():
                left = self.width() - left - cell
            place = QRect(left, row * (line + px(GAP)), cell, line)
            if place.intersects(event.rect()):
                self._draw(painter, at, place.adjusted(0, 0, 0, -px(WORDS)))
        painter.end()

    def _draw(self, painter: QPainter, at: int, place: QRect) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), px(RADIUS), px(RADIUS))
        ground = tint("muted")
        ground.setAlphaF(SHADE)
        painter.fillPath(path, ground)
        if at < len(self._images):
            image = self._images[at]
            spot = QRect()
            spot.setSize(
                image.deviceIndependentSize().toSize().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            )
            spot.moveCenter(place.center())
            painter.save()
            painter.setClipPath(path)
            painter.drawPixmap(spot, image)
            painter.restore()
        if at < len(self.times):
            painter.setPen(tint("accent" if self._lit else "text"))
            below = QRect(place.left(), place.bottom() + 1, place.width(), px(WORDS))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.times[at])


def _small(picture: Picture, size: QSize) -> QPixmap:
    image = QImage(picture.rgb, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    if image.width() > COARSE * size.width():  # a large one would take 16 ms in one go
        image = image.scaled(size * COARSE, keep)
    return QPixmap.fromImage(image.scaled(size, keep, smooth))
