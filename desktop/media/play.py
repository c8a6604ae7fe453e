"""Films and sounds for eye and ear: frames at the size of the view and stereo sound, each in order of time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

import av
from av import AudioFrame, AudioResampler, AudioStream, Packet, VideoFrame
from av.codec.context import ThreadType

from desktop.core.errors import CodecUnsupported
from desktop.core.media import PLAY_BYTES, PLAY_RATE, Frame, HeardBlock, Moment, PlayWish, Step
from desktop.media.containers import Opened, check_decoder, frames_of, opened
from desktop.media.film import Film
from desktop.media.images import fitted
from desktop.media.video import pixels

MOST_A_SECOND = 31
BLOCK_BYTES = PLAY_RATE // 10 * PLAY_BYTES
"""Shorter pieces of sound are put together."""
LATE = 0.05
"""A first frame that comes so much later than the wished moment has the one before it shown until then."""
LEAD = 0.5
"""Decoders need some sound before the one that is wanted."""


def play(file: BinaryIO, name: str, wish: PlayWish, step: Step) -> Iterator[Moment]:
    """Yield frames and sound of a range, as they follow one another in the file.

    Args:
        file: readable and seekable, binary.
        name: what errors call it.
        wish: the range, and how large the pictures are.
        step: called with (seconds done, seconds in all or 0); may raise Cancelled.

    Raises:
        AppError: it cannot be played, or no further.
    """
    with opened(file, name) as it:
        film = None if it.video is None else _Frames(Film(it, name, step), wish)
        sound = _sound_of(it, name, wish)
        streams = [stream for stream, track in ((it.video, film), (it.audio, sound)) if track is not None]
        _seek(it, film, wish)
        bad = [0]
        for packet in it.container.demux(streams):
            step(round(wish.start), round(it.seconds))
            track = film if packet.stream is it.video else sound
            if track is None or track.done:
                continue
            for frame in frames_of(cast("Packet[Any]", packet), bad):
                yield from track.played(frame)
            if all(one is None or one.done for one in (film, sound)):
                break
        for track in (film, sound):
            if track is not None:
                yield from track.rest()


def _sound_of(it: Opened, name: str, wish: PlayWish) -> "_Sound | None":
    """Return the sound track; a film whose sound cannot be read is played in silence."""
    if it.audio is None:
        return None
    try:
        check_decoder(it.audio, name)
    except CodecUnsupported:
        if it.video is None:
            raise
        return None
    first = it.video or it.audio
    return _Sound(it.audio, float((first.start_time or 0) * (first.time_base or 0)), wish)


def _seek(it: Opened, film: "_Frames | None", wish: PlayWish) -> None:
    """Go there, or to the beginning where the file cannot: what comes too early is passed over."""
    if film is not None:
        film.film.seek(wish.start)  # in any case: it was read to its end to learn its length
    elif it.audio is not None and wish.start > 0:
        start = float((it.audio.start_time or 0) * (it.audio.time_base or 0))
        try:
            it.container.seek(
                max(0, round((start + wish.start - LEAD) / float(it.audio.time_base or 1))), stream=it.audio
            )
        except av.FFmpegError:
            it.container.seek(0)


@dataclass(slots=True)
class _Frames:
    """The picture track."""

    film: Film
    wish: PlayWish
    done: bool = False
    _next: float = field(init=False)
    _before: VideoFrame | None = None

    def __post_init__(self) -> None:
        self._next = self.wish.start
        if self.film.it.video is not None and not self.film.it.video.codec_context.is_open:
            self.film.it.video.codec_context.thread_type = ThreadType.AUTO

    def played(self, frame: VideoFrame) -> Iterator[Moment]:
        """Yield a frame when its time has come."""
        self.film.check_pixels(frame.width, frame.height)
        seconds = self.film.seconds_of(frame)
        if seconds >= self.wish.end:
            self.done = True
        elif seconds < self.wish.start - 0.001:
            self._before = frame
        elif seconds >= self._next - 0.001:
            if self._before is not None and seconds > self.wish.start + LATE:
                yield self._frame(self.wish.start, self._before)
            self._before = None
            self._next = seconds + 1 / MOST_A_SECOND
            yield self._frame(seconds, frame)

    def rest(self) -> Iterator[Moment]:
        """Yield the last frame of all where the wish begins behind it."""
        if self._before is not None:
            yield self._frame(self.wish.start, self._before)

    def _frame(self, seconds: float, frame: VideoFrame) -> Frame:
        return Frame(round(seconds, 3), pixels(frame, fitted(*self.film.seen(frame), self.wish.side)))


@dataclass(slots=True)
class _Sound:
    """The sound track, in blocks of at least a tenth of a second."""

    stream: AudioStream
    origin: float
    wish: PlayWish
    done: bool = False
    _shape: tuple[str, str, int] | None = None
    _resampler: AudioResampler | None = None
    _position: int = -1
    """Samples from the beginning to what comes next."""
    _held: bytearray = field(default_factory=bytearray)
    _held_from: int = 0

    def played(self, frame: AudioFrame) -> Iterator[Moment]:
        """Yield a block when there is enough for one."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or shape != self._shape:
            self._resampler, self._shape = AudioResampler(format="s16", layout="stereo", rate=PLAY_RATE), shape
        if self._position < 0:
            self._position = 0 if frame.time is None else round((frame.time - self.origin) * PLAY_RATE)
            self._position = max(self._position, -PLAY_RATE)
        for one in self._resampler.resample(frame):
            self._take(one)
        if len(self._held) >= BLOCK_BYTES:
            yield self._block()

    def rest(self) -> Iterator[Moment]:
        """Yield what is left."""
        if self._resampler is not None and not self.done:
            for one in self._resampler.resample(None):
                self._take(one)
        if self._held:
            yield self._block()

    def _take(self, frame: AudioFrame) -> None:
        samples = bytes(frame.planes[0])[: frame.samples * PLAY_BYTES]
        begins, ends = self._position, self._position + frame.samples
        self._position = ends
        start = max(begins, round(self.wish.start * PLAY_RATE))
        stop = ends if ends < self.wish.end * PLAY_RATE else round(self.wish.end * PLAY_RATE)
        self.done = ends >= self.wish.end * PLAY_RATE
        if start < stop:
            if not self._held:
                self._held_from = start
            self._held += samples[(start - begins) * PLAY_BYTES : (stop - begins) * PLAY_BYTES]

    def _block(self) -> HeardBlock:
        block = HeardBlock(round(max(0, self._held_from) / PLAY_RATE, 4), bytes(self._held))
        self._held.clear()
        return block
