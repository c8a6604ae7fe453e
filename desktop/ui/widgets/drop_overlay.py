"""The calm sheet over the page while files are dragged above it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.assets import IconName, icon
from desktop.ui.comfort import px
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.drawing import set_font

INSET = 10
RADIUS = 14
SIGN = 32
WORDS = 16


class DropOverlay(QWidget):
    """Covers its parent, which takes files from now on, and says what letting go does.

    Signals:
        dropped: what was dropped on the parent.
    """

    dropped = Signal(object)

    def __init__(
        self, parent: QWidget, words: str, takes: Callable[[QMimeData], bool], sign: IconName = "paperclip"
    ) -> None:
        """Accept drops on the parent from now on.

        Args:
            parent: what is covered.
            words: what letting go does.
            takes: whether what is dragged is taken.
            sign: the icon above the words.
        """
        super().__init__(parent)
        self._page = parent
        self._takes = takes
        self._sign: IconName = sign
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = words
        self.setAccessibleName(self.words)
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        """Cover the page."""
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drags of the parent, and stay as large as it is."""
        match event.type():
            case QEvent.Type.Resize if self.isVisible():
                self.setGeometry(self._page.rect())
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent) and self._takes(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.appear()
                return True
            case QEvent.Type.DragLeave:
                self.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self.hide()
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.dropped.emit(event.mimeData())
                return True
            case _:
                pass
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet, its edge and the words."""
        ground = QColor(self.palette().color(QPalette.ColorRole.Window))
        ground.setAlphaF(0.92)
        accent = tint("accent")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), ground)
        pen = QPen(accent, 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET), px(RADIUS), px(RADIUS))
        middle, size = self.rect().center(), px(SIGN)
        icon(self._sign, accent.name(), size).paint(
            painter, middle.x() - size // 2, middle.y() - size - px(4), size, size
        )
        set_font(painter, self.font(), QFont.Weight.DemiBold, px(WORDS))
        painter.setPen(tint("text"))
        below = self.rect().adjusted(2 * INSET, self.height() // 2 + px(8), -2 * INSET, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.words)
        painter.end()
