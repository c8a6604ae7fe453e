"""What the player plays is really heard, and the device sets the pace; without one, a clock does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.media.pacer import SilentPacer
from tests.ui.media.speaker_times import PAUSE, SECONDS
from tests.ui.voice.conftest import Room, make_room, room  # noqa: F401
from tests.ui.voice.test_microphone import TONE, loud, strength

SPEAKER = Path(__file__).parent / "speaker.py"


def played(room: Room) -> tuple[str, float, list[float]]:  # noqa: F811
    """Play the tone; whether there was a device, how long it took, and the moments that were told."""
    out, _ = room.runs(SPEAKER).communicate(timeout=30)
    kind, numbers = out.split("\n", 1)
    taken, *moments = map(float, numbers.split())
    return kind, taken, moments


def test_a_tone_that_is_played_is_heard(room: Room) -> None:  # noqa: F811
    listener = room.listens()
    listener.waits_for("started")
    kind, taken, moments = played(room)
    found = loud(listener, 1.0)
    assert strength(found, TONE) > 10 * strength(found, 1000)
    assert kind == "audible"
    assert taken >= SECONDS + PAUSE / 1000 - 0.2
    assert moments == sorted(moments)
    assert moments[-1] == pytest.approx(SECONDS, abs=0.02)


def test_without_a_sound_server_a_clock_sets_the_pace(make_room: Callable[[], Room]) -> None:  # noqa: F811
    kind, taken, moments = played(make_room())
    assert kind == "silent"
    assert taken >= SECONDS + PAUSE / 1000 - 0.05
    assert moments[-1] == pytest.approx(SECONDS, abs=0.02)


def test_a_clock_stands_still_until_it_runs_and_goes_on_where_it_was(qtbot: QtBot) -> None:
    pacer = SilentPacer()
    pacer.begin(7.0)
    assert pacer.now() == 7.0
    pacer.run()
    qtbot.waitUntil(lambda: pacer.now() > 7.05)
    pacer.hold()
    at = pacer.now()
    pacer.run()
    qtbot.waitUntil(lambda: pacer.now() > at)
    pacer.close()
