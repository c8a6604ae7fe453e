"""Videos become frames with their times: spread, scene changes favoured, upright, within a budget."""

import io
import struct
import time
from collections.abc import Iterator

import av
import numpy as np
import pytest

from desktop.core.errors import AppError, Cancelled, CodecUnsupported, FileDamaged, FileNotRecognised, NoPictures
from desktop.core.media import Detail, Facts, Format, Frame, FramesWish, Kind, ThumbnailWish, grid
from desktop.media import containers, video
from tests.media import made

H264 = pytest.param(
    "libx264", "mp4", marks=pytest.mark.skipif("libx264" not in av.codecs_available, reason="not built")
)


def on(_done: int, _total: int) -> None:
    """Go on."""


def frames(data: bytes, wish: FramesWish | None = None) -> list[Frame]:
    return list(video.frames(io.BytesIO(data), "a.mp4", wish or FramesWish(), on))


def times(data: bytes, wish: FramesWish | None = None) -> list[float]:
    return [one.seconds for one in frames(data, wish)]


def colour_of(frame: Frame) -> list[int]:
    values = np.frombuffer(frame.picture.rgb, np.uint8).reshape(frame.picture.height, frame.picture.width, 3)
    return [round(one) for one in values.mean((0, 1))]


@pytest.mark.parametrize(
    ("codec", "kind"),
    [("mpeg4", "mp4"), ("mpeg4", "mov"), ("mpeg4", "avi"), ("mpeg4", "matroska"), ("mjpeg", "avi"), ("libvpx", "webm"),
     ("libvpx-vp9", "webm"), ("libsvtav1", "mp4"), H264],
)  # fmt: skip
def test_one_frame_a_second_of_every_kind(codec: str, kind: str) -> None:
    data = made.video(5, codec=codec, kind=kind, options={"preset": "ultrafast"} if codec == "libx264" else {})
    seen = frames(data)
    assert len(seen) == 5
    assert all(index <= one.seconds < index + 1 for index, one in enumerate(seen))
    assert {(one.picture.width, one.picture.height) for one in seen} == {grid(160, 96, Detail.QUICK).size}


def test_facts_tell_size_length_and_sound() -> None:
    data = made.video(3, sound="aac")
    told = containers.describe(io.BytesIO(data), "a")
    assert told == Facts(Kind.VIDEO, Format.MP4, 160, 96, seconds=pytest.approx(3.0, abs=0.2), has_sound=True)


def test_new_scene_is_preferred_within_its_second() -> None:
    cuts = (1.9, 3.1, 4.85)
    seen = times(made.video(6, fps=20, cuts=cuts))
    assert len(seen) == 6
    assert all(any(cut <= one <= cut + 0.25 for one in seen) for cut in cuts)


def test_still_seconds_give_their_middle() -> None:
    seen = times(made.video(4))
    assert all(abs(one - index - 0.5) <= 0.11 for index, one in enumerate(seen))


