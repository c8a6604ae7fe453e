"""Opens foreign video and sound with PyAV so that nothing but the one open file is ever read.

Why the demuxer is named and not guessed: FFmpeg's guessing would also find playlists and scripts that name other
files and addresses. The layout comes from `probe`, protocols are switched off, every wish for another file is
refused, and only decoders on a list are used.

Why PyAV and not cv2.VideoCapture: it reads an open file on every system, lets the demuxer be named, and tells
exact times, the way a picture is turned, and the sound. Skipping frames nobody refers to, it is as fast.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn, TypeVar, cast

import av
from av import AudioStream, Packet, VideoStream
from av.container import InputContainer
from av.stream import Disposition, Stream

from desktop.core.errors import CodecUnsupported, FileDamaged, FileNotRecognised
from desktop.core.media import Facts, Format, Kind
from desktop.media import limits
from desktop.media.probe import format_of

DEMUXERS = {
    Format.MP4: "mov",
    Format.MATROSKA: "matroska",
    Format.AVI: "avi",
    Format.WAV: "wav",
    Format.MP3: "mp3",
    Format.AAC: "aac",
    Format.OGG: "ogg",
    Format.FLAC: "flac",
}
DECODERS = frozenset({
    "h264", "hevc", "libdav1d", "av1", "vp8", "libvpx", "vp9", "libvpx-vp9", "mpeg4", "msmpeg4v2", "msmpeg4", "h263",
    "mjpeg", "mpeg1video", "mpeg2video", "theora", "prores", "dvvideo", "aac", "mp3float", "mp3", "mp2float", "mp2",
    "opus", "libopus", "vorbis", "flac", "alac", "ac3", "eac3", "amrnb", "amrwb", "libopencore_amrnb",
    "libopencore_amrwb", "gsm_ms", "adpcm_ms", "adpcm_ima_wav", "adpcm_ima_qt", "pcm_u8", "pcm_s8", "pcm_s16le",
    "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_f64le",
    "pcm_f64be", "pcm_alaw", "pcm_mulaw",
})  # fmt: skip
_OPTIONS = {
    "protocol_whitelist": "none",
    "codec_whitelist": ",".join(sorted(DECODERS)),
    "max_streams": "64",
    "max_pixels": str(limits.VIDEO_PIXELS),
}
Track = TypeVar("Track", VideoStream, AudioStream)

_TOLERANT: dict[str, Any] = {"metadata_errors": "replace"} if av.__version__.startswith("18.") else {}
"""PyAV 18 refuses files whose metadata is not UTF-8; to be removed with Python 3.11, the last it serves."""
_READ_BYTES = 256 * 1024
_MICROSECONDS = 1_000_000
_BAD_PACKETS = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file and the streams that count."""

    container: InputContainer
    format: Format
    video: VideoStream | None
    audio: AudioStream | None

    @property
    def seconds(self) -> float:
        """How long the header says it is; 0 when it does not tell. A claim, not a fact."""
        return max(0, self.container.duration or 0) / _MICROSECONDS


def describe(file: BinaryIO, name: str) -> Facts:
    """Tell kind, size as seen, length and whether there is sound; decodes what FFmpeg's header check decodes.

    Args:
        file: readable and seekable, binary.
        name: what errors call it.

    Raises:
        AppError: it is neither video nor sound, damaged, or packed in a way that is not supported.
    """
    with opened(file, name) as it:
        if it.video is None:
            check_decoder(it.audio, name)
            return Facts(Kind.SOUND, it.format, seconds=it.seconds, has_sound=True)
        check_decoder(it.video, name)
        width, height = it.video.codec_context.width, it.video.codec_context.height
        return Facts(Kind.VIDEO, it.format, width, height, seconds=it.seconds, has_sound=it.audio is not None)


@contextmanager
def opened(file: BinaryIO, name: str) -> Iterator[Opened]:
    """Open a file; what parsers raise inside becomes a plain error.

    Raises:
        AppError: it is neither video nor sound, or damaged.
    """
    kind = format_of(file)
    if kind not in DEMUXERS:
        raise FileNotRecognised(name=name)
    file.seek(0)
    try:
        with av.open(
            file,
            format=DEMUXERS[kind],
            container_options=_OPTIONS,
            buffer_size=_READ_BYTES,
            io_open=_refuse,
            **_TOLERANT,
        ) as container:
            yield _chosen(cast("InputContainer", container), kind, name)
    except MemoryError:
        raise
    except (av.FFmpegError, *limits.BAD_VALUES) as error:
        raise FileDamaged(name=name) from error


def check_decoder(stream: Stream | None, name: str) -> None:
    """Refuse a stream whose decoder is not on the list.

    Raises:
        CodecUnsupported: it is not.
    """
    context = None if stream is None else stream.codec_context
    if context is None or context.name not in DECODERS:
        raise CodecUnsupported(name=name, codec="?" if context is None else context.name)


def frames_of(packet: "Packet[Track]", bad: list[int]) -> list[Any]:
    """Decode one packet; damaged ones are passed over until there are too many.

    Args:
        packet: from the stream; the empty one at the end brings out what the decoder still holds.
        bad: how many were damaged so far, one number, counted here.

    Returns:
        Frames of the packet's kind.

    Raises:
        av.FFmpegError: too many packets are damaged.
    """
    try:
        return list(packet.decode())
    except (av.error.InvalidDataError, av.error.PatchWelcomeError):
        bad[0] += 1
        if bad[0] > _BAD_PACKETS:
            raise
        return []


def _chosen(container: InputContainer, kind: Format, name: str) -> Opened:
    """Pick the first film and the first sound track; a cover is no film."""
    films = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    sounds = container.streams.audio
    if not films and not sounds:
        raise FileDamaged(name=name)
    return Opened(container, kind, films[0] if films else None, sounds[0] if sounds else None)


def _refuse(url: str, flags: int, options: dict[str, str]) -> NoReturn:  # noqa: ARG001 - PyAV's signature
    """Answer every wish for another file or an address."""
    raise PermissionError
