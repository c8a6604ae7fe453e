"""System libraries that come from apt on Debian and Ubuntu."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from groundwork.console import Console, StepFailed

QT = (
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libpulse0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-xkb1",
    "libxcb-randr0",
    "libxcb-shape0",
)
"""What Qt's libraries link against and a bare Debian lacks."""

SOUND = ("pulseaudio", "pulseaudio-utils", "espeak-ng")
"""A microphone that hears what the tests play: a sound server that is started by them, and a voice."""

NAME = "System libraries"


def debian_like(os_release: str) -> bool:
    """Whether the text of /etc/os-release tells of Debian or a child of it."""
    words: list[str] = []
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key in {"ID", "ID_LIKE"}:
            words += value.strip().strip("\"'").split()
    return bool({"debian", "ubuntu"} & set(words))


def wanted(*, compiler: bool, ensurepip: bool) -> tuple[str, ...]:
    """The packages this machine should have, given what it can already do."""
    return QT + SOUND + (() if compiler else ("build-essential",)) + (() if ensurepip else ("python3-venv",))


def missing(packages: Iterable[str], status: str) -> list[str]:
    """Those of `packages` that dpkg's answer does not call installed."""
    installed = {line.split()[0].partition(":")[0] for line in status.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def command(packages: Iterable[str], *, root: bool) -> str:
    """The one command that installs them."""
    return ("" if root else "sudo ") + "apt-get install -y --no-install-recommends " + " ".join(packages)


def ensure(console: Console) -> None:
    """Install what is missing when this is Debian or Ubuntu and we are root, else say what to type.

    Raises:
        StepFailed: something is missing and we may not install it.
    """
    if sys.platform != "linux":
        return
    compiler = any(shutil.which(name) for name in ("c++", "g++", "clang++"))
    release = Path("/etc/os-release")
    if not (release.exists() and debian_like(release.read_text("utf-8")) and shutil.which("dpkg-query")):
        console.say(
            "  This is neither Debian nor Ubuntu: Qt needs EGL, fontconfig, D-Bus, xkbcommon and the xcb libraries."
        )
        return
    with console.step(NAME):
        lacking = missing(wanted(compiler=compiler, ensurepip=_has_ensurepip()), _status())
        if os.geteuid() != 0:
            lacking = [one for one in lacking if one not in SOUND]  # the tests that need them are skipped
    if not lacking:
        return
    if os.geteuid() != 0:
        raise StepFailed(
            "These system packages are missing, and only the administrator may install them. "
            f"Run this, then the same command again:\n\n    {command(lacking, root=False)}"
        )
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    console.run("Read the list of system packages", ["apt-get", "update", "-q"], estimate=15, env=quiet)
    console.run(f"Install {len(lacking)} system packages", command(lacking, root=True).split(), estimate=30, env=quiet)


def _status() -> str:
    return subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${Status}\n"], capture_output=True, text=True, check=False
    ).stdout


def _has_ensurepip() -> bool:
    return subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0
