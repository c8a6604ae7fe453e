"""Keeps the GPL out of what is handed out: puts stand-ins for the encoders that PyAV's wheel carries, and looks after.

PyAV's FFmpeg is LGPL (built without --enable-gpl), but its libavcodec names libx264 and libx265, and the loader wants
every library that is named. Both only write video, which Inglenook never does: a library of the same name with the
same symbols, all of them nothing, is enough to read with. FFmpeg then says that these two encoders do not start.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from groundwork.console import StepFailed

GPL = re.compile(
    r"(lib)?(x264|x265|xvidcore|postproc|rubberband|vidstab|xavs2?|davs2|cdio|smbclient|readline|gdbm\w*)[-.]\S*"
    r"|(lib)?Qt6?(Charts|CoAP|DataVisualization|Graphs|HttpServer|Lottie|Mqtt|NetworkAuth|Quick3D|QuickTimeline"
    r"|VirtualKeyboard|WaylandCompositor)\S*"
)
"""Files under the GPL that the packages or the system may bring along: codecs, Python's line editor, parts of Qt."""

_DATA = "BDRV"
_ROOM = 4096
"""Bytes for a symbol that is data: enough for whoever reads a table up to its first zero."""


def make(libraries: Path, target: Path) -> list[Path]:
    """Write a stand-in for every GPL library of a folder; those that use them lie in the same folder.

    Raises:
        StepFailed: FFmpeg itself is GPL, or there is no compiler.
    """
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    gpl, wanted = [], set[str]()
    for path in sorted(libraries.iterdir()):
        if GPL.fullmatch(path.name):
            gpl.append(path)
            continue
        if b"--enable-gpl" in path.read_bytes():
            raise StepFailed(f"{path.name} was built with --enable-gpl: it must not be in what is handed out.")
        wanted |= {name for name, _ in _symbols(path, "--undefined-only")}
    for path in gpl:
        text = source(_symbols(path, "--defined-only"), wanted)
        options = ["-shared", "-fPIC", "-s", "-w", f"-Wl,-soname,{path.name}", "-x", "c", "-"]
        _run(["gcc", *options, "-o", str(target / path.name)], text)
    return [target / path.name for path in gpl]


def source(defined: Iterable[tuple[str, str]], wanted: set[str]) -> str:
    """The C text of a library that has the wanted symbols and does nothing."""
    return "\n".join(
        f"char {name}[{_ROOM}];" if kind.upper() in _DATA else f"void *{name}(void) {{ return 0; }}"
        for name, kind in sorted(set(defined))
        if name in wanted
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


def _symbols(library: Path, which: str) -> list[tuple[str, str]]:
    """Name and kind (nm's letter) of the dynamic symbols of a library."""
    fields = (line.split() for line in _run(["nm", "-D", "-P", which, str(library)]).splitlines())
    return [(words[0].partition("@")[0], words[1]) for words in fields if len(words) > 1]


def _run(command: list[str], text: str = "") -> str:
    try:
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise StepFailed(f"{command[0]}: {getattr(error, 'stderr', '') or error}") from error
