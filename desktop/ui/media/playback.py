"""Keeps a film or a sound going: asks for what comes next, and hands it out when its time has come."""

from itertools import count

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.core.attachments import Attachment
from desktop.core.events import Event
from desktop.core.media import Kind
from desktop.core.viewing_events import MomentPlayed, PlayingEnded, ViewFailed
from desktop.ui.media.commands import PlayCommands
from desktop.ui.media.pacer import OpenPacer, Pacer, SilentPacer
from desktop.ui.media.reel import Reel

TICK = 15
TELL_SECONDS = 0.1
START_SECONDS = 0.25
"""So much is in hand before it goes on, so that it does not stop at once."""
PATIENCE = 800
"""Milliseconds without anything new until it goes on with what there is: the next picture may be far away."""
PLAYINGS = count(1)


class Playback(QObject):
    """One thing at a time, running, waiting for what comes, or standing still.

    Signals:
        shown: the Picture whose time has come.
        moved: the moment that is played, about ten times a second.
        waiting: whether it waits for what comes next.
        finished: the end is reached.
        failed: the AppError that ended it.
        device_lost: nothing can be heard any more.
    """

    shown = Signal(object)
    moved = Signal(float)
    waiting = Signal(bool)
    finished = Signal()
    failed = Signal(object)
    device_lost = Signal()

    def __init__(self, playing: PlayCommands, open_pacer: OpenPacer, parent: QObject) -> None:
        super().__init__(parent)
        self._playing = playing
        self._open_pacer = open_pacer
        self._token = ""
        self._reel = Reel(0.0, seen=False, heard=False)
        self._pacer: Pacer = SilentPacer()
        self._volume = 1.0
        self._wanted = self._running = self._waiting = self._impatient = False
        self._told = 0.0
        self._ticks, self._patience = QTimer(self), QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticks.setInterval(TICK)
        self._ticks.timeout.connect(self._go_on)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._lose_patience)

    @property
    def wanted(self) -> bool:
        """Whether it shall play."""
        return self._wanted

    @property
    def running(self) -> bool:
        """Whether it plays at this moment, and does not wait for anything."""
        return self._running

    @property
    def audible(self) -> bool:
        """Whether there is a device to hear it with."""
        return self._pacer.audible

    def now(self) -> float:
        """Return the moment that is played."""
        return self._pacer.now()

    def open(self, *, sounds: bool) -> None:
        """Get ready for something with sound, or without."""
        self.close()
        self._use(self._open_pacer(self, sounds))

    def begin(self, attachment: Attachment, at: float, side: int, *, play: bool) -> None:
        """Go to this moment, and on from there if so wished; frames come with this longer side."""
        self.stop()
        facts = attachment.facts
        seen = facts.kind is Kind.VIDEO
        self._wanted, self._told = play, at
        self._reel = Reel(at, seen=seen, heard=not seen or facts.has_sound)
        self._pacer.begin(at)
        self._token = f"player {next(PLAYINGS)}"
        self._set_waiting(True)
        self._playing.play(attachment, at, side, self._token)

    def set_wanted(self, on: bool) -> None:
        """Play, or stand still."""
        self._wanted = on
        self._go_on()

    def set_volume(self, volume: float) -> None:
        """Be so loud, from 0 to 1."""
        self._volume = volume
        self._pacer.set_volume(volume)

    def apply(self, event: Event) -> None:
        """Take what comes of what is played."""
        match event:
            case MomentPlayed(token, moment) if token == self._token:
                self._reel.take(moment)
                self._impatient = False
                self._patience.stop()
                if not self._running:
                    self._go_on()
            case PlayingEnded(token) if token == self._token:
                self._reel.ended = True
                self._go_on()
            case ViewFailed(token, error) if token == self._token:
                self.stop()
                self.failed.emit(error)
            case _:
                pass

    def stop(self) -> None:
        """Let nothing more come, and stand still here."""
        token, self._token = self._token, ""
        if token:
            self._playing.halt(token)
        self._set_running(False)
        self._set_waiting(False)
        self._wanted = self._impatient = False

    def close(self) -> None:
        """Stop, and let go of the device."""
        self.stop()
        self._pacer.close()
        self._pacer = SilentPacer()

    def _use(self, pacer: Pacer) -> None:
        self._pacer = pacer
        pacer.set_volume(self._volume)

    def _go_on(self) -> None:
        """Hand out what is due, or wait for it."""
        if not self._token:
            return
        if self._pacer.broken:
            self._lose_device()
        reel, now = self._reel, self._pacer.now()
        if (frame := reel.frame(now)) is not None:
            self.shown.emit(frame.picture)
        ahead = 0.0 if self._running else START_SECONDS
        ready = reel.reaches > now + ahead or self._impatient
        self._set_waiting((self._wanted and not ready) or not (reel.began or reel.ended))
        self._set_running(self._wanted and ready)
        if self._running:
            self._feed()
            self._tell(min(now, reel.end) if reel.ended else now)
        if reel.ended and self._wanted and now >= reel.end - 0.01:
            self.stop()
            self.moved.emit(reel.end)
            self.finished.emit()

    def _feed(self) -> None:
        fill = self._impatient or self._reel.is_silent
        while (room := self._pacer.room()) > 0:
            samples = self._reel.sound(self._pacer.written, room, fill=fill)
            if not samples:
                return
            self._pacer.write(samples)

    def _tell(self, now: float) -> None:
        if now >= self._told + TELL_SECONDS:
            self._told = now
            self._playing.advance(self._token, now)
            self.moved.emit(now)

    def _lose_device(self) -> None:
        at = self._pacer.now()
        self._set_running(False)
        self._pacer.close()
        self._use(SilentPacer())
        self._pacer.begin(at)
        self.device_lost.emit()

    def _set_running(self, on: bool) -> None:
        if on == self._running:
            return
        self._running = on
        if on:
            self._pacer.run()
            self._ticks.start()
        else:
            self._pacer.hold()
            self._ticks.stop()

    def _set_waiting(self, on: bool) -> None:
        if not on:
            self._patience.stop()
        elif self._reel.began and not self._patience.isActive():
            self._patience.start()
        if on != self._waiting:
            self._waiting = on
            self.waiting.emit(on)

    def _lose_patience(self) -> None:
        """Go on although nothing came: the service holds back what is more than a moment ahead."""
        self._impatient = self._reel.pictured = True
        self._go_on()
