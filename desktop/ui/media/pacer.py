"""What sets the pace of playing: the sound that a device has taken, or a clock where nothing can be heard.

QtMultimedia is loaded by the first use: it takes about a twentieth of a second.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QElapsedTimer, QIODevice, QObject

from desktop.core.media import PLAY_BYTES, PLAY_RATE

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat

BUFFER_SECONDS = 0.2
"""Less would stutter when the window is busy; more would be heard after a pause."""


class Pacer(Protocol):
    """Tells which moment is played now."""

    audible: bool

    @property
    def broken(self) -> bool:
        """Whether the device is gone."""

    @property
    def written(self) -> int:
        """Where the next samples belong."""

    def begin(self, seconds: float, /) -> None:
        """Stand still at this moment, with nothing in hand."""

    def run(self) -> None:
        """Go on."""

    def hold(self) -> None:
        """Stand still."""

    def now(self) -> float:
        """Return the moment that is played."""

    def room(self) -> int:
        """Return how many samples are taken now."""

    def write(self, samples: bytes, /) -> None:
        """Play these next."""

    def set_volume(self, volume: float, /) -> None:
        """From 0 to 1, as the ear measures it."""

    def close(self) -> None:
        """Let go of the device."""


OpenPacer = Callable[[QObject, bool], Pacer]
"""Makes one that belongs to the given object; for something with sound, or without."""


class SilentPacer:
    """A clock."""

    audible = False
    broken = False
    written = 0

    def __init__(self) -> None:
        self._from = 0.0
        self._timer = QElapsedTimer()

    def begin(self, seconds: float) -> None:
        """Stand still at this moment."""
        self._timer.invalidate()
        self._from = seconds

    def run(self) -> None:
        """Go on."""
        if not self._timer.isValid():
            self._timer.start()

    def hold(self) -> None:
        """Stand still."""
        self._from = self.now()
        self._timer.invalidate()

    def now(self) -> float:
        """Return the moment that is played."""
        return self._from + (self._timer.nsecsElapsed() / 1e9 if self._timer.isValid() else 0.0)

    def room(self) -> int:
        """Return that no samples are taken."""
        return 0

    def write(self, samples: bytes) -> None:
        """Take no samples."""

    def set_volume(self, volume: float) -> None:
        """Stay silent."""

    def close(self) -> None:
        """Stand still."""
        self.hold()


class SoundPacer:
    """A device: the moment is the one of the last sample it took, less what waits in front of it."""

    audible = True

    def __init__(self, device: "QAudioDevice", parent: QObject) -> None:
        from PySide6.QtMultimedia import QAudioSink  # noqa: PLC0415 - not for the start

        form = _format()
        self._sink = QAudioSink(device, form, parent)
        self._sink.setBufferSize(form.bytesForDuration(round(BUFFER_SECONDS * 1_000_000)))
        self._pipe: QIODevice | None = None
        self._written = 0

    @property
    def broken(self) -> bool:
        """Whether the device is gone, or could not be opened."""
        from PySide6.QtMultimedia import QtAudio  # noqa: PLC0415

        return self._sink.error() not in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError)

    @property
    def written(self) -> int:
        """Where the next samples belong."""
        return self._written

    def begin(self, seconds: float) -> None:
        """Forget what waits, and stand still at this moment."""
        self._stop()
        self._written = round(seconds * PLAY_RATE)

    def run(self) -> None:
        """Go on."""
        if self._pipe is None:
            self._pipe = self._sink.start()
        else:
            self._sink.resume()

    def hold(self) -> None:
        """Stand still, and keep what waits."""
        if self._pipe is not None:
            self._sink.suspend()

    def now(self) -> float:
        """Return the moment that is heard."""
        waiting = self._sink.bufferSize() - self._sink.bytesFree() if self._pipe is not None else 0
        return (self._written - waiting // PLAY_BYTES) / PLAY_RATE

    def room(self) -> int:
        """Return how many samples fit into the buffer."""
        return max(0, self._sink.bytesFree() // PLAY_BYTES) if self._pipe is not None else 0

    def write(self, samples: bytes) -> None:
        """Hand samples to the device."""
        if self._pipe is not None:
            self._written += max(0, self._pipe.write(samples)) // PLAY_BYTES

    def set_volume(self, volume: float) -> None:
        """Be so loud: half of it sounds half as loud."""
        self._sink.setVolume(volume**2)

    def close(self) -> None:
        """Let go of the device."""
        self._stop()
        self._sink.deleteLater()

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe = None
            self._sink.stop()


def open_pacer(parent: QObject, sounds: bool) -> Pacer:
    """Return the system's device for something with sound, where there is one; else a clock."""
    if sounds:
        from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 - not for the start

        device = QMediaDevices.defaultAudioOutput()
        if not device.isNull() and device.isFormatSupported(_format()):
            return SoundPacer(device, parent)
    return SilentPacer()


def _format() -> "QAudioFormat":
    from PySide6.QtMultimedia import QAudioFormat  # noqa: PLC0415

    made = QAudioFormat()
    made.setSampleRate(PLAY_RATE)
    made.setChannelCount(2)
    made.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return made
