"""Sound becomes blocks of 16,000 samples a second, one channel, with a level curve."""

import contextlib
import io
import struct

import numpy as np
import pytest

from desktop.core.errors import Cancelled, FileDamaged, NoSound
from desktop.core.media import SAMPLE_RATE, Format, Kind, SoundBlock, SoundWish
from desktop.media import audio, containers
from tests.media import made


def on(_done: int, _total: int) -> None:
    """Go on."""


def blocks(data: bytes, wish: SoundWish | None = None) -> list[SoundBlock]:
    return list(audio.sound(io.BytesIO(data), "a", wish or SoundWish(), on))


def samples(data: bytes, wish: SoundWish | None = None) -> np.ndarray:
    return np.concatenate([np.frombuffer(one.samples, "<f4") for one in blocks(data, wish)])


def pitch(values: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(values * np.hanning(len(values))))
    return float(spectrum.argmax() * SAMPLE_RATE / len(values))


@pytest.mark.parametrize(
    ("kind", "codec"),
    [("wav", "pcm_s16le"), ("wav", "pcm_f32le"), ("wav", "pcm_mulaw"), ("mp3", "libmp3lame"), ("ipod", "aac"),
     ("ipod", "alac"), ("adts", "aac"), ("ogg", "libopus"), ("flac", "flac"), ("webm", "libopus")],
)  # fmt: skip
def test_every_kind_keeps_its_tone_and_length(kind: str, codec: str) -> None:
    data = made.tone(3.0, 440.0, kind, codec, rate=48_000)
    heard = samples(data)
    assert len(heard) / SAMPLE_RATE == pytest.approx(3.0, abs=0.1)
    middle = heard[SAMPLE_RATE : 2 * SAMPLE_RATE]
    assert pitch(middle) == pytest.approx(440.0, abs=2.0)
    assert 0.4 < np.abs(middle).max() < 0.6


def test_facts_tell_length_and_that_it_sounds() -> None:
    told = containers.describe(io.BytesIO(made.tone(2.5, kind="flac", codec="flac")), "a")
    assert (told.kind, told.format, told.has_sound) == (Kind.SOUND, Format.FLAC, True)
    assert told.seconds == pytest.approx(2.5, abs=0.05)


def test_blocks_follow_one_another_without_a_gap() -> None:
    got = blocks(made.tone(7.0), SoundWish(block_seconds=2.0))
    assert [one.seconds for one in got] == [0.0, 2.0, 4.0, 6.0]
    assert [len(one.samples) // 4 / SAMPLE_RATE for one in got][:3] == [2.0, 2.0, 2.0]
    whole = np.frombuffer(blocks(made.tone(7.0))[0].samples, "<f4")
    pieces = np.concatenate([np.frombuffer(one.samples, "<f4") for one in got])
    assert np.array_equal(whole, pieces)


def test_level_curve_follows_the_sound() -> None:
    got = blocks(made.tone(2.0))[0]
    assert len(got.levels) == 40
    assert all(118 <= level <= 136 for level in got.levels[1:-1])


@pytest.mark.parametrize(("kind", "codec"), [("wav", "pcm_s16le"), ("ipod", "aac"), ("mp3", "libmp3lame")])
def test_range_is_kept(kind: str, codec: str) -> None:
    data = made.tone(10.0, kind=kind, codec=codec)
    got = blocks(data, SoundWish(start=4.0, end=6.0))
    assert got[0].seconds == 4.0
    assert sum(len(one.samples) for one in got) / 4 / SAMPLE_RATE == pytest.approx(2.0, abs=0.05)


def test_range_behind_the_end_holds_nothing() -> None:
    assert blocks(made.tone(1.0), SoundWish(start=50.0)) == []


def test_sound_of_a_video_is_read() -> None:
    heard = samples(made.video(2, sound="aac"))
    assert pitch(heard[8000:24000]) == pytest.approx(440.0, abs=2.0)


def test_silent_video_has_no_sound() -> None:
    with pytest.raises(NoSound):
        blocks(made.video(1))


def test_values_that_are_no_numbers_become_silence() -> None:
    data = bytearray(made.tone(1.0, codec="pcm_f32le", rate=16_000, channels=1))
    at = data.index(b"data") + 8
    data[at : at + 8] = struct.pack("<ff", float("nan"), float("inf"))
    heard = samples(bytes(data))
    assert np.isfinite(heard).all()
    assert np.abs(heard).max() <= 1.0


def test_header_that_claims_four_gigabytes_gives_what_is_there() -> None:
    data = bytearray(made.tone(1.0))
    data[4:8] = data[data.index(b"data") + 4 : data.index(b"data") + 8] = b"\xff\xff\xff\xf0"
    assert len(samples(bytes(data))) == pytest.approx(SAMPLE_RATE, abs=200)


def test_truncated_sound_gives_what_is_left() -> None:
    data = made.tone(10.0, kind="mp3", codec="libmp3lame")
    assert 3.0 < len(samples(data[: len(data) // 2])) / SAMPLE_RATE < 7.0


def test_noise_behind_a_good_head_is_an_error_or_silence_but_ends() -> None:
    head = made.tone(0.5, kind="flac", codec="flac")[:200]
    with contextlib.suppress(FileDamaged, NoSound):
        heard = samples(head + np.random.default_rng(1).bytes(300_000))
        assert np.isfinite(heard).all()


def test_reading_ends_when_the_person_asks() -> None:
    def stop(done: int, _total: int) -> None:
        if done >= 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(audio.sound(io.BytesIO(made.tone(20.0)), "a", SoundWish(block_seconds=1.0), stop))


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_full_level_on_every_channel_is_not_cut_off(channels: int) -> None:
    import av

    out = io.BytesIO()
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[channels]
    with av.open(out, "w", format="wav") as container:
        track = container.add_stream("pcm_f32le", rate=16_000, layout=layout)
        wave = np.sin(np.arange(16_000) * (2 * np.pi * 440 / 16_000)).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(np.repeat(wave, channels)[None, :].copy(), format="flt", layout=layout)
        frame.sample_rate = 16_000
        container.mux(track.encode(frame))
        container.mux(track.encode(None))
    heard = samples(out.getvalue())
    if channels < 6:
        assert np.allclose(heard, wave, atol=1e-4)
    assert np.abs(heard).max() <= 1.0


def test_metadata_in_an_old_encoding_is_no_obstacle() -> None:
    data = made.tone(1.0)
    info = b"INFOINAM" + struct.pack("<I", 4) + b"caf\xe9"
    chunk = b"LIST" + struct.pack("<I", len(info)) + info
    at = data.index(b"fmt ")
    assert len(samples(data[:at] + chunk + data[at:])) == pytest.approx(SAMPLE_RATE, abs=200)
