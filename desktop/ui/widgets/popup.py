"""A pop-up with rounded corners that closes when the person clicks elsewhere."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

FLAGS = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint


class Popup(QWidget):
    """The frame of a pop-up; what it shows goes into `content`."""

    def __init__(self, label: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(label)
        self.setFixedWidth(width)
        frame = QFrame(self)
        frame.setProperty("role", "popup")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.content = QVBoxLayout(frame)
        self.content.setContentsMargins(8, 8, 8, 8)
        self.content.setSpacing(4)

    def open_below(self, anchor: QWidget) -> None:
        """Show it under a control, inside the screen; its other end is in line where it would leave the window."""
        self.adjustSize()
        window = anchor.window()
        begins = anchor.mapTo(window, QPoint(0, 0)).x()
        mirrored = anchor.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored or begins + self.width() > window.width():
            begins = max(0, begins + anchor.width() - self.width())
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + 6)).y()
        self._show_at(QPoint(window.mapToGlobal(QPoint(begins, 0)).x(), below), anchor)

    def open_over(self, window: QWidget) -> None:
        """Show it in the middle of a window."""
        self.adjustSize()
        middle = window.mapToGlobal(window.rect().center())
        self._show_at(middle - self.rect().center(), window)

    def _show_at(self, place: QPoint, near: QWidget) -> None:
        space = near.screen().availableGeometry()
        x = max(space.left() + 8, min(place.x(), space.right() - self.width() - 8))
        y = max(space.top() + 8, min(place.y(), space.bottom() - self.height() - 8))
        self.move(x, y)
        self.show()


def rounded_menu(parent: QWidget) -> QMenu:
    """Return an empty menu in the look of the pop-ups; it goes away when it is closed."""
    menu = QMenu(parent)
    menu.setWindowFlags(menu.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
    menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
