"""The real reader process: files of every kind, hostile ones, and what it gives up."""

import ctypes
import os
import random
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from desktop.core.child import StopFlag
from desktop.core.errors import AppError, FileDamaged, FileNotRecognised, PartLeftOut, PictureTooLarge, SealedDamaged
from desktop.core.media import (
    Detail,
    Facts,
    Format,
    Frame,
    FramesWish,
    Kind,
    PictureWish,
    SoundBlock,
    SoundWish,
    Source,
    ThumbnailWish,
    grid,
)
from desktop.reader.client import LocalMediaReader
from desktop.reader.process import Patience
from desktop.reader.worker import landlock
from desktop.reader.worker.main import run
from tests.media import made, test_paper

Make = Callable[..., Source]


def test_picture_video_and_sound_come_back(reader: LocalMediaReader, source: Make) -> None:
    photo = source(made.saved(made.corners(640, 480), "JPEG"), "photo.jpg")
    assert reader.describe(photo) == Facts(Kind.PICTURE, Format.JPEG, 640, 480, pages=1)
    picture = reader.picture(photo, PictureWish(Detail.NORMAL))
    assert (picture.width, picture.height) == grid(640, 480, Detail.NORMAL).size
    phone = source(made.PHOTO, "phone.heic")
    assert reader.describe(phone) == Facts(Kind.PICTURE, Format.HEIC, 128, 64, pages=1)
    assert reader.thumbnail(phone, ThumbnailWish(64)).width == 64
    film = source(made.video(3, sound="aac"), "film.mp4")
    assert reader.describe(film).kind is Kind.VIDEO
    assert reader.thumbnail(film, ThumbnailWish(64)).width == 64
    frames = [one for one in reader.frames(film, FramesWish()) if isinstance(one, Frame)]
    assert [int(one.seconds) for one in frames] == [0, 1, 2]
    blocks = [one for one in reader.sound(film, SoundWish(block_seconds=1.0)) if isinstance(one, SoundBlock)]
    assert [one.seconds for one in blocks][:3] == [0.0, 1.0, 2.0]


def test_the_same_file_can_be_read_again(reader: LocalMediaReader, source: Make) -> None:
    photo = source(made.saved(made.corners(), "PNG"))
    assert reader.thumbnail(photo, ThumbnailWish()) == reader.thumbnail(photo, ThumbnailWish())


def test_sealed_file_is_unsealed_in_the_reader_alone(reader: LocalMediaReader, tmp_path: Path) -> None:
    from desktop.sealed.reader import open_key
    from desktop.sealed.writer import SealedWriter

    path, vault = tmp_path / "sealed", os.urandom(32)
    plain = made.video(3, options={"g": "5"})
    with SealedWriter.create(path, vault) as writer:
        writer.write(plain)
    with path.open("rb") as file:
        key = open_key(file, vault)
        frames = [one for one in reader.frames(Source(file, "a.mp4", key), FramesWish()) if isinstance(one, Frame)]
        assert len(frames) == 3
        with pytest.raises(SealedDamaged):
            reader.describe(Source(file, "a.mp4", bytes(32)))


def test_wrong_extension_does_not_matter(reader: LocalMediaReader, source: Make) -> None:
    assert reader.describe(source(made.tone(1.0), "song.png")).kind is Kind.SOUND


