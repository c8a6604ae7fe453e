"""What may not be handed out is found, and a stand-in is loaded in its place by whoever named the real one."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest
from groundwork import stand_ins
from groundwork.console import StepFailed

needs_compiler = pytest.mark.skipif(
    shutil.which("gcc") is None or shutil.which("nm") is None, reason="frozen on Linux, where a compiler is"
)
ENCODER = "int x264_open(void) { return 7; } int x264_close(void) { return 7; } int x264_levels[3] = {1, 2, 3};"
FFMPEG = """
extern int x264_open(void); extern int x264_levels[];
int opened(void) { return x264_open(); } int level(void) { return x264_levels[0]; } int decoded(void) { return 5; }
"""


def library(path: Path, text: str, *uses: Path) -> Path:
    options = [f"-Wl,-soname,{path.name}", "-Wl,-rpath,$ORIGIN", "-x", "c", "-", "-x", "none", *map(str, uses)]
    subprocess.run(["gcc", "-shared", "-fPIC", *options, "-o", str(path)], input=text, text=True, check=True)
    return path


@needs_compiler
def test_library_that_names_an_encoder_reads_on_with_its_stand_in(tmp_path: Path) -> None:
    wheel, frozen = tmp_path / "av.libs", tmp_path / "frozen"
    wheel.mkdir()
    encoder = library(wheel / "libx264-1a2b.so.165", ENCODER)
    user = library(wheel / "libavcodec-3c4d.so.62", FFMPEG, encoder)
    made = stand_ins.make(wheel, tmp_path / "stand-ins")
    assert [path.name for path in made] == [encoder.name]
    shutil.copytree(tmp_path / "stand-ins", frozen)
    shutil.copy(user, frozen)
    stand_ins.check(frozen, made)
    ffmpeg = ctypes.CDLL(str(frozen / user.name))
    assert (ffmpeg.decoded(), ffmpeg.opened(), ffmpeg.level()) == (5, 0, 0)


@needs_compiler
def test_ffmpeg_that_is_gpl_itself_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "av.libs"
    wheel.mkdir()
    library(wheel / "libavcodec.so.62", 'const char *configuration = "--enable-shared --enable-gpl";')
    with pytest.raises(StepFailed, match="libavcodec"):
        stand_ins.make(wheel, tmp_path / "stand-ins")


def test_symbols_that_nobody_wants_are_left_out() -> None:
    text = stand_ins.source([("open", "T"), ("levels", "R"), ("close", "T")], {"open", "levels"})
    assert text.splitlines() == ["char levels[4096];", "void *open(void) { return 0; }"]


@pytest.mark.parametrize(
    "name",
    [
        "libx264-d6533a8d.so.165", "libx265.so", "x265.dll", "libpostproc-1a.so.58", "libreadline.so.8",
        "readline.cpython-311-x86_64-linux-gnu.so", "libQt6VirtualKeyboard.so.6", "QtCharts.abi3.so",
    ],
)  # fmt: skip
def test_gpl_files_are_found_in_what_is_handed_out(tmp_path: Path, name: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / name).write_bytes(b"code")
    with pytest.raises(StepFailed, match=r"inner/\S"):
        stand_ins.check(tmp_path, [])


@pytest.mark.parametrize(
    "name", ["libavcodec-5e6b.so.62", "libQt6Core.so.6", "QtMultimedia.abi3.so", "libopenh264.so.8"]
)
def test_everything_else_may_be_handed_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"code")
    stand_ins.check(tmp_path, [])
