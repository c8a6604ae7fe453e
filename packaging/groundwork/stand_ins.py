"""Makes stand-ins for libraries that must not or need not be handed out, though others of the packages name them.

The loader wants every library that is named. A library of the same name with the same symbols, all of them nothing, is
enough for whoever never calls it:

* PyAV's FFmpeg is LGPL (built without --enable-gpl), but its libavcodec names x264 and x265, which are GPL. Both only
  write video, which Inglenook never does. FFmpeg then says that these two encoders do not start.
* OpenCV names Qt 5, an FFmpeg of its own and libavif, and through them an old OpenSSL: 74 MB for windows and files that
  Inglenook never opens with it.
* Tesseract's libtiff names JBIG-KIT, which is GPL, for faxes in TIFF files. Tesseract is never given a file to open.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from groundwork.console import StepFailed

GPL = re.compile(
    r"(lib)?(x264|x265|xvidcore|postproc|rubberband|vidstab|xavs2?|davs2|cdio|smbclient|jbig|readline|gdbm\w*)[-.]\S*"
    r"|(lib)?Qt6?(Charts|CoAP|DataVisualization|Graphs|HttpServer|Lottie|Mqtt|NetworkAuth|Quick3D|QuickTimeline"
    r"|VirtualKeyboard|WaylandCompositor)\S*"
)
"""Files under the GPL that the packages or the system may bring along: codecs, Python's line editor, parts of Qt."""

UNUSED = re.compile(r"lib(avcodec|avdevice|avformat|avif|avutil|swscale|Qt5(Core|Gui|Test|Widgets))[-.]\S*")
"""What OpenCV names and Inglenook does not use of it."""

_DATA = "BDRV"
_ROOM = 4096
"""Bytes for a symbol that is data: enough for whoever reads a table up to its first zero."""


class Symbol(NamedTuple):
    """One name that a library offers or wants."""

    name: str
    version: str
    is_data: bool


def make(packages: Path, target: Path) -> list[Path]:
    """Write the stand-ins for what lies in a site-packages folder.

    Raises:
        StepFailed: FFmpeg itself is GPL, or there is no compiler.
    """
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    ours = sorted((packages / "av.libs").iterdir())
    gpl = [path for path in ours if GPL.fullmatch(path.name)]
    users = [path for path in ours if path not in gpl]
    for path in users:
        if b"--enable-gpl" in path.read_bytes():
            raise StepFailed(f"{path.name} was built with --enable-gpl: it must not be in what is handed out.")
    unused = [path for path in sorted((packages / "opencv_python.libs").iterdir()) if UNUSED.fullmatch(path.name)]
    opencv = list((packages / "cv2").glob("cv2.*.so"))
    tesseract = sorted((packages / "tesserocr.libs").iterdir())
    faxes = [path for path in tesseract if GPL.fullmatch(path.name)]
    readers = [path for path in tesseract if path not in faxes]
    return [
        *(stand_in(path, users, target / path.name) for path in gpl),
        *(stand_in(path, readers, target / path.name) for path in faxes),
        *(stand_in(path, opencv, target / path.name) for path in unused),
    ]


def stand_in(library: Path, users: Iterable[Path], target: Path) -> Path:
    """Write the stand-in for a library with the symbols, of the same versions, that its users want."""
    wanted = {one.name for user in users for one in _symbols(user, "--undefined-only")}
    found = sorted({one for one in _symbols(library, "--defined-only") if one.name in wanted})
    versions = target.with_suffix(".map")
    tags = sorted({one.version for one in found} - {""})
    named = {tag: " ".join(f"{one.name};" for one in found if one.version == tag) for tag in tags}
    versions.write_text("".join(f"{tag} {{ {names} }};\n" for tag, names in named.items()), "utf-8")
    options = ["-shared", "-fPIC", "-s", "-w", f"-Wl,-soname,{library.name}", "-o", str(target)]
    script = [f"-Wl,--version-script={versions}"] if tags else []
    try:
        _run(["gcc", *options, *script, "-x", "c", "-"], source(found))
    finally:
        versions.unlink()
    return target


def source(symbols: Iterable[Symbol]) -> str:
    """The C text of a library that has these symbols and does nothing."""
    return "\n".join(
        f"char {one.name}[{_ROOM}];" if one.is_data else f"void *{one.name}(void) {{ return 0; }}" for one in symbols
    )


def check(folder: Path, stand_ins: Iterable[Path]) -> None:
    """Look through what is handed out.

    Raises:
        StepFailed: something under the GPL is among it.
    """
    harmless = {path.name: path.read_bytes() for path in stand_ins}
    found = sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if GPL.fullmatch(path.name) and path.is_file() and path.read_bytes() != harmless.get(path.name)
    )
    if found:
        raise StepFailed(f"Under the GPL, so it must not be in what is handed out: {', '.join(found)}.")


def _symbols(library: Path, which: str) -> list[Symbol]:
    found = []
    for line in _run(["nm", "-D", "-P", which, str(library)]).splitlines():
        named, kind, *_ = line.split()
        name, _, version = named.partition("@")
        found.append(Symbol(name, version.lstrip("@"), kind.upper() in _DATA))
    return found


def _run(command: list[str], text: str = "") -> str:
    try:
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise StepFailed(f"{command[0]}: {getattr(error, 'stderr', '') or error}") from error
