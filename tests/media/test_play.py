"""Films and sounds as they are played: all that is there, in order of time, from where it is wished."""

import io
from itertools import pairwise

import pytest

from desktop.core.errors import AppError, FileDamaged
from desktop.core.media import PLAY_BYTES, PLAY_RATE, Frame, HeardBlock, Moment, PlayWish
from desktop.media.play import play
from tests.media import made


def played(data: bytes, wish: PlayWish) -> tuple[list[Frame], list[HeardBlock]]:
    found: list[Moment] = list(play(io.BytesIO(data), "clip.mp4", wish, lambda *_: None))
    return [one for one in found if isinstance(one, Frame)], [one for one in found if isinstance(one, HeardBlock)]


@pytest.fixture(scope="module")
def clip() -> bytes:
    return made.video(4, sound="aac")


def seconds_of(blocks: list[HeardBlock]) -> float:
    return sum(len(one.samples) for one in blocks) / PLAY_BYTES / PLAY_RATE


def test_a_film_is_played_with_all_its_frames_and_sound(clip: bytes) -> None:
    frames, blocks = played(clip, PlayWish())
    assert [one.seconds for one in frames] == pytest.approx([at / 10 for at in range(40)], abs=0.01)
    assert seconds_of(blocks) == pytest.approx(4.0, abs=0.1)
    assert all(len(one.picture.rgb) == 160 * 96 * 3 for one in frames)


def test_sound_follows_without_a_gap(clip: bytes) -> None:
    _, blocks = played(clip, PlayWish())
    for one, other in pairwise(blocks):
        assert one.seconds + seconds_of([one]) == pytest.approx(other.seconds, abs=0.001)


def test_playing_begins_and_ends_where_it_is_wished(clip: bytes) -> None:
    frames, blocks = played(clip, PlayWish(1.5, 2.5))
    assert (frames[0].seconds, frames[-1].seconds) == pytest.approx((1.5, 2.4), abs=0.01)
    assert blocks[0].seconds == pytest.approx(1.5, abs=0.03)
    assert seconds_of(blocks) == pytest.approx(1.0, abs=0.05)


def test_stretches_put_together_are_the_whole(clip: bytes) -> None:
    whole = played(clip, PlayWish())
    parts = [played(clip, PlayWish(at, at + 1)) for at in range(4)]
    assert [one.seconds for part in parts for one in part[0]] == [one.seconds for one in whole[0]]
    assert seconds_of([one for part in parts for one in part[1]]) == pytest.approx(seconds_of(whole[1]), abs=0.03)


def test_a_moment_between_two_frames_shows_the_one_before_it() -> None:
    frames, _ = played(made.video(4, fps=2), PlayWish(1.2))
    assert [one.seconds for one in frames[:2]] == pytest.approx([1.2, 1.5], abs=0.01)


def test_a_moment_behind_the_last_frame_shows_the_last_one() -> None:
    frames, _ = played(made.video(2, fps=2), PlayWish(1.9))
    assert len(frames) == 1


def test_pictures_are_no_larger_than_the_view() -> None:
    frames, _ = played(made.video(1, size=(320, 192)), PlayWish(side=100))
    assert (frames[0].picture.width, frames[0].picture.height) == (100, 60)


def test_many_frames_a_second_are_thinned_out() -> None:
    frames, _ = played(made.video(1, fps=60), PlayWish())
    assert len(frames) == 30


def test_a_sound_is_played_in_stereo() -> None:
    frames, blocks = played(made.tone(2.0, kind="mp3", codec="libmp3lame", channels=1), PlayWish(0.5))
    assert not frames
    assert seconds_of(blocks) == pytest.approx(1.5, abs=0.06)
    assert blocks[3].samples[0:2] == blocks[3].samples[2:4]


def test_a_file_that_is_cut_off_is_played_as_far_as_it_goes() -> None:
    data = made.video(4, kind="matroska", sound="libopus")
    frames, _ = played(data[: len(data) * 2 // 3], PlayWish())
    assert 10 < len(frames) < 40


def test_what_is_no_film_says_so() -> None:
    with pytest.raises(AppError):
        played(b"\x1aE\xdf\xa3" + bytes(500), PlayWish())
    assert issubclass(FileDamaged, AppError)
