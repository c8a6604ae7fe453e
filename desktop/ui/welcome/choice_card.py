"""A card that can be chosen, one of several."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QStyle, QVBoxLayout, QWidget

from desktop.ui.comfort import px
from desktop.ui.welcome.choices import Way
from desktop.ui.widgets.labels import PlainLabel

RADIUS = 10
RING = 16
GAP = 10


class ChoiceButton(QRadioButton):
    """A radio button whose ring can be seen in the dark and grows with the text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)

    def sizeHint(self) -> QSize:
        """Make room for the ring and the words."""
        metrics = self.fontMetrics()
        return QSize(px(RING) + px(GAP) + metrics.horizontalAdvance(self.text()), metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Shrink as far as needed; long words end in an ellipsis."""
        return QSize(px(RING) + px(GAP), self.sizeHint().height())

    def hitButton(self, place: object) -> bool:
        """Take a click anywhere."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring, its dot, and the words."""
        colors, role = self.palette(), QPalette.ColorRole
        chosen, side = self.isChecked(), px(RING)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QStyle.visualRect(
            self.layoutDirection(), self.rect(), QRect(0, (self.height() - side) // 2, side, side)
        ).toRectF()
        painter.setPen(QPen(colors.color(role.Accent if chosen or self.hasFocus() else role.PlaceholderText), 1.5))
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color(role.Accent))
            painter.drawEllipse(QPointF(ring.center()), side * 0.25, side * 0.25)
        words = QStyle.visualRect(self.layoutDirection(), self.rect(), self.rect().adjusted(side + px(GAP), 0, 0, 0))
        painter.setPen(colors.color(role.WindowText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        begin = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(words, begin | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            width = min(words.width(), self.fontMetrics().horizontalAdvance(shown))
            line = QStyle.visualRect(self.layoutDirection(), words, QRect(words.left(), words.bottom() - 1, width, 2))
            painter.fillRect(line, colors.color(role.Accent))
        painter.end()


class ChoiceCard(QFrame):
    """A heading to choose, what it means, and what has to be filled in once it is chosen."""

    def __init__(self, way: Way, body: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = way.choice
        self._body = body
        self.setProperty("role", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.radio = ChoiceButton(way.heading)
        self.radio.setAccessibleDescription(f"{way.text} {way.means}")
        head = QHBoxLayout()
        head.addWidget(self.radio, 1)
        if way.tag:
            head.addWidget(PlainLabel(way.tag, "small"))
        words = QVBoxLayout()
        words.setContentsMargins(px(RING) + px(GAP), 0, 0, 0)
        words.setSpacing(4)
        words.addWidget(PlainLabel(way.text, "muted", wraps=True))
        words.addWidget(PlainLabel(way.means, "muted", wraps=True))
        if body is not None:
            body.setCursor(Qt.CursorShape.ArrowCursor)
            body.setContentsMargins(0, 6, 0, 0)
            words.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(words)
        self.radio.toggled.connect(self._follow)
        self._follow(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it with a click anywhere on it."""
        if event.button() == Qt.MouseButton.LeftButton and self.radio.isEnabled():
            self.radio.setChecked(True)
            (self._body or self.radio).setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let no click through to what lies below."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, with a stronger edge when it is the chosen one."""
        super().paintEvent(event)
        if self.radio.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(RADIUS), px(RADIUS))
            painter.end()

    def _follow(self, chosen: bool) -> None:
        if self._body is not None:
            self._body.setVisible(chosen)
        self.update()