@pytest.mark.parametrize("data", [b"", b"hello", bytes(5000), b"%PDF-1.7", b"PK\x03\x04" + bytes(99)])
def test_other_files_are_told_as_unknown(reader: LocalMediaReader, source: Make, data: bytes) -> None:
    with pytest.raises(FileNotRecognised, match="thing"):
        reader.describe(source(data, "thing"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_bomb_is_refused_in_words(reader: LocalMediaReader, source: Make, kind: str) -> None:
    with pytest.raises((PictureTooLarge, FileDamaged), match="bomb"):
        reader.picture(source(made.claiming(kind, 65_535, 65_535), "bomb"), PictureWish())


def test_largest_picture_that_is_allowed_fits_into_the_memory_limit(reader: LocalMediaReader, source: Make) -> None:
    clear = made.png_claiming(8_000, 8_000, bytes(32_001 * 8_000), depth=8, colour=6)
    seen = reader.picture(source(clear, "large.png"), PictureWish(Detail.QUICK))
    assert seen.rgb[:3] == b"\xff\xff\xff"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux offers these limits")
def test_reader_writes_no_file_and_reaches_nothing(source: Make) -> None:
    reader = LocalMediaReader(trying)
    landlocked = ctypes.CDLL(None).syscall(landlock.CREATE_RULESET, None, 0, landlock.VERSION_ONLY) >= 1
    shut = ["unseen", "unstarted", "unharmed"] if landlocked else ["seen", "started", "harmed"]
    try:
        with pytest.raises(FileDamaged) as told:
            reader.describe(source(b"x"))
        assert str(told.value.fields["name"]).split() == ["closed", "nothing", "refused", "0", *shut]
    finally:
        reader.close()


def trying(pipe: object, flag: StopFlag) -> None:
    """A reader that was taken over: tries what it must not be able to do."""
    import socket
    import tempfile

    from desktop.reader.worker import main, tasks

    def attempts(task: object, handle: int, send: object, step: object) -> None:
        os.close(handle)
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
                outside.connect(("192.0.2.1", 9))
            network = "open"
        except OSError:
            network = "closed"
        try:
            with tempfile.TemporaryFile() as file:
                file.write(b"a word of the conversation")
                file.flush()
            written = "something"
        except OSError:
            written = "nothing"
        try:
            bytearray(2 << 30)
            memory = "granted"
        except MemoryError:
            memory = "refused"
        try:
            Path("/etc/hostname").read_bytes()
            outside = "seen"
        except OSError:
            outside = "unseen"
        try:
            os.posix_spawn("/bin/true", ["true"], {})
            program = "started"
        except OSError:
            program = "unstarted"
        try:
            os.kill(os.getppid(), 0)
            other = "harmed"
        except OSError:
            other = "unharmed"
        import resource

        cores = resource.getrlimit(resource.RLIMIT_CORE)[0]
        raise FileDamaged(name=f"{network} {written} {memory} {cores} {outside} {program} {other}")

    tasks.do = attempts
    main.run(pipe, flag)  # type: ignore[arg-type]


def test_app_process_loads_no_parser(tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / "a.png"
    path.write_bytes(made.saved(made.corners(), "PNG"))
    code = (
        "import sys\nfrom desktop.core.media import Source, ThumbnailWish\n"
        "from desktop.reader.client import LocalMediaReader\n"
        "if __name__ == '__main__':\n"
        "    reader = LocalMediaReader()\n"
        f"    with open({str(path)!r}, 'rb') as file: reader.thumbnail(Source(file, 'a'), ThumbnailWish())\n"
        "    reader.close()\n"
        "    print([one for one in ('PIL', 'cv2', 'av', 'numpy') if one in sys.modules])\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code, "utf-8")
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout.strip() == "[]", done.stderr


SEEDS: dict[str, Callable[[], bytes]] = {
    "png": lambda: made.saved(noise(), "PNG"),
    "jpeg": lambda: made.saved(noise(), "JPEG", exif=Image.Exif()),
    "webp": lambda: made.saved(noise(), "WEBP"),
    "gif": lambda: made.saved(noise().quantize(), "GIF"),
    "bmp": lambda: made.saved(noise(), "BMP"),
    "tiff": lambda: made.saved(noise(), "TIFF", compression="tiff_lzw"),
    "avif": lambda: made.saved(noise(), "AVIF"),
    "heic": lambda: made.PHOTO,
    "mp4": lambda: made.video(2, sound="aac"),
    "webm": lambda: made.video(2, codec="libvpx", kind="webm"),
    "avi": lambda: made.video(2, codec="mjpeg", kind="avi"),
    "mp3": lambda: made.tone(1.0, kind="mp3", codec="libmp3lame"),
    "ogg": lambda: made.tone(1.0, kind="ogg", codec="libopus", rate=48_000),
    "flac": lambda: made.tone(1.0, kind="flac", codec="flac"),
    "wav": lambda: made.tone(1.0),
}


def noise() -> Image.Image:
    return Image.fromarray(np.random.default_rng(3).integers(0, 255, (40, 60, 3), np.uint8))


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Change some bytes, mostly near the head, or cut a piece out."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(min(len(changed), rng.choice((64, 512, len(changed)))))
        changed[at] = rng.choice((0, 255, 127, 128, rng.randrange(256)))
    if rng.random() < 0.3:
        at = rng.randrange(len(changed))
        del changed[at : at + rng.randint(1, 2000)]
    return bytes(changed)


def read(reader: LocalMediaReader, one: Source, name: str) -> str:
    """Ask everything of a file; say how it ended. Anything but a result or a plain error fails the test."""
    try:
        reader.describe(one)
        if name in ("mp4", "webm", "avi"):
            list(reader.frames(one, FramesWish(most=4)))
        elif name in ("mp3", "ogg", "flac", "wav"):
            list(reader.sound(one, SoundWish(end=5.0)))
        else:
            reader.picture(one, PictureWish(Detail.QUICK))
    except AppError as error:
        return type(error).__name__
    return "read"


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_damaged_files_end_in_a_result_or_a_plain_sentence(reader: LocalMediaReader, source: Make, name: str) -> None:
    rng, data = random.Random(f"seed {name}"), SEEDS[name]()
    for _ in range(8):
        read(reader, source(damaged(data, rng), name), name)
    assert read(reader, source(data, name), name) == "read"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SEEDS))
def test_many_damaged_files_stay_within_the_limits(tmp_path: Path, name: str) -> None:
    reader = LocalMediaReader(patience=Patience(silent=10.0, short=20.0, long=40.0))
    rng, data = random.Random(f"long {name}"), SEEDS[name]()
    path, endings, most = tmp_path / "one", {}, 0
    try:
        for _ in range(200):
            path.write_bytes(damaged(data, rng))
            with path.open("rb") as file:
                ending = read(reader, Source(file, name), name)
            endings[ending] = endings.get(ending, 0) + 1
            if reader.pid is not None:
                most = max(most, psutil.Process(reader.pid).memory_info().rss)
    finally:
        reader.close()
    print(name, dict(sorted(endings.items())), f"{most >> 20} MiB")
    assert most < 1536 << 20
    assert not endings.get("ReaderHung")


def without_av(pipe: Connection, flag: StopFlag) -> None:
    """The real worker in a build that leaves PyAV out."""
    sys.modules["av"] = None  # type: ignore[assignment]
    run(pipe, flag)


def test_a_build_without_video_says_so_and_still_reads_pictures(source: Make) -> None:
    reader = LocalMediaReader(without_av)
    with pytest.raises(PartLeftOut, match=r"cannot read tone\.wav"):
        list(reader.sound(source(made.tone(1.0), "tone.wav"), SoundWish()))
    assert reader.describe(source(made.saved(made.corners(64, 48), "PNG"), "a.png")).width == 64
    reader.close()


def test_a_scanned_page_is_told_from_a_photo_through_the_process_too(reader: LocalMediaReader, source: Make) -> None:
    assert reader.describe(source(made.saved(test_paper.page(), "PNG"), "page.png")).paper
