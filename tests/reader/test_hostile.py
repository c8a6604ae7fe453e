"""Files that want more than to be read: the real reader process under strace, long films, and processes that die."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from desktop.core.errors import Cancelled, ReaderCrashed
from desktop.core.media import Frame, FramesWish, Progress, SoundBlock, SoundWish, Source
from desktop.reader.client import LocalMediaReader
from tests.media import made

Make = Callable[..., Source]
ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000
CODE = """
import sys
from pathlib import Path
from desktop.core.errors import AppError
from desktop.core.media import FactsWish, FramesWish, PictureWish, SoundWish, Source, ThumbnailWish
from desktop.reader.client import LocalMediaReader
if __name__ == "__main__":
    reader = LocalMediaReader()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        for ask in (
            reader.describe,
            lambda source: reader.picture(source, PictureWish()),
            lambda source: reader.thumbnail(source, ThumbnailWish()),
            lambda source: list(reader.frames(source, FramesWish())),
            lambda source: list(reader.sound(source, SoundWish())),
        ):
            with path.open("rb") as file:
                try:
                    ask(Source(file, path.name))
                    print(path.name, "read")
                except AppError as error:
                    print(path.name, type(error).__name__)
    reader.close()
"""


def pointing_elsewhere(canary: Path) -> dict[str, bytes]:
    """Files that name another file or a host."""
    hls = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{canary}\n#EXTINF:1,\nhttp://192.0.2.1/a.ts\n".encode()
    film = made.video(1, kind="mov")
    entry = film.index(b"url ", film.index(b"dref"))
    return {
        "hls.m3u8": hls,
        "concat.mp4": f"ffconcat version 1.0\nfile '{canary}'\nfile 'http://192.0.2.1/a.mp4'\n".encode(),
        "stream.sdp": b"v=0\no=- 0 0 IN IP4 192.0.2.1\nc=IN IP4 192.0.2.1\nm=video 5004 RTP/AVP 96\n",
        "picture-and-list.png": made.saved(made.corners(), "PNG") + hls,
        "list-in-sound.wav": made.tone(0.2)[:44] + hls,
        "list-behind-film.mp4": made.video(1) + hls,
        "film-elsewhere.mov": film[:entry] + b"url \0\0\0\0" + film[entry + 8 :],
    }


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_no_file_opens_another_or_asks_for_a_host(tmp_path: Path) -> None:
    canary, folder, log = tmp_path / "canary.ts", tmp_path / "hostile", tmp_path / "log"
    canary.write_bytes(made.video(1, kind="mpegts", codec="mpeg2video", fps=25))
    folder.mkdir()
    for name, data in pointing_elsewhere(canary).items():
        (folder / name).write_bytes(data)
    watch = ("strace", "-f", "-qq", "-s", "300", "-e", "trace=open,openat,socket,connect,sendto,execve", "-o", log)
    done = subprocess.run(
        (*watch, sys.executable, "-c", CODE, folder),
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip
    assert "picture-and-list.png read" in done.stdout
    seen = log.read_text("utf-8", "replace")
    assert str(folder / "hls.m3u8") in seen, "it watches what is opened"
    assert str(canary) not in seen
    assert "AF_INET" not in seen


def test_a_film_of_ten_minutes_is_read_in_little_memory_and_can_be_left(reader: LocalMediaReader, source: Make) -> None:
    film = source(made.video(600, fps=2, size=(96, 64), options={"g": "20"}), "long.mp4")
    results, most = [], 0
    for one in reader.frames(film, FramesWish()):
        results.append(one)
        assert reader.pid is not None
        most = max(most, psutil.Process(reader.pid).memory_info().rss)
    assert sum(isinstance(one, Frame) for one in results) == 60
    assert any(isinstance(one, Progress) for one in results)  # how often is a matter of time
    assert most < 300 * MEGABYTE
    reading = reader.frames(film, FramesWish())
    next(reading)
    reader.cancel()
    with pytest.raises(Cancelled):
        list(reading)


@pytest.mark.parametrize(("wish", "kind"), [("frames", Frame), ("sound", SoundBlock)])
def test_a_reader_that_dies_in_the_middle_is_told_and_the_next_file_is_read(
    reader: LocalMediaReader, source: Make, wish: str, kind: type
) -> None:
    film = source(made.video(60, fps=2, size=(96, 64), sound="aac"), "film.mp4")

    def read() -> object:
        return reader.frames(film, FramesWish()) if wish == "frames" else reader.sound(film, SoundWish(block_seconds=1))

    reading = read()
    while not isinstance(next(reading), kind):  # type: ignore[call-overload]
        pass
    assert reader.pid is not None
    os.kill(reader.pid, signal.SIGKILL)
    with pytest.raises(ReaderCrashed):
        list(reading)  # type: ignore[call-overload]
    assert any(isinstance(one, kind) for one in read())  # type: ignore[attr-defined]
