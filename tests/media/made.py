"""Makes real media files for tests, with the encoders that PyAV and Pillow bring."""

import io
import struct
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
PHOTO = (Path(__file__).parent / "corners.heic").read_bytes()
"""corners(128, 64), lying; which side is up is noted in the container, as phones do, and in the metadata."""
RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 60), (30, 60, 220), (255, 255, 255)


def corners(width: int = 96, height: int = 48) -> Image.Image:
    """A picture that tells how it is turned: red, green / blue, white."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(WHITE, (width // 2, height // 2, width, height))
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def scene(number: int, shift: int, width: int, height: int) -> Pixels:
    """A pattern that moves a little; every number is another scene."""
    y, x = np.mgrid[0:height, 0:width]
    base = np.sin((x + shift) / (9 + 5 * (number % 3))) * 60 + np.cos(y / (7 + 4 * (number % 4))) * 60
    return (
        np.stack([base + 128, base + 40 * (number % 5), base + 190 - 60 * (number % 3)], -1).clip(0, 255).astype("u1")
    )


def video(
    seconds: int = 6,
    *,
    size: tuple[int, int] = (160, 96),
    fps: int = 10,
    codec: str = "mpeg4",
    kind: str = "mp4",
    cuts: tuple[float, ...] = (),
    sound: str = "",
    turned: int = 0,
    options: dict[str, str] | None = None,
    picture: Callable[[float], Pixels] | None = None,
) -> bytes:
    """A video whose scene changes at the cuts."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as container:
        film = container.add_stream(codec, rate=fps, options=options or {})
        film.width, film.height, film.pix_fmt = *size, "yuvj420p" if codec == "mjpeg" else "yuv420p"
        if turned:
            film.set_display_rotation(turned)
        track = container.add_stream(sound, rate=48_000) if sound else None
        for index in range(seconds * fps):
            at = index / fps
            number = sum(at >= cut - 1e-6 for cut in cuts)
            pixels = picture(at) if picture else scene(number, index, *size)
            container.mux(film.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(film.encode(None))
        if track is not None:
            _put_tone(container, track, seconds, 440.0, 48_000, 2)
    return out.getvalue()


def tone(
    seconds: float = 3.0, pitch: float = 440.0, kind: str = "wav", codec: str = "pcm_s16le", rate: int = 44_100,
    channels: int = 2,
) -> bytes:  # fmt: skip
    """A sine of half the full level."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as container:
        track = container.add_stream(codec, rate=rate, layout="stereo" if channels == 2 else "mono")
        _put_tone(container, track, seconds, pitch, rate, channels)
    return out.getvalue()


def _put_tone(container: object, track: object, seconds: float, pitch: float, rate: int, channels: int) -> None:
    samples = np.sin(np.arange(int(seconds * rate)) * (2 * np.pi * pitch / rate)) * 0.5
    layout = "stereo" if channels == 2 else "mono"
    size = track.codec_context.frame_size or 1024
    resampler = av.AudioResampler(format=track.codec_context.format.name, layout=layout, rate=rate, frame_size=size)
    for start in range(0, len(samples), rate):
        values = np.repeat((samples[start : start + rate] * 32767).astype("<i2")[None, :], channels, 0)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(values), format="s16p", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        for one in resampler.resample(frame):
            container.mux(track.encode(one))
    for one in resampler.resample(None):
        container.mux(track.encode(one))
    container.mux(track.encode(None))


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(
    width: int, height: int, body: bytes = b"\0", extra: bytes = b"", *, depth: int = 1, colour: int = 0
) -> bytes:
    """A PNG, of one bit a pixel unless told otherwise, whose header claims a size."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"".join([
        b"\x89PNG\r\n\x1a\n", png_chunk(b"IHDR", header), extra, png_chunk(b"IDAT", zlib.compress(body, 1)),
        png_chunk(b"IEND", b""),
    ])  # fmt: skip


def claiming(kind: str, width: int, height: int) -> bytes:
    """A file of that kind whose header claims a size it does not have."""
    small = Image.new("RGB", (8, 8), RED)
    match kind:
        case "PNG":
            return png_claiming(width, height)
        case "JPEG":
            data = bytearray(saved(small, "JPEG"))
            at = data.index(b"\xff\xc0") + 5
            data[at : at + 4] = struct.pack(">HH", height, width)
        case "GIF":
            data = bytearray(saved(small, "GIF"))
            data[6:10] = struct.pack("<HH", width, height)
        case "BMP":
            data = bytearray(saved(small, "BMP"))
            data[18:26] = struct.pack("<ii", width, height)
        case "TIFF":
            data = bytearray(saved(small, "TIFF"))
            for tag, value in ((256, width), (257, height)):
                at = data.index(struct.pack("<HHI", tag, 4, 1)) if struct.pack("<HHI", tag, 4, 1) in data else -1
                at = at if at >= 0 else data.index(struct.pack("<HHI", tag, 3, 1))
                data[at : at + 12] = struct.pack("<HHII", tag, 4, 1, value)
        case _:
            data = bytearray(b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0")
            data += (min(width, 1 << 24) - 1).to_bytes(3, "little") + (min(height, 1 << 24) - 1).to_bytes(3, "little")
            data += saved(small, "WEBP")[12:]
    return bytes(data)


def gif_of(frames: int) -> bytes:
    """An animated GIF written by hand: many tiny frames are quick to make this way."""
    head = b"GIF89a" + struct.pack("<HHBBB", 64, 64, 0xF0, 0, 0) + b"\xff\0\0\0\0\xff"
    one = b"\x21\xf9\x04\0\x02\0\0\0" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + one * frames + b"\x3b"
