"""Records: the microphone's samples go down to the service, what happens goes to the panel."""

from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

from PySide6.QtCore import QDateTime, QObject, Signal, SignalInstance

from desktop.core.events import Event
from desktop.core.media import SAMPLE_RATE
from desktop.core.resampling import level
from desktop.core.taking import clock
from desktop.core.voice_events import RecordingFailed, RecordingSaved
from desktop.ui.i18n import translate
from desktop.ui.notices import UNDO_SECONDS, Notice, Tone
from desktop.ui.texts import sentence
from desktop.ui.voice.commands import RecordingCommands
from desktop.ui.voice.microphone import Device, Trouble
from desktop.ui.voice.recorder_panel import RecorderPanel
from desktop.ui.voice.wording import trouble_words

SAMPLE_BYTES = 4


class Ears(Protocol):
    """The microphone."""

    started: SignalInstance
    heard: SignalInstance
    broke: SignalInstance

    @property
    def used(self) -> str:
        """The id of the microphone that was started last."""

    def devices(self) -> tuple[Device, ...]:
        """Return those that are there."""

    def start(self, wanted: str = "") -> None:
        """Hear."""

    def stop(self) -> None:
        """Hear nothing more."""


class Recorder(QObject):
    """One recording at a time; nothing that was said is lost by a key, a plug or a closed window.

    Signals:
        began: the panel is to be shown.
        ended: the panel is to go.
        recorded: a recording becomes an attachment; its token.
        told: a Notice for the person.
        microphone_chosen: the id of the microphone to use from now on.
    """

    began = Signal()
    ended = Signal()
    recorded = Signal(str)
    told = Signal(object)
    microphone_chosen = Signal(str)

    def __init__(self, voice: RecordingCommands, make_ears: Callable[[], Ears], panel: RecorderPanel) -> None:
        super().__init__(panel)
        self._voice = voice
        self._make_ears = make_ears
        self._ears: Ears | None = None
        self._panel = panel
        self._token = ""
        self._seconds = 0.0
        self._hears = False
        self.is_open = False
        """Whether there is a recording, or the wish for one, in the window."""
        self.wanted = ""
        """The id of the microphone to use."""
        panel.paused.connect(self.pause_or_go_on)
        panel.discarded.connect(self.discard)
        panel.done.connect(self.finish)
        panel.device_chosen.connect(self._choose)
        panel.devices_asked.connect(lambda: panel.offer_devices(self._microphone().devices(), self._microphone().used))

    def toggle(self) -> None:
        """Begin a recording, or end the one under way."""
        if self.is_open:
            self.finish()
            return
        self._token, self._seconds, self.is_open = "", 0.0, True
        self._panel.meter.bars.clear()
        self._panel.show_time(0.0)
        self._show()
        self._microphone().start(self.wanted)

    def pause_or_go_on(self) -> None:
        """Stop for now, or go on."""
        if self._hears:
            self.rest()
        else:
            self._microphone().start(self.wanted)

    def rest(self) -> None:
        """Hear nothing for now; everything that was said stays."""
        if self._ears is not None:
            self._ears.stop()
        self._hears = False
        self._panel.show_running(False, translate("voice", "Paused") if self.is_open else "")

    def finish(self) -> None:
        """End the recording; it becomes an attachment."""
        token = self._close()
        if token:
            day = QDateTime.currentDateTime().toString("yyyy-MM-dd hh.mm")  # it becomes the name of a file
            self.recorded.emit(token)
            self._voice.finish(token, translate("voice", "Recording {day}.wav", day=day))

    def discard(self) -> None:
        """Give the recording up; until the notice goes it can be taken back."""
        seconds, bars, token = self._seconds, list(self._panel.meter.bars), self._close()
        if not token:
            return

        def take_back() -> None:
            if self.is_open:
                self.finish()
            self._token, self._seconds = token, seconds
            self._panel.meter.bars.extend(bars)
            self._panel.show_time(seconds)
            self._show()
            self.rest()

        self.told.emit(
            Notice(
                translate("voice", "The recording of {time} was discarded.", time=clock(seconds)),
                Tone.UNDO,
                translate("voice", "Undo"),
                take_back,
                closed=lambda: self._voice.discard(token),
                seconds=UNDO_SECONDS,
            )
        )

    def apply(self, event: Event) -> None:
        """Follow what happened."""
        match event:
            case RecordingSaved(token, seconds) if token == self._token and self._hears:
                self._panel.show_note(translate("voice", "Saved up to {time}", time=clock(seconds)))
            case RecordingFailed(token, error) if token == self._token:
                self._close()
                self.recorded.emit(token)
                self.told.emit(Notice(sentence(error), Tone.ERROR, seconds=0))

    def _microphone(self) -> Ears:
        if self._ears is None:
            self._ears = self._make_ears()
            self._ears.started.connect(self._start)
            self._ears.heard.connect(self._take)
            self._ears.broke.connect(self._break)
        return self._ears

    def _show(self) -> None:
        self.is_open = True
        self._panel.show_running(False, "")
        self.began.emit()
        self._panel.setFocus()

    def _close(self) -> str:
        if self._ears is not None:
            self._ears.stop()
        token, self._token, self._hears = self._token, "", False
        if self.is_open:
            self.is_open = False
            self.ended.emit()
        return token

    def _start(self) -> None:
        if not self.is_open:
            return
        if not self._token:
            self._token = uuid4().hex
            self._voice.record(self._token)
        self._hears = True
        self._panel.show_running(True, "")

    def _take(self, samples: bytes) -> None:
        if self._token:
            self._voice.take(self._token, samples)
            self._seconds += len(samples) / SAMPLE_BYTES / SAMPLE_RATE
            self._panel.show_time(self._seconds)
            self._panel.meter.add(level(samples))

    def _break(self, trouble: Trouble) -> None:
        self._hears = False
        self._panel.show_running(False, trouble_words(trouble))

    def _choose(self, device: str) -> None:
        self.wanted = device
        self.microphone_chosen.emit(device)
        if self._hears:
            self._microphone().start(device)
