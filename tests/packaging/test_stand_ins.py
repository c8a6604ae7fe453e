"""What may not be handed out is found, and a stand-in is loaded in its place by whoever named the real one."""

import ctypes
import shutil
import subprocess
import sys
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


def library(path: Path, text: str, *uses: Path, script: Path | None = None) -> Path:
    options = [f"-Wl,-soname,{path.name}", "-Wl,-rpath,$ORIGIN", "-x", "c", "-", "-x", "none", *map(str, uses)]
    options += [f"-Wl,--version-script={script}"] if script else []
    subprocess.run(["gcc", "-shared", "-fPIC", *options, "-o", str(path)], input=text, text=True, check=True)
    return path


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A site-packages folder with the folders that the wheels of PyAV, OpenCV and tesserocr make."""
    for name in ("av.libs", "cv2", "opencv_python.libs", "tesserocr.libs"):
        (tmp_path / "packages" / name).mkdir(parents=True)
    return tmp_path / "packages"


@needs_compiler
def test_library_that_names_an_encoder_reads_on_with_its_stand_in(packages: Path, tmp_path: Path) -> None:
    encoder = library(packages / "av.libs" / "libx264-1a2b.so.165", ENCODER)
    user = library(packages / "av.libs" / "libavcodec-3c4d.so.62", FFMPEG, encoder)
    frozen = tmp_path / "frozen"
    made = stand_ins.make(packages, frozen)
    assert [path.name for path in frozen.iterdir()] == [path.name for path in made] == [encoder.name]
    shutil.copy(user, frozen)
    stand_ins.check(frozen, made)
    ffmpeg = ctypes.CDLL(str(frozen / user.name))
    assert (ffmpeg.decoded(), ffmpeg.opened(), ffmpeg.level()) == (5, 0, 0)


@needs_compiler
def test_what_reads_faxes_for_tesseract_has_a_stand_in(packages: Path, tmp_path: Path) -> None:
    faxes = library(packages / "tesserocr.libs" / "libjbig-2504.so.2.1", "int jbg_dec_init(void) { return 7; }")
    reader = "extern int jbg_dec_init(void); int opened(void) { return jbg_dec_init(); }"
    user = library(packages / "tesserocr.libs" / "libtiff-76fb.so.5", reader, faxes)
    frozen = tmp_path / "frozen"
    stand_ins.check(frozen, stand_ins.make(packages, frozen))
    shutil.copy(user, frozen)
    code = f"import ctypes; print(ctypes.CDLL({str(frozen / user.name)!r}).opened())"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "0\n"


@needs_compiler
def test_stand_in_has_the_versions_that_its_user_asks_for(packages: Path, tmp_path: Path) -> None:
    versions = tmp_path / "versions.map"
    versions.write_text("QT_5 { x264_open; x264_levels; };")
    window = library(packages / "opencv_python.libs" / "libQt5Core-1a.so.5", ENCODER, script=versions)
    user = library(packages / "cv2" / "cv2.abi3.so", FFMPEG, window)
    frozen = tmp_path / "frozen"
    stand_ins.make(packages, frozen)
    shutil.copy(user, frozen)
    code = f"import ctypes; print(ctypes.CDLL({str(frozen / user.name)!r}).opened())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")


@needs_compiler
def test_ffmpeg_that_is_gpl_itself_is_refused(packages: Path, tmp_path: Path) -> None:
    library(packages / "av.libs" / "libavcodec.so.62", 'const char *configuration = "--enable-shared --enable-gpl";')
    with pytest.raises(StepFailed, match="libavcodec"):
        stand_ins.make(packages, tmp_path / "stand-ins")


@pytest.mark.parametrize(
    "name",
    [
        "libx264-d6533a8d.so.165", "libx265.so", "x265.dll", "libpostproc-1a.so.58", "libreadline.so.8",
        "readline.cpython-311-x86_64-linux-gnu.so", "libQt6VirtualKeyboard.so.6", "QtCharts.abi3.so",
        "libjbig-2504a0c3.so.2.1",
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
