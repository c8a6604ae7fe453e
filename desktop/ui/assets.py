"""Icons: line drawings of `resources/icons`, tinted when they are first asked for."""

from functools import lru_cache
from math import ceil
from typing import Literal

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.core.paths import resources

IconName = Literal[
    "plus", "search", "send", "stop", "copy", "edit", "refresh", "chevron-left", "chevron-right", "chevron-down",
    "arrow-down", "sun", "moon", "contrast", "chip", "lock", "pin", "archive", "trash", "more", "check", "close",
    "key", "sidebar", "sliders", "info", "alert", "link", "shield", "eye", "undo",
    "folder", "folder-plus", "unarchive", "cube", "gauge",
    "chevron-up", "print", "export", "letter-case",
    "paperclip", "picture", "film", "waveform", "screen-region",
    "microphone", "dictate", "pause", "play", "read-aloud", "volume", "volume-off", "minus",
    "tool", "library", "document", "sheet", "slides", "mail",
]  # fmt: skip


def scales() -> range:
    """Return the densities for which icons are drawn: those of the screens that are there."""
    densest = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return range(1, ceil(densest) + 1)


@lru_cache(maxsize=256)
def icon(name: IconName, color: str, size: int = 18) -> QIcon:
    """Return the icon drawn in one colour, sharp at `size` on screens of any density."""
    drawing = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    made = QIcon()
    for scale in scales():
        picture = QPixmap(size * scale, size * scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        picture.setDevicePixelRatio(scale)
        made.addPixmap(picture)
    return made


@lru_cache(maxsize=1)
def application_icon() -> QIcon:
    """Return the sign of the program, for windows and task bars."""
    return QIcon(str(resources() / "icons" / "inglenook.svg"))
