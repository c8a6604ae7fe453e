"""A row that can be chosen: a number or a sign, a name, and some words below it that wrap."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.assets import IconName, icon
from desktop.ui.comfort import px
from desktop.ui.theme import mix
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.drawing import SMALL, direction_of, draw_line, set_font

PADDING, GAP, BADGE = 8, 8, 24
SHADE = 0.06
WRAPPED = Qt.TextFlag.TextWordWrap
LINES = 3
"""So many lines of words are drawn at most."""


class RowButton(QAbstractButton):
    """Draws itself; screen readers hear the name and all of the words."""

    def __init__(
        self,
        name: str,
        words: str = "",
        badge: str = "",
        sign: IconName | None = None,
        parent: QWidget | None = None,
        lines: int = LINES,
    ) -> None:
        super().__init__(parent)
        self._name, self._words, self._badge, self._sign = name, words, badge, sign
        self._lines = lines
        self.setAccessibleName(". ".join(one for one in (name, words) if one))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is for this width."""
        padding = px(PADDING)
        room = width - 2 * padding - self._beside()
        height = 2 * padding
        if self._name:
            height += self.fontMetrics().height()
        if self._words:
            height += self._words_height(room) + (px(2) if self._name else 0)
        return max(height, px(BADGE) + padding)

    def sizeHint(self) -> QSize:
        """Be as wide as there is room."""
        return QSize(px(240), self.heightForWidth(px(240)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the badge and the words."""
        palette, padding = self.palette(), px(PADDING)
        ground, ink = palette.color(QPalette.ColorRole.Window).name(), palette.color(QPalette.ColorRole.WindowText)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isChecked() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mix(ground, ink.name(), SHADE * (2 if self.isDown() else 1))))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        if self.hasFocus():
            painter.setPen(tint("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        self._draw_badge(painter)
        beside = self._beside()
        room = QRect(padding + beside, padding, self.width() - 2 * padding - beside, self.height() - 2 * padding)
        line = self.fontMetrics().height()
        if self._name:
            painter.setPen(ink)
            set_font(painter, self.font(), QFont.Weight.DemiBold)
            draw_line(painter, self._mirrored(QRect(room.left(), room.top(), room.width(), line)), self._name,
                      self.layoutDirection())  # fmt: skip
            room.setTop(room.top() + line + px(2))
        if self._words:
            self._draw_words(painter, self._mirrored(room))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _draw_badge(self, painter: QPainter) -> None:
        side, padding = px(BADGE), px(PADDING)
        if self._sign is not None:
            size = px(16)
            place = QRect(padding, padding + (self.fontMetrics().height() - size) // 2, size, size)
            icon(self._sign, tint("muted").name(), size).paint(painter, self._mirrored(place))
        elif self._badge:
            set_font(painter, self.font(), QFont.Weight.DemiBold, px(SMALL))
            place = self._mirrored(QRect(padding - 2, padding - 2, side, px(20)))
            ground = self.palette().color(QPalette.ColorRole.Window).name()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mix(ground, tint("accent").name(), 0.14)))
            painter.drawRoundedRect(QRectF(place), px(6), px(6))
            painter.setPen(tint("accent"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _draw_words(self, painter: QPainter, room: QRect) -> None:
        """Draw as many lines as there are wanted; the last one ends in an ellipsis where there is more."""
        set_font(painter, self.font(), QFont.Weight.Normal, px(SMALL))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        right = self.isRightToLeft()
        painter.setLayoutDirection(direction_of(self._words))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setClipRect(room)
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop | WRAPPED
        painter.drawText(room, int(flags), self._fitting(room.width()))

    def _fitting(self, width: int) -> str:
        metrics = self._small()
        room = metrics.lineSpacing() * self._lines + px(3)
        if self._height_of(self._words, width) <= room:
            return self._words
        low, high = 0, len(self._words)
        while low < high:
            middle = (low + high + 1) // 2
            if self._height_of(self._words[:middle] + "…", width) <= room:
                low = middle
            else:
                high = middle - 1
        return self._words[:low].rstrip() + "…"

    def _words_height(self, width: int) -> int:
        return min(self._height_of(self._words, width), self._small().lineSpacing() * self._lines + px(3))

    def _height_of(self, words: str, width: int) -> int:
        return self._small().boundingRect(QRect(0, 0, max(40, width), 10_000), int(WRAPPED), words).height()

    def _small(self) -> QFontMetrics:
        font = QFont(self.font())
        font.setPixelSize(px(SMALL))
        return QFontMetrics(font)

    def _beside(self) -> int:
        return px(BADGE) + px(GAP) - px(2) if self._badge or self._sign else 0

    def _mirrored(self, place: QRect) -> QRect:
        if self.isRightToLeft():
            return QRect(self.width() - place.x() - place.width(), place.y(), place.width(), place.height())
        return place
