"""Kept films are played by the reader, a little ahead of the player, and never lie decrypted on the disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop import app
from desktop.core.attachment_events import AttachmentReady
from desktop.core.attachments import Attachment
from desktop.core.media import Frame, HeardBlock
from desktop.core.taking import AttachmentPart, Sampling, frames
from desktop.core.viewing_events import (
    AttachmentSaved,
    FramesPreviewed,
    LevelsPreviewed,
    MomentPlayed,
    PictureViewed,
    PlayingEnded,
    ViewFailed,
)
from desktop.services.playing import AHEAD_SECONDS
from tests.fakes import FakeEngine
from tests.houses import Recorder, opened
from tests.media import made

House = tuple[app.House, Recorder]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "p", FakeEngine()) as both:
        yield both


@pytest.fixture
def keep(house: House, tmp_path: Path) -> Callable[[bytes, str], Attachment]:
    def kept(content: bytes, name: str) -> Attachment:
        path = tmp_path / name
        path.write_bytes(content)
        house[0].attach.add(str(path), name)
        attachment = house[1].wait(AttachmentReady, lambda one: one.token == name).attachment
        path.unlink()
        return attachment

    return kept


Keep = Callable[[bytes, str], Attachment]


def moments(house: House, token: str) -> list[Frame | HeardBlock]:
    return [one.moment for one in house[1].events if isinstance(one, MomentPlayed) and one.token == token]


def test_a_film_is_played_to_its_end(house: House, keep: Keep) -> None:
    film = keep(made.video(2, sound="aac"), "clip.mp4")
    house[0].playing.play(film, 0.0, 100, "t")
    house[0].playing.advance("t", 2.0)
    house[1].wait(PlayingEnded, lambda one: one.token == "t")
    found = moments(house, "t")
    assert sum(isinstance(one, Frame) for one in found) == 20
    assert any(isinstance(one, HeardBlock) for one in found)


def test_nothing_is_read_far_ahead_of_the_player(house: House, keep: Keep) -> None:
    film = keep(made.video(8), "clip.mp4")
    house[0].playing.play(film, 0.0, 100, "t")
    house[1].wait(MomentPlayed, lambda one: one.moment.seconds >= AHEAD_SECONDS - 0.11)
    assert max(one.seconds for one in moments(house, "t")) <= AHEAD_SECONDS
    house[0].playing.advance("t", 3.0)
    house[1].wait(MomentPlayed, lambda one: one.moment.seconds > 4.0)
    assert max(one.seconds for one in moments(house, "t")) <= 3.0 + AHEAD_SECONDS


def test_seeking_ends_what_was_played_and_begins_there(house: House, keep: Keep) -> None:
    film = keep(made.video(8), "clip.mp4")
    house[0].playing.play(film, 0.0, 100, "first")
    house[1].wait(MomentPlayed, lambda one: one.token == "first")
    house[0].playing.play(film, 7.0, 100, "second")
    house[1].wait(PlayingEnded, lambda one: one.token == "second")
    assert moments(house, "second")[0].seconds == pytest.approx(7.0, abs=0.01)
    assert not [one for one in house[1].events if isinstance(one, PlayingEnded) and one.token == "first"]


def test_what_was_halted_is_announced_no_further_and_another_plays_at_once(house: House, keep: Keep) -> None:
    film = keep(made.video(8), "clip.mp4")
    house[0].playing.play(film, 0.0, 100, "first")
    house[1].wait(MomentPlayed)
    house[0].playing.halt("first")
    house[0].playing.play(film, 7.5, 100, "second")
    house[1].wait(PlayingEnded, lambda one: one.token == "second")
    assert max(one.seconds for one in moments(house, "first")) <= AHEAD_SECONDS


def test_a_film_that_is_gone_says_so(house: House, keep: Keep) -> None:
    film = keep(made.video(1), "clip.mp4")
    house[0].attach.drop(film)
    keep(made.tone(0.5), "marker.wav")
    house[0].playing.play(film, 0.0, 100, "t")
    assert "clip.mp4" in str(house[1].wait(ViewFailed).error)


def test_seeking_in_a_sealed_film_leaves_no_plain_copy(house: House, keep: Keep, tmp_path: Path) -> None:
    content = made.video(6, sound="aac")
    film = keep(content, "clip.mp4")
    for at in (4.0, 1.0):
        house[0].playing.play(film, at, 100, str(at))
        house[1].wait(MomentPlayed, lambda one, at=at: one.token == str(at))  # type: ignore[misc]
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert not [one for one in written if content[4000:4064] in one or content[:32] in one]


def test_a_picture_is_seen_large(house: House, keep: Keep) -> None:
    photo = keep(made.saved(made.corners(3000, 1500), "PNG"), "photo.png")
    house[0].viewing.view(photo, 0, "t")
    picture = house[1].wait(PictureViewed).picture
    assert (picture.width, picture.height) == (2048, 1024)


def test_the_preview_shows_the_frames_that_are_sent(house: House, keep: Keep) -> None:
    part = AttachmentPart(keep(made.video(6), "clip.mp4"), sampling=Sampling(1.0, 5.0, 0.5))
    house[0].viewing.preview(part, "t")
    found = house[1].wait(FramesPreviewed).frames
    assert len(found) == frames(part) == 2
    assert all(1.0 <= one.seconds < 5.0 for one in found)


def test_the_preview_of_a_sound_is_its_level_curve(house: House, keep: Keep) -> None:
    house[0].viewing.preview(AttachmentPart(keep(made.tone(2.0), "call.wav")), "t")
    assert len(house[1].wait(LevelsPreviewed).levels) == 40


def test_a_saved_copy_is_the_file_as_it_was(house: House, keep: Keep, tmp_path: Path) -> None:
    content = made.tone(2.0)
    house[0].viewing.save(keep(content, "call.wav"), str(tmp_path / "copy.wav"))
    assert house[1].wait(AttachmentSaved).name == "copy.wav"
    assert (tmp_path / "copy.wav").read_bytes() == content
    assert not list(tmp_path.glob("*.part"))
