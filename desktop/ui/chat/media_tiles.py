"""The files of a question on the page: small pictures, films with their length, sounds as bars with their names."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from desktop.core.attachments import Attachment
from desktop.core.media import Kind
from desktop.core.taking import AttachmentPart, clock
from desktop.ui.chat.thumbnails import Thumbnails
from desktop.ui.chat.tile_arrangement import arranged, extent
from desktop.ui.comfort import PIXELS, px
from desktop.ui.i18n import translate
from desktop.ui.media.desk import MediaDesk
from desktop.ui.widgets.drawing import draw_line

RADIUS = 10
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
SHADE = QColor(0, 0, 0, 150)
ON_SHADE = QColor(255, 255, 255)


class MediaTile(QWidget):
    """One file."""

    def __init__(
        self, attachment: Attachment, thumbnails: Thumbnails, parent: QWidget, desk: MediaDesk | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._attachment = attachment
        self._thumbnails = thumbnails
        words = in_words(attachment)
        self.setAccessibleName(words)
        self.setToolTip(words)
        thumbnails.came.connect(self._came)
        if desk is not None:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click."""
        event.setAccepted(self._desk is not None and event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the file."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the file with Enter or Space."""
        if event.key() in OPENING:
            self._open()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the file: under the pointer, or at the tile for the keyboard."""
        if self._desk is None:
            event.ignore()
            return
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.mapToGlobal(self.rect().center()) if by_key else event.globalPos()
        self._desk.menu(self._attachment, self).popup(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def _open(self) -> None:
        if self._desk is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._desk.open(self._attachment)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, or the ground where it will be, and what there is to tell of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), px(RADIUS), px(RADIUS))
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        if self._attachment.facts.kind is Kind.SOUND:
            self._draw_sound(painter)
        else:
            if (picture := self._thumbnails.find(self._attachment)) is not None:
                painter.drawPixmap(QRectF(self.rect()), picture, _middle(picture, QSizeF(self.size())))
            if self._attachment.facts.kind is Kind.VIDEO:
                self._draw_film(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), px(4)))
            painter.drawPath(shape)
        painter.end()

    def _draw_sound(self, painter: QPainter) -> None:
        edge, time = px(12), clock(self._attachment.facts.seconds)
        right = painter.fontMetrics().horizontalAdvance(time)
        inner = self.rect().adjusted(edge, 0, -edge, 0)
        side = self.layoutDirection()
        mirrored = side == Qt.LayoutDirection.RightToLeft
        sign = px(6)
        middle = inner.right() - sign if mirrored else inner.left() + sign
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
        _draw_play(painter, QPointF(middle, QRectF(inner).center().y()), sign)
        inner = inner.adjusted(0, 0, -2 * sign - edge, 0) if mirrored else inner.adjusted(2 * sign + edge, 0, 0, 0)
        name = inner.adjusted(right + edge, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -right - edge, 0)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        draw_line(painter, name, self._attachment.name, side)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        at = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.drawText(inner, at | Qt.AlignmentFlag.AlignVCenter, time)

    def _draw_film(self, painter: QPainter) -> None:
        """Draw the sign of a film in the middle, and how long it is at the foot."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(SHADE)
        middle, size = QRectF(self.rect()).center(), px(18)
        painter.drawEllipse(middle, size, size)
        painter.setBrush(ON_SHADE)
        _draw_play(painter, middle, size / 2.4)
        time = clock(self._attachment.facts.seconds)
        width, height = painter.fontMetrics().horizontalAdvance(time) + px(12), painter.fontMetrics().height() + px(2)
        place = QRect(px(6), self.height() - height - px(6), width, height)
        painter.setBrush(SHADE)
        painter.drawRoundedRect(QRectF(place), px(6), px(6))
        painter.setPen(ON_SHADE)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, time)

    def _came(self, digest: str) -> None:
        if digest == self._attachment.digest:
            self.update()


class MediaTiles(QWidget):
    """All files of one question."""

    def __init__(
        self,
        parts: tuple[AttachmentPart, ...],
        thumbnails: Thumbnails,
        parent: QWidget,
        desk: MediaDesk | None = None,
    ) -> None:
        super().__init__(parent)
        self._facts = [part.attachment.facts for part in parts]
        self.tiles = [MediaTile(part.attachment, thumbnails, self, desk) for part in parts]

    def fit(self, room: int) -> tuple[int, int]:
        """Place the tiles for this width at most; returns how wide and high they are together."""
        places = arranged(self._facts, room, px(PIXELS) / PIXELS)
        width, height = extent(places)
        for tile, one in zip(self.tiles, places, strict=True):
            left = width - one.left - one.width if self.isRightToLeft() else one.left
            tile.setGeometry(left, one.top, one.width, one.height)
        return width, height


def in_words(attachment: Attachment) -> str:
    """Return what a file is, for who does not see it."""
    time, name = clock(attachment.facts.seconds), attachment.name
    match attachment.facts.kind:
        case Kind.PICTURE:
            return translate("chat", "Picture: {name}", name=name)
        case Kind.VIDEO:
            return translate("chat", "Video: {name}, {time}", name=name, time=time)
        case Kind.SOUND:
            return translate("chat", "Sound: {name}, {time}", name=name, time=time)


def _draw_play(painter: QPainter, middle: QPointF, size: float) -> None:
    """Draw the sign of what can be played; it points the way time runs in every language."""
    corners = [QPointF(-size * 0.7, -size), QPointF(-size * 0.7, size), QPointF(size * 1.1, 0)]
    painter.drawPolygon(QPolygonF([middle + one for one in corners]))


def _middle(picture: QPixmap, size: QSizeF) -> QRectF:
    """Return the part of a picture that fills a tile of another shape."""
    part = size.scaled(QSizeF(picture.size()), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (picture.width() - part.width()) / 2, (picture.height() - part.height()) / 2
    return QRectF(QPointF(left, top), part)
