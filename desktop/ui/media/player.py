"""The player: a film or a sound in the window, with its controls and keys."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError
from desktop.core.events import Event
from desktop.core.media import Kind
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.media.commands import PlayCommands
from desktop.ui.media.controls import STEP, Controls
from desktop.ui.media.pacer import OpenPacer, open_pacer
from desktop.ui.media.picture_area import PictureArea
from desktop.ui.media.playback import Playback
from desktop.ui.texts import sentence
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.spoken import say

SETTLED = 250
"""Milliseconds after which a window that was resized has its size."""
SHARP = 1.25
"""Frames are asked for anew when they could be so many times as large."""
SLOW = 400
"""Milliseconds of waiting until something is said about it."""


class Player(QWidget):
    """Plays one thing at a time.

    Signals:
        reached: the moment that is played, in seconds, about ten times a second.
    """

    reached = Signal(float)

    def __init__(
        self, playing: PlayCommands, parent: QWidget | None = None, *, open_pacer: OpenPacer = open_pacer
    ) -> None:
        super().__init__(parent)
        self._attachment: Attachment | None = None
        self._ended = False
        self._error: AppError | None = None
        self.playback = Playback(playing, open_pacer, self)
        self.picture = PictureArea(self)
        self.note = PlainLabel("", "small", self, wraps=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.hide()
        self.controls = Controls(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.picture, 1)
        column.addWidget(self.note)
        column.addWidget(self.controls)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW)
        self._slow.timeout.connect(lambda: self.picture.show_message(translate("media", "Loading…")))
        self._side = 0
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED)
        self._settled.timeout.connect(self._sharpen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._show_action()

    def show_media(self, attachment: Attachment, seconds: float, *, play: bool) -> None:
        """Show a film or a sound at this moment, and play it from there if so wished."""
        self.halt()
        facts = attachment.facts
        self._attachment = attachment
        sounds = facts.kind is Kind.SOUND or facts.has_sound
        self.setAccessibleName(translate("media", "Player: {name}", name=attachment.name))
        self.controls.show_length(facts.seconds, sounds=sounds)
        (self.picture.show_sound if facts.kind is Kind.SOUND else self.picture.show_film)(attachment.name)
        self.playback.open(sounds=sounds)
        self._show_note()
        self._begin(seconds, play=play)

    def apply(self, event: Event) -> None:
        """Take what comes of the film that is played."""
        self.playback.apply(event)

    def halt(self) -> None:
        """Play nothing more and let go of everything."""
        self.playback.close()
        self._settled.stop()
        self._attachment, self._ended, self._error = None, False, None
        self._show_action()

    def toggle(self) -> None:
        """Play or pause; play again after the end; try again after an error."""
        if self._attachment is None:
            return
        if self._ended or self._error is not None:
            self._begin(0.0 if self._ended else self.playback.now(), play=True)
        else:
            self.playback.set_wanted(not self.playback.wanted)
        self._show_action()

    def seek(self, seconds: float) -> None:
        """Go on from this moment, or stand still there."""
        if self._attachment is not None:
            self._begin(seconds, play=self.playback.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be played with the keys that all players have."""
        if not self._press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the arrow keys: buttons would move the focus with them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() != Qt.Key.Key_Space:
            return self._press(event)
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Play nothing that cannot be stopped."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.halt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look for sharper frames once the size is the last."""
        super().resizeEvent(event)
        if self._attachment is not None:
            self._settled.start()

    def _sharpen(self) -> None:
        going = not self._ended and self._error is None
        if self._attachment is not None and going and self.picture.side(self._attachment.facts) > self._side * SHARP:
            self.seek(self.playback.now())

    def _connect(self) -> None:
        self.playback.shown.connect(self.picture.show_frame)
        self.playback.moved.connect(self.controls.show_time)
        self.playback.moved.connect(self.reached)
        self.playback.waiting.connect(self._show_waiting)
        self.playback.finished.connect(self._finish)
        self.playback.failed.connect(self._fail)
        self.playback.device_lost.connect(self._show_note)
        self.picture.clicked.connect(self.toggle)
        self.controls.toggled.connect(self.toggle)
        self.controls.sought.connect(self.seek)
        self.controls.volume_changed.connect(self.playback.set_volume)
        for button in (self.controls.play, self.controls.mute):
            button.installEventFilter(self)

    def _press(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Space:
                self.toggle()
            case Qt.Key.Key_Left:
                self.seek(self.playback.now() - STEP)
            case Qt.Key.Key_Right:
                self.seek(self.playback.now() + STEP)
            case Qt.Key.Key_Home:
                self.seek(0.0)
            case Qt.Key.Key_Up:
                self.controls.louder(5)
            case Qt.Key.Key_Down:
                self.controls.louder(-5)
            case Qt.Key.Key_M:
                self.controls.toggle_mute()
            case _:
                return False
        return True

    def _begin(self, seconds: float, *, play: bool) -> None:
        if (attachment := self._attachment) is None:
            return
        self._ended, self._error = False, None
        at = max(0.0, min(seconds, attachment.facts.seconds))
        self.picture.show_message("")
        self.controls.show_time(at)
        _lay_out(self)
        self._side = self.picture.side(attachment.facts)
        self.playback.begin(attachment, at, self._side, play=play)
        self._show_action()

    def _finish(self) -> None:
        self._ended = True
        if self._attachment is not None:
            self.controls.show_time(self._attachment.facts.seconds)
        self._show_action()

    def _fail(self, error: AppError) -> None:
        self._error = error
        words = sentence(error)
        self.picture.show_message(words, error=True)
        say(self, words)
        self._show_action()

    def _show_waiting(self, on: bool) -> None:
        if on:
            self._slow.start()
        else:
            self._slow.stop()
            self.picture.show_message("")

    def _show_note(self) -> None:
        lacks = self.controls.has_sound and not self.playback.audible
        self.note.setText(translate("media", "No sound device: playing without sound") if lacks else "")
        self.note.setVisible(lacks)
        self.controls.offer_volume(self.controls.has_sound and not lacks)

    def _show_action(self) -> None:
        if self._ended:
            self.controls.show_action("refresh", translate("media", "Play again (Space)"))
        elif self._error is not None:
            self.controls.show_action("refresh", translate("media", "Try again (Space)"))
        elif self.playback.wanted:
            self.controls.show_action("pause", translate("media", "Pause (Space)"))
        else:
            self.controls.show_action("play", translate("media", "Play (Space)"))


def _lay_out(widget: QWidget) -> None:
    """Give a widget that was shown just now its size: frames are asked for as large as it is."""
    parent = widget.parentWidget()
    if parent is not None and not widget.isWindow():
        _lay_out(parent)
    if (layout := widget.layout()) is not None:
        layout.activate()
