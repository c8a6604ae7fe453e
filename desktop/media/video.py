"""Video: foreign files become frames with their times, spread over the range, scene changes favoured.

The range is cut into as many windows as there are frames wanted. Short windows are walked through frame by frame,
long ones are leapt into, key frame by key frame: encoders put those where the scene changes. One frame of each
window is kept, so memory does not grow with the length.
"""

import math
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from av import VideoFrame
from av.video.reformatter import Colorspace, Interpolation

from desktop.core.errors import FileDamaged
from desktop.core.media import MOST_FRAMES, Frame, FramesWish, Picture, Step, ThumbnailWish, grid
from desktop.media.containers import opened
from desktop.media.film import Film, Look, Window
from desktop.media.images import fitted
from desktop.media.scenes import PLAIN, contrast

LEAP_SECONDS = 3.0
POSTERS = (0.1, 0.3, 0.5)

_HD_LINES = 720
_UNSPECIFIED = 2
_QUARTER_TURN = 90


def frames(file: BinaryIO, name: str, wish: FramesWish, step: Step) -> Iterator[Frame]:
    """Yield frames in order of time, each filling the token budget, upright. Nothing where the range is behind it.

    Args:
        file: readable and seekable, binary.
        name: what errors call it.
        wish: range, how many, how large.
        step: called with how many of the windows are done; may raise Cancelled.

    Raises:
        AppError: it is no video, damaged, or too large.
    """
    with opened(file, name) as it:
        film = Film(it, name, step)
        windows = _windows(wish, film.seconds)
        long = windows[0][1] - windows[0][0] > LEAP_SECONDS
        found = False
        for look in film.leap(windows) if long else film.walk(windows):
            found = True
            size = grid(*film.seen(look.frame), wish.detail).size
            yield Frame(round(look.seconds, 3), pixels(look.frame, size))
        if not found and wish.start < film.seconds:
            raise FileDamaged(name=name)


def poster(file: BinaryIO, name: str, wish: ThumbnailWish, step: Step) -> Picture:
    """Return a frame that stands for the video: one of its first half that is not black.

    Raises:
        AppError: as `frames`.
    """
    with opened(file, name) as it:
        film = Film(it, name, step)
        best: Look | None = None
        for share in POSTERS:
            look = film.key_frame(film.seconds * share)
            if look is not None and (best is None or contrast(look.grey) > contrast(best.grey)):
                best = look
            if best is not None and contrast(best.grey) > PLAIN:
                break
        if best is None:
            raise FileDamaged(name=name)
        return pixels(best.frame, fitted(*film.seen(best.frame), wish.side))


def _windows(wish: FramesWish, seconds: float) -> list[Window]:
    """Cut the wished range, as far as the video goes, into windows of one length."""
    start = min(max(0.0, wish.start), seconds)
    span = max(min(wish.end, seconds) - start, 0.001)
    count = min(max(1, math.ceil(round(span * wish.per_second, 3))), max(1, wish.most), MOST_FRAMES)
    return [(start + span * index / count, start + span * (index + 1) / count) for index in range(count)]


def pixels(frame: VideoFrame, size: tuple[int, int]) -> Picture:
    """Scale and convert in one go, then turn upright.

    Why colours are guessed by height: HD video that does not name its colours uses those of HD, and FFmpeg would
    take the old ones.
    """
    turns = round(frame.rotation / _QUARTER_TURN) % 4
    width, height = size if turns % 2 == 0 else (size[1], size[0])
    smaller = width * height < frame.width * frame.height
    guessed = Colorspace.ITU709 if frame.height >= _HD_LINES else Colorspace.ITU601
    flat = frame.reformat(
        width,
        height,
        "rgb24",
        src_colorspace=guessed if frame.colorspace == _UNSPECIFIED else None,
        interpolation=Interpolation.AREA if smaller else Interpolation.BICUBIC,
        threads=1,
    ).to_ndarray()
    upright = np.rot90(flat, turns)
    return Picture(upright.shape[1], upright.shape[0], upright.tobytes())
