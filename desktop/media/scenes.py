"""How much a video frame differs from another: mean difference of brightness between small grey copies.

A cut measures 30 to 80 of 255, a moving camera rarely more than 10.
"""

import cv2
import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

CUT = 20.0
SMALL = (64, 36)
PLAIN = 12.0
"""A frame with less contrast shows nothing: black, a fade."""

Grey = NDArray[np.uint8]

_BRIGHTNESS_FIRST = ("yuv4", "nv1", "nv2", "gray", "yuvj")


def grey(frame: VideoFrame) -> Grey:
    """Return a grey copy of 64 by 36; brightness is read where the decoder put it, without converting colours."""
    kind = frame.format.name
    if not kind.startswith(_BRIGHTNESS_FIRST) or frame.format.components[0].bits != 8:
        return np.ascontiguousarray(frame.reformat(*SMALL, format="gray", threads=1).to_ndarray(), dtype=np.uint8)
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return np.asarray(cv2.resize(rows[: frame.height, : frame.width], SMALL, interpolation=cv2.INTER_AREA), np.uint8)


def change(one: Grey | None, other: Grey | None) -> float:
    """Return the mean difference of brightness, 0 to 255; 0 where there is nothing to compare with."""
    if one is None or other is None:
        return 0.0
    return float(cv2.absdiff(one, other).mean())


def contrast(one: Grey) -> float:
    """Return the spread of brightness."""
    return float(one.std())
