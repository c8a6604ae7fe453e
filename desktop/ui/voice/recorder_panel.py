"""What stands in the place of the words while something is recorded."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.taking import clock
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.voice.level_meter import LevelMeter
from desktop.ui.voice.microphone import Device
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.popup import rounded_menu

SIDE = 34


class RecorderPanel(QWidget):
    """The time, the loudness, and what can be done.

    Signals:
        paused: stop for now, or go on.
        discarded: the recording is not wanted.
        done: it is complete.
        device_chosen: the id of another microphone.
        devices_asked: the menu of the microphones shall open.
    """

    paused = Signal()
    discarded = Signal()
    done = Signal()
    device_chosen = Signal(str)
    devices_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("voice", "Recording"))
        self.time = PlainLabel("", "heading", self)
        self.meter = LevelMeter(self)
        self.pause = IconButton("pause", translate("voice", "Pause (Esc)"), self, "text")
        self.device = IconButton("microphone", translate("voice", "Choose the microphone"), self)
        self.discard = IconButton("trash", translate("voice", "Discard the recording"), self)
        self.finish = IconButton("check", translate("voice", "Done (Ctrl+Shift+R)"), self, "on_accent")
        self.finish.setProperty("role", "send")
        self.note = PlainLabel("", "small", self, wraps=True)
        self.pause.clicked.connect(self.paused)
        self.device.clicked.connect(self.devices_asked)
        self.discard.clicked.connect(self.discarded)
        self.finish.clicked.connect(self.done)
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(self.time)
        row.addSpacing(px(4))
        row.addWidget(self.meter, 1)
        for button in (self.pause, self.device, self.discard, self.finish):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(7), 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.note)
        column.addLayout(row)  # the last one: its button stands where the one that sends stood
        self._scale()
        self.show_time(0.0)

    def show_time(self, seconds: float) -> None:
        """Say how long the recording is."""
        if (words := clock(seconds)) != self.time.text():
            self.time.setText(words)

    def show_running(self, on: bool, note: str) -> None:
        """Show whether it goes on, and a note on that."""
        self.meter.set_live(on)
        self.pause.set_icon("pause" if on else "play")
        self.pause.set_label(translate("voice", "Pause (Esc)") if on else translate("voice", "Go on recording"))
        self.show_note(note)

    def show_note(self, note: str) -> None:
        """Say something above the bars."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def offer_devices(self, devices: tuple[Device, ...], used: str) -> None:
        """Open the menu of the microphones."""
        menu = rounded_menu(self)
        menu.setAccessibleName(translate("voice", "Microphones"))
        for device in devices:
            action = menu.addAction(device.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(device.id == used)
            action.triggered.connect(lambda _=False, chosen=device.id: self.device_chosen.emit(chosen))
        if not devices:
            menu.addAction(translate("voice", "No microphone was found")).setEnabled(False)
        menu.popup(self.device.mapToGlobal(QPoint(0, self.device.height())))

    def changeEvent(self, event: QEvent) -> None:
        """Be as large as the text is."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._scale()

    def _scale(self) -> None:
        self.finish.setFixedSize(QSize(px(SIDE), px(SIDE)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc pauses and never loses anything; Enter ends."""
        if event.key() == Qt.Key.Key_Escape:
            if self.meter.live:
                self.paused.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)
