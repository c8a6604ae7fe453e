"""A panel that floats over the window: a shade, rounded corners, and the focus given back when it closes."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

MARGIN = 16
RADIUS = 12
SHADOW = 14


class Scrim(QFrame):
    """The shade over the page behind what lies above it; a click on it puts that away."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "scrim")
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put it away."""
        self.clicked.emit()
        event.accept()


class Overlay(Scrim):
    """Covers a window while it is open; what the panel shows goes into `content`.

    Why no dialog: it moves, shrinks and closes with the window, and the window keeps its shortcuts.
    """

    def __init__(self, label: str, width: int, host: QWidget) -> None:
        super().__init__(host)
        self.setAccessibleName(label)
        self._host = host
        self._width = width
        self._before: QWidget | None = None
        self.is_open = False
        self.panel = QFrame(self)
        self.panel.setProperty("role", "popup")
        self.panel.setAccessibleName(label)
        self.content = QVBoxLayout(self.panel)
        self.content.setContentsMargins(8, 8, 8, 8)
        self.content.setSpacing(8)
        self.clicked.connect(self.leave)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    def open(self) -> None:
        """Show it, and note where the focus was."""
        if self.is_open:
            return
        self._before = QApplication.focusWidget()
        self.is_open = True
        self._host.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        self.first_stop().setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close it, and give the focus back."""
        if not self.is_open:
            return
        self.is_open = False
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._put_away()

    def toggle(self) -> None:
        """Open it, or close it."""
        if self.is_open:
            self.leave()
        else:
            self.open()

    def place(self) -> None:
        """Lie over the whole window, the panel where it belongs."""
        self.setGeometry(self._host.rect())
        width = max(1, min(self._width, self.width() - 2 * MARGIN))
        space = QRect((self.width() - width) // 2, MARGIN, width, max(1, self.height() - 2 * MARGIN))
        wanted = self.fit(space)
        if wanted != self.panel.geometry():
            self.panel.setGeometry(wanted)
            self.update()

    def fit(self, space: QRect) -> QRect:
        """Return where the panel goes inside the space there is; all of it, unless a panel knows better."""
        return space

    def first_stop(self) -> QWidget:
        """Return what has the focus at first."""
        return self.panel

    def closed_now(self) -> None:
        """Forget what need not be kept; called when it has closed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange) and self.is_open:
            self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; no other key reaches what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the panel."""
        if self.panel.geometry().contains(event.position().toPoint()):
            event.accept()
        else:
            super().mousePressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the Tab key inside."""
        stops = [
            one
            for one in self.panel.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        ]
        if not stops:
            return True
        now = QApplication.focusWidget()
        at = stops.index(now) if now in stops else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shade, and a soft edge around the panel."""
        super().paintEvent(event)
        if self.panel.geometry().contains(event.rect()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 8))
        place = QRectF(self.panel.geometry())
        for step in range(SHADOW, 0, -2):
            painter.drawRoundedRect(place.adjusted(-step, 4 - step, step, 4 + step), RADIUS + step, RADIUS + step)
        painter.end()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Close when the focus goes elsewhere in the window, where a shortcut led it."""
        if self.is_open and new is not None and new.window() is self.window() and not self.isAncestorOf(new):
            self.is_open = False
            self._before = None
            self._put_away()

    def _put_away(self) -> None:
        self._host.removeEventFilter(self)
        self.hide()
        self.closed_now()
