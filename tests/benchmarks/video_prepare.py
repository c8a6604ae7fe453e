"""video_prepare: frames of a video ready for a model, against bare cv2 reading the same frames from the same file.

Ours goes the whole way: reader process, choice of frames, scaling to whole tokens, pipe. cv2 grabs every frame up
to those and retrieves them at their own size. The process is warm on both sides.
"""

import statistics
import tempfile
import time
from pathlib import Path

import av
import cv2

from desktop.core.media import Frame, FramesWish, Source
from desktop.reader.client import LocalMediaReader
from tests.media.made import video

ROUNDS = 7
SECONDS = 60
FRAMES_A_SECOND = 30
SIZE = (1280, 720)
CUTS = (6.4, 13.7, 22.2, 29.9, 41.3, 55.5)


def measure() -> dict[str, object]:
    """Interleave the two and compare neighbours."""
    codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
    options = {"preset": "veryfast"} if codec == "libx264" else {}
    reader = LocalMediaReader()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clip.mp4"
            path.write_bytes(video(SECONDS, size=SIZE, fps=FRAMES_A_SECOND, codec=codec, cuts=CUTS, options=options))
            ours: list[float] = []
            bare: list[float] = []
            times: list[float] = []
            for turn in range(ROUNDS + 1):
                began = time.perf_counter()
                times = prepared(reader, path)
                middle = time.perf_counter()
                grabbed(path, times)
                if turn:  # the first round starts the process
                    ours.append(middle - began)
                    bare.append(time.perf_counter() - middle)
    finally:
        reader.close()
    return {
        "benchmark": "video_prepare",
        "clip": f"{SECONDS} s, {SIZE[0]}x{SIZE[1]}, {FRAMES_A_SECOND} frames a second, {codec}",
        "frames": len(times),
        "cuts_found": sum(any(cut <= one <= cut + 0.3 for one in times) for cut in CUTS),
        "cuts": len(CUTS),
        "rounds": ROUNDS,
        "seconds": round(statistics.median(ours), 3),
        "bare_seconds": round(statistics.median(bare), 3),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, bare, strict=True)), 3),
        "bound": 1.3,
    }


def prepared(reader: LocalMediaReader, path: Path) -> list[float]:
    """Prepare the whole clip; return the times of its frames."""
    with path.open("rb") as file:
        return [one.seconds for one in reader.frames(Source(file, path.name), FramesWish()) if isinstance(one, Frame)]


def grabbed(path: Path, times: list[float]) -> int:
    """Read those frames with cv2 alone."""
    wanted = {round(one * FRAMES_A_SECOND) for one in times}
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    found = number = 0
    while number <= max(wanted) and capture.grab():
        if number in wanted:
            found += capture.retrieve()[0]
        number += 1
    capture.release()
    if found != len(wanted):
        raise RuntimeError("cv2 did not find the same frames")
    return found
