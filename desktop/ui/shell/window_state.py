"""Where the window stood."""

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

FIRST = QSize(1180, 800)
SMALLEST = QSize(420, 480)


def restore(window: QWidget, geometry: str) -> None:
    """Put the window where it was, or in a good size at the first start."""
    window.setMinimumSize(SMALLEST)
    saved = QByteArray.fromBase64(geometry.encode("ascii", "ignore"))
    if saved.isEmpty() or not window.restoreGeometry(saved):
        space = window.screen().availableGeometry().size()
        window.resize(FIRST.boundedTo(space * 0.92).expandedTo(SMALLEST))


def geometry_of(window: QWidget) -> str:
    """Return where the window is, as text for the settings."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def come_forward(window: QWidget) -> None:
    """Bring the window in front of the others."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
