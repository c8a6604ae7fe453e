"""A film for the player, floors below it that note what they are asked, and a pace that tests set."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject

from desktop.core.attachments import Attachment
from desktop.core.media import PLAY_BYTES, PLAY_RATE, Facts, Format, Frame, HeardBlock, Kind, Moment, Picture
from desktop.core.viewing_events import MomentPlayed
from desktop.ui.media.player import Player

FILM = Attachment(
    "f" * 64, "Site visit.mp4", 1000, Facts(Kind.VIDEO, Format.MP4, 320, 180, seconds=60.0, has_sound=True)
)
MUTE_FILM = Attachment("e" * 64, "Camera 2.mp4", 1000, Facts(Kind.VIDEO, Format.MP4, 320, 180, seconds=60.0))
SOUND = Attachment("d" * 64, "Interview.mp3", 1000, Facts(Kind.SOUND, Format.MP3, seconds=90.0, has_sound=True))


@dataclass
class Pace:
    """A device that takes everything and moves when the test says so."""

    audible: bool = True
    broken: bool = False
    written: int = 0
    at: float = 0.0
    runs: bool = False
    closed: bool = False
    volume: float = -1.0
    heard: bytearray = field(default_factory=bytearray)

    def begin(self, seconds: float) -> None:
        self.at, self.written, self.runs = seconds, round(seconds * PLAY_RATE), False

    def run(self) -> None:
        self.runs = True

    def hold(self) -> None:
        self.runs = False

    def now(self) -> float:
        return self.at

    def room(self) -> int:
        return max(0, round((self.at + 0.2) * PLAY_RATE) - self.written) if self.runs else 0

    def write(self, samples: bytes) -> None:
        self.heard += samples
        self.written += len(samples) // PLAY_BYTES

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def close(self) -> None:
        self.closed, self.runs = True, False


@dataclass
class Playing:
    """Notes what the player asks."""

    asked: list[tuple[str, float]] = field(default_factory=list)
    token: str = ""
    side: int = 0
    advanced: float = -1.0
    halted: list[str] = field(default_factory=list)

    def play(self, attachment: Attachment, start: float, side: int, token: str) -> None:
        self.asked.append((attachment.name, start))
        self.token, self.side = token, side

    def advance(self, token: str, seconds: float) -> None:
        assert token == self.token
        self.advanced = seconds

    def halt(self, token: str) -> None:
        self.halted.append(token)


def frame(seconds: float, grey: int = 0) -> Frame:
    return Frame(seconds, Picture(32, 18, bytes([grey]) * (32 * 18 * 3)))


def block(seconds: float, length: float, value: int = 1) -> HeardBlock:
    return HeardBlock(seconds, bytes([value]) * (round(length * PLAY_RATE) * PLAY_BYTES))


class Stage:
    """A player, what is below it, and what sets its pace."""

    def __init__(self) -> None:
        self.playing = Playing()
        self.paces: list[Pace] = []
        self.audible = True
        self.player = Player(self.playing, open_pacer=self._open)
        self.reached: list[float] = []
        self.player.reached.connect(self.reached.append)

    @property
    def pace(self) -> Pace:
        return self.paces[-1]

    def comes(self, *moments: Moment) -> None:
        for one in moments:
            self.player.apply(MomentPlayed(self.playing.token, one))

    def grey(self) -> int:
        image = self.player.picture.image
        assert image is not None
        return image.pixelColor(0, 0).red()

    def _open(self, parent: QObject, sounds: bool) -> Pace:
        self.paces.append(Pace(audible=self.audible and sounds))
        return self.pace


@pytest.fixture
def stage(qtbot):  # type: ignore[no-untyped-def]
    made = Stage()
    qtbot.addWidget(made.player)
    made.player.resize(640, 420)
    made.player.show()
    return made