def test_budget_spreads_frames_over_a_long_video() -> None:
    seen = times(made.video(90, fps=5, options={"g": "10"}), FramesWish(most=6))
    assert len(seen) == 6
    assert [int(one // 15) for one in seen] == list(range(6))


def test_long_windows_prefer_what_is_new() -> None:
    data = made.video(60, fps=5, cuts=(13.0, 39.0), options={"g": "5"})
    seen = frames(data, FramesWish(most=3))
    scenes = [sum(one.seconds >= cut for cut in (13.0, 39.0)) for one in seen]
    assert sorted(set(scenes)) == [0, 1, 2]


def test_video_with_a_single_key_frame_is_walked_through() -> None:
    seen = times(made.video(60, fps=5, options={"g": "10000"}), FramesWish(most=8))
    assert [int(one // 7.5) for one in seen] == list(range(8))


def test_range_is_kept() -> None:
    seen = times(made.video(20, options={"g": "10"}), FramesWish(start=5.0, end=9.0))
    assert [int(one) for one in seen] == [5, 6, 7, 8]


def test_range_behind_the_end_holds_nothing() -> None:
    assert frames(made.video(2), FramesWish(start=50.0)) == []


def test_frames_stand_upright() -> None:
    lying = np.rot90(np.asarray(made.corners(96, 160)), 1)
    data = made.video(2, turned=-90, picture=lambda _: np.ascontiguousarray(lying), options={"qscale": "2"})
    one = frames(data)[0]
    assert one.picture.height > one.picture.width
    values = np.frombuffer(one.picture.rgb, np.uint8).reshape(one.picture.height, one.picture.width, 3).astype(int)
    h, w = values.shape[:2]
    places = [values[h // 8, w // 8], values[h // 8, -w // 8], values[-h // 8, w // 8], values[-h // 8, -w // 8]]
    assert [int(np.argmax(one)) for one in places[:3]] == [0, 1, 2]
    assert places[3].min() > 200


def test_poster_is_not_the_black_beginning() -> None:
    def dark_first(at: float) -> made.Pixels:
        return np.zeros((96, 160, 3), np.uint8) if at < 3.0 else made.scene(1, 0, 160, 96)

    data = made.video(10, picture=dark_first, options={"g": "5"})
    poster = video.poster(io.BytesIO(data), "a", ThumbnailWish(80), on)
    assert (poster.width, poster.height) == (80, 48)
    assert np.frombuffer(poster.rgb, np.uint8).std() > 20


def test_reading_ends_when_the_person_asks() -> None:
    def stop(done: int, _total: int) -> None:
        if done >= 2:
            raise Cancelled

    reading = video.frames(io.BytesIO(made.video(10)), "a", FramesWish(), stop)
    with pytest.raises(Cancelled):
        list(reading)


def test_lying_header_of_a_hundred_hours_gives_the_frames_there_are() -> None:
    data = bytearray(made.video(4))
    for atom, offset in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        at = data.index(atom)
        scale = struct.unpack(">I", data[at + 16 : at + 20])[0] if atom != b"tkhd" else 1000
        data[at + offset : at + offset + 4] = struct.pack(">I", min(scale * 360_000, 0xFFFFFFFF))
    began = time.monotonic()
    seen = times(bytes(data))
    assert time.monotonic() - began < 5
    assert len(seen) == 4


def test_video_that_does_not_tell_its_length_is_read_to_its_end() -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    live = Unseekable()
    with av.open(live, "w", format="webm") as container:
        film = container.add_stream("libvpx", rate=10)
        film.width, film.height, film.pix_fmt = 160, 96, "yuv420p"
        for index in range(50):
            container.mux(film.encode(av.VideoFrame.from_ndarray(made.scene(0, index, 160, 96), format="rgb24")))
        container.mux(film.encode(None))
    data = live.getvalue()
    assert containers.describe(io.BytesIO(data), "a").seconds == 0.0
    assert len(times(data)) == 5


def test_truncated_video_gives_what_is_left() -> None:
    data = made.video(10, kind="avi", options={"g": "5"})
    seen = times(data[: len(data) // 2])
    assert 1 <= len(seen) < 10


def test_truncated_video_without_its_index_is_told_as_damaged() -> None:
    data = made.video(5)
    with pytest.raises(FileDamaged):
        frames(data[: len(data) // 2])


def test_frame_of_two_hundred_million_pixels_is_refused() -> None:
    data = bytearray(made.video(1, codec="mjpeg", kind="avi"))
    at = 0
    while (at := data.find(b"\xff\xc0", at)) >= 0:
        data[at + 5 : at + 9] = struct.pack(">HH", 16_384, 16_384)
        at += 9
    with pytest.raises(AppError):
        frames(bytes(data))


def test_sound_alone_has_no_frames() -> None:
    with pytest.raises(NoPictures):
        frames(made.tone(1.0))


def test_rare_codecs_are_not_tried() -> None:
    with pytest.raises(CodecUnsupported):
        frames(made.video(1, codec="flv", kind="avi"))


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile 'http://192.0.2.1/a.mp4'\n",
        "<?xml version='1.0'?><MPD><BaseURL>http://192.0.2.1/</BaseURL></MPD>",
    ],
)
def test_playlist_opens_nothing(text: str) -> None:
    with pytest.raises(FileNotRecognised):
        frames(text.encode())


def test_file_that_names_another_file_opens_nothing() -> None:
    data = made.video(1, kind="mov")
    at = data.index(b"dref")
    entry = data.index(b"url ", at)
    named = data[:entry] + b"url \0\0\0\0" + data[entry + 8 :]  # no longer "in this same file"
    opened: list[str] = []
    import sys

    def watch(event: str, arguments: tuple[object, ...]) -> Iterator[None] | None:
        if watching and event == "open":
            opened.append(str(arguments[0]))
        return None

    watching = True
    sys.addaudithook(watch)
    try:
        frames(named)
    except AppError:
        pass
    finally:
        watching = False
    assert not [one for one in opened if "desktop" not in one and "site-packages" not in one]
