"""Sound: foreign files become blocks of 16,000 samples a second, one channel, with a level curve.

Streaming: one block is in memory, however long the file is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import av
import numpy as np
from av import AudioFrame, AudioResampler, AudioStream
from numpy.typing import NDArray

from desktop.core.errors import FileDamaged, NoSound
from desktop.core.media import LEVELS_A_SECOND, LONGEST_BLOCK, SAMPLE_RATE, SoundBlock, SoundWish, Step
from desktop.media import limits
from desktop.media.containers import Opened, check_decoder, frames_of, opened

Samples = NDArray[np.float32]

_WINDOW = SAMPLE_RATE // LEVELS_A_SECOND
_PAIR = 2
_LEAD_SECONDS = 0.5
"""Decoders need some sound before the one that is wanted."""


def sound(file: BinaryIO, name: str, wish: SoundWish, step: Step) -> Iterator[SoundBlock]:
    """Yield the sound in blocks of `wish.block_seconds`; the last one is shorter. Nothing where the range is behind it.

    Args:
        file: readable and seekable, binary; a video's sound track counts.
        name: what errors call it.
        wish: range and length of a block.
        step: called with (seconds done, seconds in all or 0); may raise Cancelled.

    Raises:
        AppError: it holds no sound, is damaged, or packed in a way that is not supported.
    """
    with opened(file, name) as it:
        if it.audio is None:
            raise NoSound(name=name)
        check_decoder(it.audio, name)
        start, end = max(0.0, wish.start), min(wish.end, limits.SECONDS)
        length = round(min(max(wish.block_seconds, 1 / LEVELS_A_SECOND), LONGEST_BLOCK) * SAMPLE_RATE)
        total = round(min(it.seconds, end))
        at = start
        for block in _blocks(_pieces(it, it.audio, start, end, step), length):
            step(round(at), total)
            yield SoundBlock(round(at, 3), block.astype("<f4").tobytes(), _levels(block))
            at += len(block) / SAMPLE_RATE
        if at == start == 0:
            raise FileDamaged(name=name)


def _levels(samples: Samples) -> bytes:
    """Return the loudest sample of each twentieth of a second, 0 to 255."""
    padded = np.pad(np.abs(samples), (0, -len(samples) % _WINDOW))
    return bytes(np.ceil(padded.reshape(-1, _WINDOW).max(axis=1) * 255).astype(np.uint8))


def _blocks(pieces: Iterator[Samples], length: int) -> Iterator[Samples]:
    """Put pieces of any length together into blocks of one length and a rest."""
    held: list[Samples] = []
    count = 0
    for piece in pieces:
        rest = piece
        while count + len(rest) >= length:
            cut = length - count
            yield np.concatenate([*held, rest[:cut]])
            held, count, rest = [], 0, rest[cut:]
        held.append(rest)
        count += len(rest)
    if count:
        yield np.concatenate(held)


def _pieces(it: Opened, stream: AudioStream, start: float, end: float, step: Step) -> Iterator[Samples]:
    """Yield the samples of the range as they are decoded."""
    origin = float((stream.start_time or 0) * (stream.time_base or 0))
    if start > 0:
        _seek(it, stream, origin + start - _LEAD_SECONDS)
    mixer = _Mixer()
    position: int | None = None
    first, last, bad = round(start * SAMPLE_RATE), round(end * SAMPLE_RATE), [0]
    for packet in it.container.demux(stream):
        step(0 if position is None else position // SAMPLE_RATE, round(min(it.seconds, end)))
        for frame in frames_of(packet, bad):
            if position is None:
                position = 0 if frame.time is None else max(0, round((frame.time - origin) * SAMPLE_RATE))
            for piece in mixer.mixed(frame):
                yield piece[max(0, first - position) : max(0, last - position)]
                position += len(piece)
                if position >= last:
                    return
    for piece in mixer.rest():
        if position is not None:
            yield piece[max(0, first - position) : max(0, last - position)]
            position += len(piece)


def _seek(it: Opened, stream: AudioStream, seconds: float) -> None:
    """Go there, or to the beginning where the file cannot: what comes too early is passed over."""
    try:
        it.container.seek(max(0, round(seconds / float(stream.time_base or 1))), stream=stream)
    except av.FFmpegError:
        it.container.seek(0)


@dataclass(slots=True)
class _Mixer:
    """Brings frames to one channel at SAMPLE_RATE; begins anew where rate or channels change on the way.

    Why the mean is taken here: FFmpeg would make a channel of two that is louder than either, and cut off its peaks.
    """

    _shape: tuple[str, str, int] | None = None
    _resampler: AudioResampler | None = None

    def mixed(self, frame: AudioFrame) -> list[Samples]:
        """Return what is ready after this frame."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        before = self.rest() if self._resampler is not None and shape != self._shape else []
        if self._resampler is None:
            named = frame.layout.nb_channels > _PAIR and "channels" not in frame.layout.name
            layout = "stereo" if named else frame.layout.name
            self._resampler = AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
            self._shape = shape
        return [*before, *map(_sound_values, self._resampler.resample(frame))]

    def rest(self) -> list[Samples]:
        """Return what is still held back."""
        if self._resampler is None:
            return []
        held = [_sound_values(one) for one in self._resampler.resample(None)]
        self._resampler = None
        return held


def _sound_values(frame: AudioFrame) -> Samples:
    """Return finite values between -1 and 1: a file may hold any."""
    values: Samples = np.asarray(frame.to_ndarray(), dtype=np.float32).mean(axis=0)
    np.nan_to_num(values, copy=False, posinf=0.0, neginf=0.0)
    np.clip(values, -1.0, 1.0, out=values)
    return values
