"""What a file is, told by content."""

import io
import struct

import pytest

from desktop.core.media import Format
from desktop.media.probe import format_of, of_bytes
from tests.media import made


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_pictures_are_known_by_their_bytes(kind: str) -> None:
    assert format_of(io.BytesIO(made.saved(made.corners(), kind))) is Format(kind)


@pytest.mark.parametrize(
    ("kind", "codec", "expected"),
    [
        ("wav", "pcm_s16le", Format.WAV),
        ("mp3", "libmp3lame", Format.MP3),
        ("ipod", "aac", Format.MP4),
        ("adts", "aac", Format.AAC),
        ("ogg", "libopus", Format.OGG),
        ("flac", "flac", Format.FLAC),
        ("webm", "libopus", Format.MATROSKA),
    ],
)
def test_sound_is_known_by_its_bytes(kind: str, codec: str, expected: Format) -> None:
    assert format_of(io.BytesIO(made.tone(1.0, kind=kind, codec=codec, rate=48_000))) is expected


@pytest.mark.parametrize(
    ("kind", "codec", "expected"),
    [("mp4", "mpeg4", Format.MP4), ("mov", "mpeg4", Format.MP4), ("avi", "mpeg4", Format.AVI),
     ("webm", "libvpx", Format.MATROSKA)],
)  # fmt: skip
def test_videos_are_known_by_their_bytes(kind: str, codec: str, expected: Format) -> None:
    assert format_of(io.BytesIO(made.video(1, kind=kind, codec=codec))) is expected


def test_mp3_without_tag_and_with_a_large_cover_are_known() -> None:
    plain = made.tone(1.0, kind="mp3", codec="libmp3lame")
    bare = plain[plain.index(b"\xff\xfb") :]
    assert of_bytes(bare) is Format.MP3
    length = 200_000
    tag = b"ID3\x03\0\0" + bytes(length >> shift & 0x7F for shift in (21, 14, 7, 0)) + bytes(length)
    assert format_of(io.BytesIO(tag + bare)) is Format.MP3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"#EXTM3U\n#EXTINF:1,\nhttp://example.org/a.ts\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
        b"SIMPLE  =                    T",
        b"8BPS\0\x01" + bytes(40),
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"icns" + struct.pack(">I", 64) + bytes(56),
        b"%PDF-1.7\n",
        b"PK\x03\x04" + bytes(40),
        b"BM not a bitmap at all",
        b"\xff\xfb\x90\x64" + bytes(600),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        bytes(range(256)) * 64,
    ],
    ids=[
        "empty",
        "hls",
        "concat",
        "sdp",
        "fits",
        "psd",
        "eps",
        "icns",
        "pdf",
        "zip",
        "text",
        "one frame",
        "svg",
        "noise",
    ],
)
def test_playlists_and_rare_formats_are_none_of_ours(data: bytes) -> None:
    assert format_of(io.BytesIO(data)) is None


def test_photos_are_told_from_videos_and_from_each_other() -> None:
    assert of_bytes(struct.pack(">I", 24) + b"ftypheic" + bytes(16)) is Format.HEIC
    assert of_bytes(struct.pack(">I", 24) + b"ftypavif" + bytes(16)) is Format.AVIF
    assert of_bytes(struct.pack(">I", 28) + b"ftypmif1\0\0\0\0mif1miafavif") is Format.AVIF
    assert of_bytes(struct.pack(">I", 24) + b"ftypmif1\0\0\0\0mif1heic") is Format.HEIC
