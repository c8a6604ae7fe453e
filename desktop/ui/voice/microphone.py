"""The microphone: lists those that are there, asks for leave where the system wants that, and hands on samples.

QtMultimedia is loaded by the first use, a step at a time, so that the window draws and listens in between: together
the steps take about a tenth of a second.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QIODevice, QObject, Qt, QTimer, Signal

from desktop.core.media import SAMPLE_RATE
from desktop.core.resampling import Kind, Resampler
from desktop.core.value import value

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices

BUFFER_SECONDS = 0.2
BREATH_MS = 5
"""Between the steps of loading."""


class Trouble(StrEnum):
    """Why nothing can be heard."""

    MISSING = "missing"
    REFUSED = "refused"
    UNPLUGGED = "unplugged"
    BUSY = "busy"


@value
class Device:
    """One microphone: the system's name for it, and the one for people."""

    id: str
    name: str


class Microphone(QObject):
    """Hears through one of the machine's microphones.

    Signals:
        started: it hears now.
        heard: the next samples: float32, mono, 16 kHz.
        broke: it does not hear, or no longer: a Trouble.
    """

    started = Signal()
    heard = Signal(bytes)
    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: QMediaDevices | None = None
        self._source: QAudioSource | None = None
        self._pipe: QIODevice | None = None
        self._resampler = Resampler(SAMPLE_RATE, 1, "f")
        self._used = ""
        self._wish = 0
        """Counts starts and stops: leave that comes after a stop opens nothing."""

    @property
    def used(self) -> str:
        """The id of the microphone that was started last."""
        return self._used

    def devices(self) -> tuple[Device, ...]:
        """Return those that are there, the system's choice first."""
        first = self._devices.defaultAudioInput()
        others = [one for one in self._devices.audioInputs() if one != first]
        return tuple(Device(_id(one), one.description()) for one in (first, *others) if not one.isNull())

    def start(self, wanted: str = "") -> None:
        """Hear through this one, or the system's choice where it is not there; after the person allowed it."""
        self.stop()
        self._used, wish = wanted, self._wish
        if self._known is not None:
            self._ask(wish)
        else:
            self._after_a_breath(wish, _load, lambda: self._devices, lambda: self._ask(wish))

    def stop(self) -> None:
        """Hear nothing more; what was heard until now is handed on."""
        self._wish += 1
        source, self._source = self._source, None
        if source is not None:
            self._read()
            self._pipe = None
            source.stateChanged.disconnect(self._follow)
            source.stop()
            source.deleteLater()

    def _after_a_breath(self, wish: int, *steps: Callable[[], object]) -> None:
        """Do the next step of a start, unless it was stopped, and then the others."""

        def do() -> None:
            if wish == self._wish:
                steps[0]()
                if steps[1:]:
                    self._after_a_breath(wish, *steps[1:])

        QTimer.singleShot(BREATH_MS, self, do)

    @property
    def _devices(self) -> "QMediaDevices":
        if self._known is None:
            from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 - not for the start

            self._known = QMediaDevices(self)
            self._known.audioInputsChanged.connect(self._look)
        return self._known

    def _ask(self, wish: int) -> None:
        """Ask for leave, where the system wants that."""
        application = QCoreApplication.instance()
        if application is None:
            return
        from PySide6.QtCore import QMicrophonePermission  # noqa: PLC0415

        leave = QMicrophonePermission()
        match application.checkPermission(leave):
            case Qt.PermissionStatus.Granted:
                self._open()
            case Qt.PermissionStatus.Denied:
                self.broke.emit(Trouble.REFUSED)
            case _:
                application.requestPermission(leave, self, lambda answer: self._answer(answer.status(), wish))

    def _answer(self, status: Qt.PermissionStatus, wish: int) -> None:
        if wish != self._wish:
            return
        if status == Qt.PermissionStatus.Granted:
            self._open()
        else:
            self.broke.emit(Trouble.REFUSED)

    def _open(self) -> None:
        from PySide6.QtMultimedia import QAudioSource, QtAudio  # noqa: PLC0415

        found = [one for one in self._devices.audioInputs() if _id(one) == self._used]
        device = found[0] if found else self._devices.defaultAudioInput()
        if device.isNull():
            self.broke.emit(Trouble.MISSING)
            return
        self._used = _id(device)
        form = _format(device)
        self._resampler = Resampler(form.sampleRate(), form.channelCount(), _kind(form))
        source = QAudioSource(device, form, self)
        source.setBufferSize(form.bytesForDuration(round(BUFFER_SECONDS * 1_000_000)))
        pipe = source.start()
        if source.error() != QtAudio.Error.NoError:
            source.deleteLater()
            self.broke.emit(Trouble.BUSY)
            return
        self._source, self._pipe = source, pipe
        source.stateChanged.connect(self._follow)
        pipe.readyRead.connect(self._read)
        self.started.emit()

    def _read(self) -> None:
        if self._pipe is not None and (samples := self._resampler.feed(bytes(self._pipe.readAll().data()))):
            self.heard.emit(samples)

    def _follow(self) -> None:
        from PySide6.QtMultimedia import QtAudio  # noqa: PLC0415

        if self._source is not None and self._source.error() in (QtAudio.Error.IOError, QtAudio.Error.FatalError):
            self._lose()

    def _look(self) -> None:
        if self._source is not None and self._used not in [_id(one) for one in self._devices.audioInputs()]:
            self._lose()

    def _lose(self) -> None:
        self.stop()
        self.broke.emit(Trouble.UNPLUGGED)


def _load() -> None:
    import PySide6.QtMultimedia  # noqa: F401, PLC0415 - not for the start


def _id(device: "QAudioDevice") -> str:
    return bytes(device.id().data()).decode(errors="replace")


def _format(device: "QAudioDevice") -> "QAudioFormat":
    """Return what models hear where the device can give it, else what it gives best."""
    from PySide6.QtMultimedia import QAudioFormat  # noqa: PLC0415

    wanted = QAudioFormat()
    wanted.setSampleRate(SAMPLE_RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Float)
    return wanted if device.isFormatSupported(wanted) else device.preferredFormat()


def _kind(form: "QAudioFormat") -> Kind:
    from PySide6.QtMultimedia import QAudioFormat  # noqa: PLC0415

    kinds: dict[QAudioFormat.SampleFormat, Kind] = {
        QAudioFormat.SampleFormat.UInt8: "B",
        QAudioFormat.SampleFormat.Int16: "h",
        QAudioFormat.SampleFormat.Int32: "i",
    }
    return kinds.get(form.sampleFormat(), "f")
