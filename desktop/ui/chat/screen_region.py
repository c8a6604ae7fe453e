"""A picture of a part of the screen: the window steps aside, every screen is shown still, and a part is dragged."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.drawing import set_font

ASIDE_MS = 350
"""Until the window is gone from the screen, with the animations of the system."""
SMALLEST = 8
SHADE = QColor(0, 0, 0, 120)
FLAGS = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Grab = Callable[[QScreen], QPixmap]


def grab_screen(screen: QScreen) -> QPixmap:
    """Return what a screen shows; empty where the system does not allow it."""
    return screen.grabWindow(0)


class ScreenRegion(QObject):
    """Takes one picture.

    Signals:
        taken: the picture, a QImage.
        refused: the system does not show its screen.
        ended: the window is back, however it ended.
    """

    taken = Signal(object)
    refused = Signal()
    ended = Signal()

    def __init__(self, window: QWidget, grab: Grab = grab_screen, aside_ms: int = ASIDE_MS) -> None:
        super().__init__(window)
        self._window, self._grab = window, grab
        self.stills: list[Still] = []
        self._timer = QTimer(self, interval=aside_ms, singleShot=True)
        self._timer.timeout.connect(self._show_stills)

    def start(self) -> None:
        """Let the window step aside, and the person drag."""
        self._window.hide()
        self._timer.start()

    def _show_stills(self) -> None:
        grabbed = [(screen, self._grab(screen)) for screen in QGuiApplication.screens()]
        if any(picture.isNull() for _, picture in grabbed):
            self._end()
            self.refused.emit()
            return
        for screen, picture in grabbed:
            still = Still(screen, picture)
            still.chosen.connect(self._take)
            still.cancelled.connect(self._end)
            still.show()
            self.stills.append(still)
        self.stills[0].activateWindow()

    def _take(self, picture: QPixmap) -> None:
        self._end()
        self.taken.emit(picture.toImage())

    def _end(self) -> None:
        for still in self.stills:
            still.hide()
            still.deleteLater()
        self.stills.clear()
        self._window.show()
        self._window.activateWindow()
        self.ended.emit()


class Still(QWidget):
    """One screen as it was, over that screen.

    Signals:
        chosen: the part of it that the person wants, a QPixmap.
        cancelled: the person wants none.
    """

    chosen = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: QScreen, picture: QPixmap) -> None:
        super().__init__(None, FLAGS)
        self._picture = picture
        self._start: QPoint | None = None
        self._part = QRect()
        self.setAccessibleName(hint())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setGeometry(screen.geometry())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the screen dimmed, the part clear."""
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._picture)
        painter.fillRect(self.rect(), SHADE)
        if self._part.isValid():
            painter.drawPixmap(self._part, self._picture, self._in_picture(self._part))
            painter.setPen(QPen(tint("accent"), 2))
            painter.drawRect(self._part)
        elif self._start is None:
            self._draw_hint(painter)
        painter.end()

    def _draw_hint(self, painter: QPainter) -> None:
        set_font(painter, self.font(), QFont.Weight.DemiBold, px(16))
        centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        place = self.rect().adjusted(40, 40, -40, -40)
        words = painter.boundingRect(place, centred, hint()).adjusted(-20, -12, 20, 12)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 190))
        painter.drawRoundedRect(words, 12, 12)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(place, centred, hint())

    def _in_picture(self, part: QRect) -> QRect:
        """Return the same part in the pixels of the screen."""
        across, down = self._picture.width() / self.width(), self._picture.height() / self.height()
        return QRect(
            round(part.x() * across), round(part.y() * down), round(part.width() * across), round(part.height() * down)
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a part; the other button takes none."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start, self._part = event.position().toPoint(), QRect()
        else:
            self.cancelled.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the part."""
        if self._start is not None:
            self._part = QRect(self._start, event.position().toPoint()).normalized().intersected(self.rect())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the part, unless it was only a click."""
        part, self._start, self._part = self._part, None, QRect()
        if min(part.width(), part.height()) >= SMALLEST:
            self.chosen.emit(self._picture.copy(self._in_picture(part)))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the whole screen, Esc none."""
        if event.key() in ENTER:
            self.chosen.emit(self._picture)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()


def hint() -> str:
    """Return what can be done."""
    return translate("chat", "Drag over what you want to add. Enter takes the whole screen, Esc none.")
