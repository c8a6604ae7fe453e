"""Where a film is seen: the frame fitted into black; for a sound, a calm sign with its name."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.media import Facts, Picture
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.labels import ElidedLabel, Pictogram, PlainLabel

SIGN = 72
SMOOTH_PIXELS = 700_000
"""More than that is stretched quickly instead of smoothly: a frame must be drawn within milliseconds."""
ROUNDING = 2
"""A frame that differs from its place by so few pixels is not stretched at all."""
MOST_PIXELS = 1280 * 720
"""Larger frames would fill all that may wait for the player within half a second."""


class PictureArea(QWidget):
    """One frame, and a message over it.

    Signals:
        clicked: with the mouse.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._is_film = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.sign = Pictogram("waveform", "accent", SIGN, self)
        self.name = ElidedLabel("", "heading", self)
        self.name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message = PlainLabel("", "", self)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._frame = QFrame(self)
        self._frame.setProperty("role", "notice")
        inner = QHBoxLayout(self._frame)
        inner.addWidget(self.message)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(12))
        column.addStretch(1)
        column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.name)
        column.addWidget(self._frame)
        column.addStretch(1)
        self.show_message("")

    @property
    def image(self) -> QImage | None:
        """The frame that is seen."""
        return self._image

    def show_film(self, name: str) -> None:
        """Be a black ground until the first frame comes."""
        self._start(name, is_film=True)
        self.setAccessibleName(translate("media", "Picture of {name}", name=name))

    def show_sound(self, name: str) -> None:
        """Show what is heard."""
        self._start(name, is_film=False)
        self.setAccessibleName(translate("media", "Sound: {name}", name=name))

    def show_frame(self, picture: Picture) -> None:
        """Show the next frame."""
        self._picture = picture  # the image reads its bytes
        self._image = QImage(picture.rgb, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        self.update()

    def show_message(self, words: str, *, error: bool = False) -> None:
        """Say something in the middle, or nothing more."""
        self._frame.setProperty("tone", "error" if error else "")
        self._frame.style().polish(self._frame)
        self.message.setWordWrap(error)
        self.message.setText(words)
        self._column.setAlignment(self._frame, Qt.AlignmentFlag(0) if error else Qt.AlignmentFlag.AlignHCenter)
        self._frame.setVisible(bool(words))

    def side(self, facts: Facts) -> int:
        """Return the longer side of frames that fill the area, in pixels, within reason."""
        if not facts.width or not facts.height:
            return 1
        factor = min(self.width() / facts.width, self.height() / facts.height) * self.devicePixelRatio()
        factor = min(factor, math.sqrt(MOST_PIXELS / (facts.width * facts.height)))
        return max(16, round(max(facts.width, facts.height) * factor))

    def sizeHint(self) -> QSize:
        """Ask for some room, in the shape of most films."""
        return QSize(px(640), px(360))

    def minimumSizeHint(self) -> QSize:
        """Shrink far."""
        return QSize(px(160), px(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as it came where it fits to the pixel, else stretched."""
        if not self._is_film:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self._image is not None:
            self._draw_frame(painter, self._image)
        painter.end()

    def _draw_frame(self, painter: QPainter, image: QImage) -> None:
        ratio = self.devicePixelRatio()
        size = image.size().scaled((QSizeF(self.size()) * ratio).toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        if abs(size.width() - image.width()) <= ROUNDING and abs(size.height() - image.height()) <= ROUNDING:
            size = image.size()
        elif size.width() * size.height() <= SMOOTH_PIXELS:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(QPointF(), QSizeF(size) / ratio)
        place.moveCenter(QRectF(self.rect()).center())
        place.moveTopLeft(QPointF(place.topLeft().toPoint()))
        painter.drawImage(place, image)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def _start(self, name: str, *, is_film: bool) -> None:
        self._picture = self._image = None
        self._is_film = is_film
        self.sign.setVisible(not is_film)
        self.name.setVisible(not is_film)
        self.name.show_text(name)
        self.show_message("")
        self.update()
