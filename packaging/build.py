#!/usr/bin/env python3
"""Freezes Inglenook into a folder that needs no Python.

    python3 packaging/build.py linux [--smoke]

With --smoke the frozen program is started, asked a question and has to answer, and its libraries have to see a photo
and a video, write down a sentence and read a scan: that proves that child processes start (spawn and freeze_support)
and that all came along.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from groundwork import environment, notices, stand_ins
from groundwork.console import Command, Console, StepFailed, duration
from groundwork.environment import Kind, lock
from groundwork.places import ROOT, program

SMOKE_SECONDS = 180
STAND_INS = ROOT / "build" / "stand-ins"
SPEECH = ROOT / "tests" / "engine" / "speech" / "clinic.flac"
PHOTO = ROOT / "tests" / "media" / "corners.heic"
SENTENCE = "the patient should take two tablets every morning and come back to the clinic next friday"
SCAN = "import sys; from tests.documents.made import *; sys.stdout.buffer.write(pdf([scanned(scan(LETTER))]))"
SCANNED = "Dear Ms Halvorsen,"
VIDEO = "import sys; from tests.media.made import video; sys.stdout.buffer.write(video(codec='libx264', sound='aac'))"


def main(arguments: list[str]) -> int:
    """Build; 0 when it went well, 1 when a step failed, 2 when it was asked wrongly."""
    parser = argparse.ArgumentParser(description="Freeze Inglenook into a folder that needs no Python.")
    parser.add_argument("system", choices=["linux", "windows", "macos"])
    parser.add_argument("--smoke", action="store_true", help="start the frozen program and have it answer a question")
    asked = parser.parse_args(arguments)
    console = Console()
    if asked.system != "linux":
        console.say(f"There is no build for {asked.system} yet. It is planned; only Linux can be built today.")
        return 1
    if sys.platform != "linux":
        console.say("The Linux build has to be made on Linux.")
        return 1
    try:
        environment.ensure(console, Kind.DEV)
        folder = build(console)
        console.say(f"  {folder.relative_to(ROOT)}: {size(folder) / 1e6:.0f} MB, {count(folder)} files")
        console.say("  llama.cpp in it was built for this processor; on an older one it may not start.")
        if asked.smoke:
            smoke(console, folder)
        (folder / "media_check").unlink()
        console.table()
    except StepFailed as failed:
        console.say("\n" + failed.told)
        return 1
    return 0


def build(console: Console) -> Path:
    """Run PyInstaller; the folder it made.

    Raises:
        StepFailed: it did not succeed.
    """
    packages = package_folder("av").parent
    with console.step("Make stand-ins for libraries that are left out"):
        made = stand_ins.make(packages, STAND_INS)
    where = {
        "INGLENOOK_ROOT": str(ROOT),
        "INGLENOOK_LLAMA": str(package_folder("llama_cpp")),
        "INGLENOOK_STAND_INS": str(STAND_INS),
    }
    command: Command = [
        program("pyinstaller"), "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", ROOT / "dist", "--workpath", ROOT / "build", ROOT / "packaging" / "linux" / "inglenook.spec",
    ]  # fmt: skip
    console.run("Freeze Inglenook with PyInstaller", command, estimate=120, env=where)
    folder = ROOT / "dist" / "inglenook"
    stand_ins.check(folder, made)
    with console.step("Gather the licence texts"):
        without = notices.gather(packages, lock(Kind.RUNTIME).read_text("utf-8"), folder / "licences")
    console.say(f"  Packages that bring none: {', '.join(without)}")
    return folder


def package_folder(name: str) -> Path:
    """Where a package of .venv lies, asked without importing it."""
    code = f"import importlib.util as u; print(u.find_spec({name!r}).submodule_search_locations[0])"
    return Path(subprocess.check_output([program("python"), "-c", code], text=True, cwd=ROOT).strip())


def smoke(console: Console, folder: Path) -> None:
    """Start the frozen program offscreen, in a home of its own and without this Python; it has to answer.

    Raises:
        StepFailed: it did not start, or gave no or a wrong answer.
    """
    frozen = folder / "inglenook"
    with tempfile.TemporaryDirectory() as home:
        bare = {"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        began = time.monotonic()
        told = _ask(console, "Start the frozen program", [frozen, "--version"], bare)
        console.say(f"  {told.strip()}, started in {duration(time.monotonic() - began)}")
        answer = _ask(console, "Ask it through its window", [frozen, "--headless-check"], bare)
        if not answer.strip():
            raise StepFailed("The frozen program ended well but printed no answer.")
        console.say(f"  It answered: {answer.strip().splitlines()[-1]}")
        video = Path(home) / "video.mp4"
        video.write_bytes(subprocess.check_output([program("python"), "-c", VIDEO], cwd=ROOT))
        scan = Path(home) / "scan.pdf"
        scan.write_bytes(subprocess.check_output([program("python"), "-c", SCAN], cwd=ROOT))
        told = _ask(
            console,
            "Have it see a photo and a video, hear a sentence and read a scan",
            [folder / "media_check", PHOTO, video, SPEECH, scan],
            bare,
        )
        console.say(f"  It saw and heard: {told.strip()}")
        if SENTENCE not in "".join(one for one in told.lower() if one.isalpha() or one == " "):
            raise StepFailed(f"The sentence was “{SENTENCE}”.")
        if SCANNED not in told:
            raise StepFailed(f"The scan begins with “{SCANNED}”.")


def _ask(console: Console, name: str, command: Command, env: dict[str, str]) -> str:
    with console.step(name):
        try:
            done = subprocess.run(
                [str(part) for part in command],
                env=env,
                capture_output=True,
                text=True,
                timeout=SMOKE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise StepFailed(f"{name}: no end after {SMOKE_SECONDS} s.") from error
        if done.returncode != 0:
            raise StepFailed(f"{done.stdout}\n{done.stderr}\n{name}: it ended with code {done.returncode}.")
    return done.stdout


def size(folder: Path) -> int:
    """Bytes on disk, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def count(folder: Path) -> int:
    """How many files there are."""
    return sum(1 for path in folder.rglob("*") if not path.is_dir())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
