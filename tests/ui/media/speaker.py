"""Run by the tests in a process of its own: Qt speaks to one sound server in the life of a process.

Plays two seconds of a tone in the player, with the device of the machine; pauses once on the way.
"""

import math
from array import array

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication

from desktop.core.attachments import Attachment
from desktop.core.media import PLAY_RATE, Facts, Format, HeardBlock, Kind
from desktop.core.viewing_events import MomentPlayed, PlayingEnded
from desktop.ui.media.player import Player
from tests.ui.media.speaker_times import PAUSE, SECONDS


class Tone:
    """Hands out all of it at once."""

    def play(self, attachment: Attachment, start: float, side: int, token: str) -> None:
        waves = [round(16_000 * math.sin(2 * math.pi * 440 * at / PLAY_RATE)) for at in range(PLAY_RATE // 10)]
        samples = array("h", [one for wave in waves for one in (wave, wave)]).tobytes()
        for at in range(round(SECONDS * 10)):
            event = MomentPlayed(token, HeardBlock(at / 10, samples))
            QTimer.singleShot(0, lambda event=event: player.apply(event))
        QTimer.singleShot(0, lambda: player.apply(PlayingEnded(token)))

    def advance(self, token: str, seconds: float) -> None:
        pass

    def halt(self, token: str) -> None:
        pass


application = QApplication([])
player = Player(Tone())
player.show()
timer = QElapsedTimer()
timer.start()
moments: list[float] = []
paused: list[float] = []


def pause(seconds: float) -> None:
    moments.append(seconds)
    if seconds > 1.0 and not paused:
        paused.append(seconds)
        player.toggle()
        QTimer.singleShot(PAUSE, player.toggle)


player.reached.connect(pause)
player.playback.finished.connect(application.quit)
QTimer.singleShot(10_000, application.quit)
player.show_media(Attachment("d" * 64, "tone.wav", 1, Facts(Kind.SOUND, Format.WAV, seconds=SECONDS)), 0.0, play=True)
print("audible" if player.playback.audible else "silent", flush=True)
application.exec()
print(timer.elapsed() / 1000, *moments, flush=True)
player.halt()
