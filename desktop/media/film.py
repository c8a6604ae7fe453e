"""The picture track of an open video: finds frames by walking through it or by leaping from key frame to key frame."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import av
from av import VideoFrame, VideoStream
from av.codec.context import ThreadType

from desktop.core.errors import NoPictures, PictureTooLarge
from desktop.core.media import Step
from desktop.media import limits
from desktop.media.containers import Opened, check_decoder, frames_of
from desktop.media.scenes import CUT, Grey, change, grey

Window = tuple[float, float]
"""From, to, in seconds."""

LOOKS = 5
"""Frames compared in a window that is walked through."""
HOPS = (1 / 2, 1 / 6, 5 / 6)
"""Where a window that is leapt into is looked at; the middle is taken unless another shows something new."""
SPARE_FRAMES_FROM = 0.5
"""Windows of so many seconds have frames enough without those that no other frame is built on."""

_THREADS = 4
_MISSES = 3
_PACKETS_FOR_A_FRAME = 50
_TOLERANCE = 0.001
_HALF_TURN = 180
_WIDEST = 8


@dataclass(frozen=True, slots=True)
class Look:
    """A frame that may be chosen."""

    seconds: float
    frame: VideoFrame
    grey: Grey


@dataclass(slots=True)
class Film:
    """One picture track. Its frames are decoded once, in order; every leap begins anew at a key frame."""

    it: Opened
    name: str
    step: Step
    seconds: float = field(init=False)
    """How long it really is, told by its last packets and not by the header."""
    _stream: VideoStream = field(init=False)
    _start: float = field(init=False)
    _tick: float = field(init=False)
    _bad: list[int] = field(init=False, default_factory=lambda: [0])
    _place: tuple[int, int] = field(init=False, default=(0, 0))

    def __post_init__(self) -> None:
        if self.it.video is None:
            raise NoPictures(name=self.name)
        check_decoder(self.it.video, self.name)
        self._stream = self.it.video
        context = self._stream.codec_context
        self.check_pixels(context.width, context.height)
        context.options = {"max_pixels": str(limits.VIDEO_PIXELS)}
        context.thread_count = min(_THREADS, 1 + (os.cpu_count() or 1))
        context.thread_type = ThreadType.SLICE
        self._tick = float(self._stream.time_base or 1)
        self._start = (self._stream.start_time or 0) * self._tick
        self.seconds = self._true_length()

    def seen(self, frame: VideoFrame) -> tuple[int, int]:
        """Return the size on a screen: pixels made square, turned upright."""
        width, shape = frame.width, self._stream.sample_aspect_ratio
        if shape and 1 / _WIDEST < shape < _WIDEST:
            width = max(1, round(width * float(shape)))
        return (frame.height, width) if frame.rotation % _HALF_TURN else (width, frame.height)

    def walk(self, windows: list[Window], windows_before: int = 0) -> Iterator[Look]:
        """Choose one frame a window by looking through all of them in order; windows are of one length."""
        start, length = windows[0][0], windows[0][1] - windows[0][0]
        context = self._stream.codec_context
        if not context.is_open:
            context.thread_type = ThreadType.AUTO
        context.skip_frame = "NONREF" if length >= SPARE_FRAMES_FROM else "DEFAULT"
        best: Look | None = None
        rank, place, before, next_look = (0.0, 0.0), 0, None, start
        for frame, seconds in self._frames_from(start):
            index = int((seconds - start + _TOLERANCE) / length)
            if index != place and best is not None:
                yield best
                best = None
            if index >= len(windows):
                break
            place = index
            self._place = (windows_before + index, windows_before + len(windows))
            if seconds < next_look - _TOLERANCE and best is not None:
                continue
            next_look = seconds + length / LOOKS
            look = Look(seconds, frame, grey(frame))
            cut = change(before, look.grey)
            mine = (cut if cut >= CUT else 0.0, -abs(seconds - start - (index + 0.5) * length))
            if best is None or mine > rank:
                best, rank = look, mine
            before = look.grey
        if best is not None:
            yield best

    def leap(self, windows: list[Window]) -> Iterator[Look]:
        """Choose one frame a window among its key frames; walk on where there are none."""
        before, last, misses = None, -1.0, 0
        for index, (start, end) in enumerate(windows):
            self._place = (index, len(windows))
            self.step(*self._place)
            if misses == _MISSES:
                yield from self.walk(windows[index:], index)
                return
            best = self._newest(before, start, end)
            misses = 0 if best is not None else misses + 1
            if best is None:
                best = self._frame_at((start + end) / 2)
            if best is not None and best.seconds > last:
                yield best
                before, last = best.grey, best.seconds

    def key_frame(self, seconds: float) -> Look | None:
        """Return the last key frame before that moment, decoded alone."""
        if not self.seek(seconds):
            return None
        context = self._stream.codec_context
        for count, packet in enumerate(self.it.container.demux(self._stream)):
            if count > _PACKETS_FOR_A_FRAME:
                return None
            if packet.size and not packet.is_keyframe and count == 0:
                continue
            found = frames_of(packet, self._bad)
            if not found and packet.size:
                found = list(context.decode(None))  # it holds frames back to put them in order: this one will do
                context.flush_buffers()
            if found:
                self.check_pixels(found[0].width, found[0].height)
                return Look(self.seconds_of(found[0]), found[0], grey(found[0]))
        return None

    def _newest(self, before: Grey | None, start: float, end: float) -> Look | None:
        """Return the key frame within a window that is least like the frame before; None when there is none."""
        best: Look | None = None
        rank = CUT
        for hop in HOPS:
            look = self.key_frame(start + (end - start) * hop)
            if look is None or not start - _TOLERANCE <= look.seconds < end:
                continue
            new = change(before, look.grey)
            if best is None or new > rank:
                best, rank = look, max(new, CUT)
        return best

    def _frame_at(self, seconds: float) -> Look | None:
        """Return the first frame from that moment on, decoded from the key frame before it."""
        self._stream.codec_context.skip_frame = "NONREF"
        for frame, at in self._frames_from(seconds):
            return Look(at, frame, grey(frame))
        return None

    def _frames_from(self, seconds: float) -> Iterator[tuple[VideoFrame, float]]:
        """Decode from the key frame before that moment; yield the frames from that moment on."""
        self.seek(seconds)
        for packet in self.it.container.demux(self._stream):
            self.step(*self._place)
            for frame in frames_of(packet, self._bad):
                self.check_pixels(frame.width, frame.height)
                at = self.seconds_of(frame)
                if at >= seconds - _TOLERANCE:
                    yield frame, at

    def _true_length(self) -> float:
        """Read the last packets, decoding nothing: a header may claim a hundred hours, or nothing at all."""
        claimed = self.it.seconds
        self.seek(claimed or limits.SECONDS)
        last = 0.0
        for packet in self.it.container.demux(self._stream):
            self.step(*self._place)
            if packet.pts is not None:
                last = max(last, (packet.pts + (packet.duration or 0)) * self._tick - self._start)
        return last or claimed or 1.0

    def seek(self, seconds: float) -> bool:
        """Go to the key frame before that moment; False when this file cannot."""
        self._stream.codec_context.flush_buffers()
        try:
            self.it.container.seek(round((seconds + self._start) / self._tick), stream=self._stream)
        except av.FFmpegError:
            return False
        return True

    def seconds_of(self, frame: VideoFrame) -> float:
        """Return when a frame is shown, from the start of the video."""
        return 0.0 if frame.pts is None else max(0.0, float(frame.pts * self._tick) - self._start)

    def check_pixels(self, width: int, height: int) -> None:
        """Refuse a frame that is too large.

        Raises:
            PictureTooLarge: it is.
        """
        if width * height > limits.VIDEO_PIXELS:
            raise PictureTooLarge(name=self.name, width=width, height=height)
