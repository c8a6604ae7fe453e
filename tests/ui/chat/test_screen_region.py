"""A part of the screen becomes a picture beside the question."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.chat.screen_region import ScreenRegion, Still


@dataclass
class Screen:
    """A window that steps aside, and what came of it."""

    window: QWidget
    region: ScreenRegion
    taken: list[QImage] = field(default_factory=list)

    @property
    def still(self) -> Still:
        return self.region.stills[0]


def dense(screen: QScreen) -> QPixmap:
    """A screen of twice as many pixels as its size tells, blue on the left, red on the right."""
    image = QPixmap(screen.size() * 2)
    image.fill(QColor("blue"))
    half = QPixmap(screen.size().width(), screen.size().height() * 2)
    half.fill(QColor("red"))
    painter = QPainter(image)
    painter.drawPixmap(screen.size().width(), 0, half)
    painter.end()
    return image


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Screen(window, ScreenRegion(window, dense, aside_ms=0))
    made.region.taken.connect(made.taken.append)
    made.region.start()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: bool(made.region.stills))
    return made


def test_a_part_is_dragged_and_taken_in_the_pixels_of_the_screen(screen: Screen) -> None:
    right = screen.still.width() * 3 // 4
    QTest.mousePress(screen.still, Qt.MouseButton.LeftButton, pos=QPoint(right, 40))
    QTest.mouseMove(screen.still, QPoint(right + 59, 99))
    QTest.mouseRelease(screen.still, Qt.MouseButton.LeftButton)
    (image,) = screen.taken
    assert (image.width(), image.height()) == (120, 120)
    assert image.pixelColor(60, 60) == QColor("red")
    assert screen.window.isVisible()


def test_enter_takes_the_whole_screen(screen: Screen) -> None:
    width = screen.still.width()
    QTest.keyClick(screen.still, Qt.Key.Key_Return)
    assert screen.taken[0].width() == 2 * width


def test_esc_takes_nothing_and_the_window_comes_back(screen: Screen) -> None:
    QTest.keyClick(screen.still, Qt.Key.Key_Escape)
    assert screen.taken == []
    assert screen.window.isVisible()
    assert screen.region.stills == []


def test_a_click_takes_nothing_yet(screen: Screen) -> None:
    QTest.mouseClick(screen.still, Qt.MouseButton.LeftButton)
    assert screen.taken == []
    assert screen.still.isVisible()


def test_a_system_that_shows_nothing_is_told_of(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    region = ScreenRegion(window, lambda _: QPixmap(), aside_ms=0)
    with qtbot.waitSignal(region.refused):
        region.start()
    assert window.isVisible()
