"""The sidebar beside the page in a wide window, and over it in a narrow one."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from desktop.ui.comfort import px
from desktop.ui.widgets.overlay import Scrim

NARROW = 800
WIDEST = 320
LEFT_OVER = 56


class Drawer(QObject):
    """Moves the sidebar between the splitter and the place above the page.

    Signals:
        moved: the sidebar is somewhere else, or hidden.
        left: the sidebar was put away while it had the keyboard.
    """

    moved = Signal()
    left = Signal()

    def __init__(self, sidebar: QWidget, splitter: QSplitter, window: QWidget) -> None:
        super().__init__(window)
        self._sidebar = sidebar
        self._splitter = splitter
        self._window = window
        self._scrim = Scrim(window)
        self._scrim.clicked.connect(self.close)
        self.is_wanted = True
        self._width = sidebar.width()
        self.narrow = False

    @property
    def width(self) -> int:
        """Width of the sidebar in a wide window."""
        sizes = self._splitter.sizes()
        return sizes[0] if not self.narrow and self.is_wanted and sizes[0] > 0 else self._width

    @property
    def is_open(self) -> bool:
        """Whether the sidebar lies over the page."""
        return self.narrow and not self._sidebar.isHidden()

    @property
    def is_away(self) -> bool:
        """Whether the page has to offer a way to the sidebar."""
        return self.narrow or not self.is_wanted

    def put_away(self) -> None:
        """Begin without the sidebar."""
        self.is_wanted = False
        self._sidebar.hide()
        self.moved.emit()

    def set_width(self, width: int) -> None:
        """Give the sidebar this width in a wide window."""
        self._width = width
        if not self.narrow:
            self._splitter.setSizes([width, max(1, self._window.width() - width - self._splitter.handleWidth())])

    def fit(self) -> None:
        """Follow the width of the window."""
        narrow = self._window.width() < px(NARROW)
        if narrow != self.narrow:
            if narrow:
                self._width = self.width
            self.narrow = narrow
            self._dock()
            self.moved.emit()
        if self.is_open:
            self._place()

    def toggle(self) -> None:
        """Show the sidebar, or put it away."""
        if not self.narrow:
            if self.is_wanted:
                self._width = self.width
            self.is_wanted = not self.is_wanted
            if self.is_wanted:
                self._sidebar.show()
                self.set_width(self._width)
            else:
                self._hide()
            self.moved.emit()
        elif self.is_open:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Make sure that the sidebar can be seen."""
        if self.narrow:
            self._place()
            self._scrim.show()
            self._scrim.raise_()
            self._sidebar.show()
            self._sidebar.raise_()
            self._sidebar.setFocus()
        elif not self.is_wanted:
            self.toggle()

    def close(self) -> None:
        """Put the sidebar away when it lies over the page."""
        if self.narrow:
            self._hide()
            self._scrim.hide()

    def _hide(self) -> None:
        now = QApplication.focusWidget()
        held = now is not None and self._sidebar.isAncestorOf(now)
        self._sidebar.hide()
        if held:
            self.left.emit()

    def _dock(self) -> None:
        self._scrim.hide()
        if self.narrow:
            self._sidebar.hide()
            self._sidebar.setParent(self._window, Qt.WindowType.Widget)
        else:
            self._splitter.insertWidget(0, self._sidebar)
            self._splitter.setStretchFactor(0, 0)
            self._splitter.setCollapsible(0, False)
            self._sidebar.setVisible(self.is_wanted)
            self.set_width(self._width)

    def _place(self) -> None:
        width, height = self._window.width(), self._window.height()
        self._scrim.setGeometry(0, 0, width, height)
        self._sidebar.setGeometry(0, 0, min(px(WIDEST), width - LEFT_OVER), height)
