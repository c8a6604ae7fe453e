"""One file of the strip as a card: a small picture, its name, what it is; a menu and a cross."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.media import Kind
from desktop.ui.assets import IconName, icon
from desktop.ui.chat.attachment_item import Item
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.theme import mix
from desktop.ui.widgets.buttons import IconButton, tint
from desktop.ui.widgets.drawing import SMALL, direction_of, pixmap_of, set_font

HEIGHT = 56
EDGE = 7
RADIUS = 9
SHADE = 0.06
BAR = 3

KINDS: dict[Kind, IconName] = {Kind.PICTURE: "picture", Kind.VIDEO: "film", Kind.SOUND: "waveform"}
REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Menu)


class AttachmentCard(QWidget):
    """Draws one item; what a person wants of it goes out as signals.

    Signals:
        removed: it shall go, or shall not be taken in after all.
        opened: its menu is wanted, at this place of the screen.
        moved: the keyboard moves it by so many places.
        stepped: the keyboard goes so many cards on.
        dragged: the pointer has it at this place of the screen.
        undone: the last removal shall be taken back.
    """

    removed = Signal()
    opened = Signal(QPoint)
    moved = Signal(int)
    stepped = Signal(int)
    dragged = Signal(QPoint)
    undone = Signal()

    def __init__(self, item: Item, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self._dragging = False
        self._image = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.more = IconButton("more", "", self)
        self.cross = IconButton("close", "", self)
        for button in (self.more, self.cross):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("role", "tight")
        self.more.clicked.connect(self._open)
        self.cross.clicked.connect(self.removed)
        self.item = item
        self.show_item(item)

    def show_item(self, item: Item) -> None:
        """Show the file as it is now."""
        if item.thumbnail is not None and (item.thumbnail is not self.item.thumbnail or self._image.isNull()):
            self._image = pixmap_of(item.thumbnail)
        self.item = item
        self.setAccessibleName(f"{item.name}, {item.error or item.words}")
        self.setToolTip(f"{item.name}\n{item.error}" if item.error else item.name)
        keys = translate("chat", "Enter: how it is taken. Delete: remove. Ctrl+Left, Ctrl+Right: move")
        self.setAccessibleDescription(keys)
        self.more.set_label(translate("chat", "How {name} is taken (Enter)", name=item.name))
        self.more.setVisible(item.part is not None)
        remove = translate("chat", "Do not add {name} (Delete)", name=item.name)
        if not item.waits:
            remove = translate("chat", "Remove {name} (Delete)", name=item.name)
        self.cross.set_label(remove)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the picture, the words and how far it is."""
        palette, edge = self.palette(), px(EDGE)
        ground = palette.color(QPalette.ColorRole.Window).name()
        text, muted = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.PlaceholderText)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ring = self.hasFocus() and self.window().isActiveWindow()
        painter.setPen(QPen(tint("accent"), 1.5) if ring else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(ground, text.name(), SHADE * (2 if self._dragging else 1))))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(RADIUS), px(RADIUS))
        side = self.height() - 2 * edge
        self._draw_picture(painter, self._mirrored(QRect(edge, edge, side, side)), ground, text.name())
        start = 2 * edge + side
        half = side // 2
        end = self.width() - edge - half
        painter.setPen(text)
        self._draw_words(painter, QRect(start, edge, end - start, half), self.item.name, middle=True)
        set_font(painter, self.font(), QFont.Weight.Normal, px(SMALL))
        painter.setPen(muted)
        self._draw_words(painter, QRect(start, edge + half, end - start, half), self.item.words)
        if self.item.is_busy:
            self._draw_bar(painter, QRectF(start, self.height() - edge, end - start, px(BAR)), muted)
        painter.end()

    def _draw_picture(self, painter: QPainter, place: QRect, ground: str, ink: str) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), px(RADIUS) - 3, px(RADIUS) - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(ground, ink, 2 * SHADE)))
        painter.drawPath(path)
        if self.item.thumbnail is not None:
            painter.save()
            painter.setClipPath(path)
            painter.drawPixmap(place, self._image, _middle(self._image))
            painter.restore()
        facts = self.item.part.attachment.facts if self.item.part else None
        if self.item.thumbnail is None or (facts and facts.kind is Kind.VIDEO):
            self._draw_sign(painter, place, "alert" if self.item.error else KINDS[facts.kind] if facts else "paperclip")

    def _draw_sign(self, painter: QPainter, place: QRect, name: IconName) -> None:
        size = px(20)
        spot = QRect(0, 0, size, size)
        spot.moveCenter(place.center())
        over = self.item.thumbnail is not None
        if over:
            painter.setBrush(QColor(0, 0, 0, 130))
            painter.drawEllipse(QPointF(place.center()), size * 0.75, size * 0.75)
        color = "#ffffff" if over else tint("muted").name()
        icon(name, color, size).paint(painter, spot)

    def _draw_words(self, painter: QPainter, place: QRect, words: str, *, middle: bool = False) -> None:
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(" ".join(words.split()), mode, place.width())
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(direction_of(words))
        painter.drawText(self._mirrored(place), flags, shown)

    def _draw_bar(self, painter: QPainter, place: QRectF, ground: QColor) -> None:
        place = QRectF(self._mirrored(place.toRect()))
        painter.setPen(Qt.PenStyle.NoPen)
        ground.setAlphaF(0.3)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, 1, 1)
        painter.setBrush(tint("accent"))
        done = place.width() * self.item.share
        place.setLeft(place.right() - done) if self.isRightToLeft() else place.setWidth(done)
        painter.drawRoundedRect(place, 1, 1)

    def _mirrored(self, place: QRect) -> QRect:
        if self.isRightToLeft():
            return QRect(self.width() - place.x() - place.width(), place.y(), place.width(), place.height())
        return place

    def _open(self) -> None:
        if self.item.part is not None:
            self.opened.emit(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, open the menu, or go to another card."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if self.isRightToLeft():
            step = -step
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if step:
            (self.moved if control else self.stepped).emit(step)
        elif event.key() in REMOVING:
            self.removed.emit()
        elif control and event.key() == Qt.Key.Key_Z:
            self.undone.emit()
        elif event.key() in OPENING:
            self._open()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu where the pointer is."""
        if self.item.part is not None:
            self.opened.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may have begun."""
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the pointer take the card along once it has gone far enough."""
        if self._pressed is None:
            return
        gone = (event.position().toPoint() - self._pressed).manhattanLength()
        if self._dragging or gone >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave the card where it is."""
        self._pressed, self._dragging = None, False
        self.unsetCursor()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons at the end."""
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.StyleChange):
            self._place_buttons()

    def _place_buttons(self) -> None:
        edge = px(EDGE)
        side = (self.height() - 2 * edge) // 2
        left = self.width() - edge // 2 - side
        self.cross.setGeometry(self._mirrored(QRect(left, edge, side, side)))
        self.more.setGeometry(self._mirrored(QRect(left, edge + side, side, side)))


def _middle(image: QPixmap) -> QRect:
    """Return the square in the middle."""
    side = min(image.width(), image.height())
    place = QRect(0, 0, side, side)
    place.moveCenter(image.rect().center())
    return place
