"""Tells whether a picture is a page of writing: bright ground, thin dark strokes, and many rows of them.

What it need not see: how it is written, and which way up. What it must not take for a page: photographs, drawings,
charts, and windows of programs that are mostly empty.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 1000
"""Pixels of the longer side of what is looked at: enough for the rows of a letter."""
SMALLEST = 500
"""Smaller than this the rows of a page cannot be told."""

Grey = NDArray[np.int16]
Mask = NDArray[np.bool_]

_NARROWEST, _WIDEST = 0.25, 1.9
_BLOCK = 40
_BRIGHT = 120
_PLAIN, _PLAIN_SHARE = 20, 0.6
_DARKER = 40
_LEAST_INK, _MOST_INK = 0.01, 0.25
_STROKE, _THICK_SHARE = 9, 0.15
"""Pixels as no stroke of a letter is wide, and how much of the ink may lie in such areas: headings, logos."""
_STRIPS = 10
_INKED = 0.04
_ROWS, _WRITTEN_STRIPS = 11, 6


def is_written(grey: Image.Image) -> bool:
    """Tell it of a grey picture whose longer side has about SIDE pixels."""
    if not _NARROWEST < grey.width / grey.height < _WIDEST or min(grey.size) < _BLOCK * 4:
        return False
    values = np.asarray(grey, np.int16)
    ground = _ground(grey)
    if np.median(ground) < _BRIGHT or (np.abs(values - ground) < _PLAIN).mean() < _PLAIN_SHARE:
        return False
    ink = values < ground - _DARKER
    return bool(_LEAST_INK < ink.mean() < _MOST_INK and _is_thin(ink) and _has_rows(ink))


def _ground(grey: Image.Image) -> Grey:
    """Return how bright the paper is at each point: shadows fall slowly across it."""
    size = (max(1, grey.width // _BLOCK), max(1, grey.height // _BLOCK))
    small = grey.resize((size[0] * 8, size[1] * 8), Image.Resampling.BOX)
    blocks = np.asarray(small).reshape(size[1], 8, size[0], 8)
    lightest = np.percentile(blocks, 85, axis=(1, 3)).astype(np.uint8)
    return np.asarray(Image.fromarray(lightest).resize(grey.size, Image.Resampling.BILINEAR), np.int16)


def _is_thin(ink: Mask) -> bool:
    """Whether hardly any ink lies so deep in a dark area as no stroke is wide."""
    deep = ink
    for _ in range(2):  # across, then down
        deep = np.logical_and.reduce([deep[:, at : deep.shape[1] - _STROKE + at] for at in range(_STROKE)]).T
    return bool(np.count_nonzero(deep) < _THICK_SHARE * np.count_nonzero(ink))


def _has_rows(ink: Mask) -> bool:
    """Whether ink and gaps take turns down the page in many of its strips; narrow ones, since pages lie askew."""
    width = ink.shape[1] // _STRIPS
    strips = ink[:, : width * _STRIPS].reshape(ink.shape[0], _STRIPS, width).mean(axis=2) > _INKED
    rows = np.count_nonzero(strips[1:] & ~strips[:-1], axis=0)
    return int(np.count_nonzero(rows >= _ROWS)) >= _WRITTEN_STRIPS
