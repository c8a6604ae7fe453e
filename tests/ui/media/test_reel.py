"""The reel puts pictures and sound in their places, whatever comes, and in which pieces."""

import math

from desktop.core.media import PLAY_BYTES, PLAY_RATE
from desktop.ui.media.reel import MOST_SILENCE, Reel
from tests.ui.media.conftest import block, frame

TENTH = PLAY_RATE // 10


def ones(samples: int, value: int = 1) -> bytes:
    return bytes([value]) * (samples * PLAY_BYTES)


def test_a_film_reaches_as_far_as_both_its_tracks() -> None:
    reel = Reel(0.0, seen=True, heard=True)
    reel.take(frame(0.0))
    reel.take(frame(0.5))
    assert reel.reaches == 0.0
    reel.take(block(0.0, 0.3))
    assert reel.reaches == 0.3
    reel.ended = True
    assert reel.reaches == math.inf
    assert reel.end == 0.5


def test_a_track_that_lags_far_behind_is_not_waited_for() -> None:
    reel = Reel(0.0, seen=True, heard=True)
    reel.take(block(0.0, 0.1))
    reel.take(frame(0.0))
    reel.take(frame(1.0))
    assert reel.reaches == 1.0
    assert reel.is_silent


def test_frames_that_came_too_late_are_passed_over() -> None:
    reel = Reel(0.0, seen=True, heard=False)
    for at in (0.0, 0.1, 0.2, 0.3):
        reel.take(frame(at, round(at * 100)))
    found = reel.frame(0.25)
    assert found is not None
    assert found.seconds == 0.2
    assert reel.frame(0.25) is None


def test_a_hole_in_the_sound_is_silence_and_an_overlap_is_heard_once() -> None:
    reel = Reel(0.0, seen=False, heard=True)
    reel.take(block(0.0, 0.1, 1))
    reel.take(block(0.2, 0.1, 2))
    reel.take(block(0.25, 0.1, 3))
    sound = reel.sound(0, PLAY_RATE, fill=False)
    assert sound == ones(TENTH, 1) + ones(TENTH, 0) + ones(TENTH, 2) + ones(TENTH // 2, 3)


def test_sound_that_begins_later_is_heard_later() -> None:
    reel = Reel(1.0, seen=False, heard=True)
    reel.take(block(1.1, 0.1))
    start = PLAY_RATE
    assert reel.sound(start, PLAY_RATE, fill=False) == ones(TENTH, 0)
    assert reel.sound(start + TENTH, PLAY_RATE, fill=False) == ones(TENTH)


def test_sound_that_came_too_late_is_not_heard() -> None:
    reel = Reel(0.0, seen=False, heard=True)
    reel.take(block(0.0, 0.2))
    assert reel.sound(TENTH, PLAY_RATE, fill=False) == ones(TENTH)


def test_missing_sound_is_filled_only_when_told_to() -> None:
    reel = Reel(0.0, seen=False, heard=True)
    assert reel.sound(0, TENTH, fill=False) == b""
    assert reel.sound(0, TENTH, fill=True) == ones(TENTH, 0)


def test_a_hole_of_hours_takes_no_memory() -> None:
    reel = Reel(0.0, seen=False, heard=True)
    reel.take(block(0.0, 0.1))
    reel.take(block(9000.0, 0.1))
    assert len(reel.sound(0, PLAY_RATE * 100, fill=False)) <= (MOST_SILENCE + 2 * TENTH) * PLAY_BYTES
