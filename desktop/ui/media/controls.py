"""The row below a film: play, the time, how loud. It runs from left to right everywhere, as the film does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from desktop.core.taking import clock
from desktop.ui.assets import IconName
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel

STEP = 5.0
"""Seconds that an arrow key moves by."""
LOUDEST = 100


class PointSlider(QSlider):
    """A slider whose handle comes to where it is clicked."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle wherever it is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the handle along."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if self.isSliderDown():
            self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        half = px(7)
        share = (event.position().x() - half) / max(1, self.width() - 2 * half)
        low, high = self.minimum(), self.maximum()
        self.setSliderPosition(round(low + min(1.0, max(0.0, share)) * (high - low)))


class Controls(QWidget):
    """Shows how it goes, and tells what the person wants.

    Signals:
        toggled: play, or pause, or play again.
        sought: the moment to go to, in seconds.
        volume_changed: from 0 to 1.
    """

    toggled = Signal()
    sought = Signal(float)
    volume_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._muted = False
        self.has_sound = False
        self.play = IconButton("play", translate("media", "Play (Space)"), self, "text")
        self.elapsed = PlainLabel("", "small", self)
        self.elapsed.setAccessibleName(translate("media", "Time"))
        self.seek = PointSlider(translate("media", "Moment"), self)
        self.seek.setToolTip(translate("media", "Go to a moment (Left, Right, Home)"))
        self.seek.setSingleStep(round(STEP * 1000))
        self.seek.setPageStep(30_000)
        self.total = PlainLabel("", "small", self)
        self.total.setAccessibleName(translate("media", "Length"))
        self.mute = IconButton("volume", "", self)
        self.volume = PointSlider(translate("media", "Volume"), self)
        self.volume.setToolTip(translate("media", "Volume (Up, Down)"))
        self.volume.setRange(0, LOUDEST)
        self.volume.setPageStep(10)
        self.volume.setSingleStep(5)
        self.volume.setValue(LOUDEST)
        self.volume.setMinimumWidth(px(48))
        self.volume.setMaximumWidth(px(96))
        self.seek.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.seek.setMinimumWidth(px(60))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), px(6), px(12), px(6))
        row.setSpacing(px(8))
        for part in (self.play, self.elapsed, self.seek, self.total, self.mute, self.volume):
            row.addWidget(part, 4 if part is self.seek else 1 if part is self.volume else 0)
        self.play.clicked.connect(self.toggled)
        self.mute.clicked.connect(self.toggle_mute)
        self.seek.valueChanged.connect(lambda value: self.sought.emit(value / 1000))
        self.seek.sliderMoved.connect(lambda value: self._say_time(value / 1000))
        self.seek.setTracking(False)
        self.volume.valueChanged.connect(self._change_volume)
        self._show_mute()

    @property
    def loudness(self) -> float:
        """What is heard of it, from 0 to 1."""
        return 0.0 if self._muted else self.volume.value() / LOUDEST

    def show_length(self, seconds: float, *, sounds: bool) -> None:
        """Be for something so long; without sound there is no volume."""
        self.seek.blockSignals(True)
        self.seek.setRange(0, round(seconds * 1000))
        self.seek.blockSignals(False)
        self.total.setText(clock(seconds))
        self.elapsed.setMinimumWidth(self.elapsed.fontMetrics().horizontalAdvance(clock(seconds)))
        self.has_sound = sounds
        self.offer_volume(sounds)

    def offer_volume(self, on: bool) -> None:
        """Let the person choose how loud it is, while there is something to hear."""
        self.mute.setVisible(on)
        self.volume.setVisible(on)

    def show_time(self, seconds: float) -> None:
        """Show the moment that is played, unless the person looks for another."""
        if self.seek.isSliderDown():
            return
        self.seek.blockSignals(True)
        self.seek.setValue(round(seconds * 1000))
        self.seek.blockSignals(False)
        self._say_time(seconds)

    def show_action(self, name: IconName, label: str) -> None:
        """Show what the first button does."""
        if self.play.toolTip() != label:
            self.play.set_icon(name)
            self.play.set_label(label)

    def toggle_mute(self) -> None:
        """Be silent, or as loud as before."""
        self._muted = not self._muted
        self._show_mute()

    def louder(self, by: int) -> None:
        """Be a little louder, or quieter."""
        self.volume.setValue(self.volume.value() + by)

    def _change_volume(self) -> None:
        self._muted = False
        self._show_mute()

    def _show_mute(self) -> None:
        silent = self.loudness == 0
        self.mute.set_icon("volume-off" if silent else "volume")
        self.mute.set_label(translate("media", "Sound on (M)") if silent else translate("media", "Sound off (M)"))
        self.volume_changed.emit(self.loudness)

    def _say_time(self, seconds: float) -> None:
        if (words := clock(seconds)) != self.elapsed.text():
            self.elapsed.setText(words)
        told = translate("media", "{time} of {length}", time=words, length=self.total.text())
        if told != self.seek.accessibleDescription():
            self.seek.setAccessibleDescription(told)
