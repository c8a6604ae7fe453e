"""Builds llama-cpp-python once a machine and keeps the wheel.

Why not leave it to pip: there is no wheel to download, a build takes minutes, and pip's own cache does not look at
CMAKE_ARGS or the CPU: a wheel made for one machine could be installed on another and end in an illegal instruction.
So the wheel is kept under a key of everything that shapes it, and installed by its path.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import sys
import sysconfig
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from groundwork.console import Command, Console, StepFailed
from groundwork.places import LOCKS, cache, program

LOCK = LOCKS / "llama.txt"
BUILD_LOCK = LOCKS / "build.txt"
NATIVE = "-DGGML_NATIVE=ON"
CORE_SECONDS = 660
"""What a build costs on one core of a recent server; for the estimate only."""


@dataclass(frozen=True)
class Key:
    """Everything that shapes the wheel."""

    sdist: str
    build_tools: str
    cmake_args: str
    cpu: str
    python: str
    platform: str

    @property
    def digest(self) -> str:
        """The name of the wheel's folder."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:20]


def sdist_hash(lock: str) -> str:
    """The one hash of the source archive in its lock.

    Raises:
        ValueError: the lock does not name exactly one.
    """
    found = re.findall(r"--hash=sha256:([0-9a-f]{64})", lock)
    if len(found) != 1:
        raise ValueError(f"expected one hash, found {len(found)}")
    return str(found[0])


def cpu_flags(cpuinfo: str) -> str:
    """What the processor can do, in one order, from the text of /proc/cpuinfo."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() in {"flags", "Features"}:
            return " ".join(sorted(value.split()))
    return ""


def this_key() -> Key:
    """The key of a wheel for this machine."""
    cpuinfo = Path("/proc/cpuinfo")
    flags = cpu_flags(cpuinfo.read_text("utf-8", "replace")) if cpuinfo.exists() else ""
    return Key(
        sdist=sdist_hash(LOCK.read_text("utf-8")),
        build_tools=hashlib.sha256(BUILD_LOCK.read_bytes()).hexdigest(),
        cmake_args=os.environ.get("CMAKE_ARGS", NATIVE),
        cpu=flags or f"{platform.machine()} {platform.processor()}",
        python=f"cp{sys.version_info.major}{sys.version_info.minor}",
        platform=sysconfig.get_platform(),
    )


def kept(key: Key) -> Path | None:
    """The wheel built for that key, when it is there and whole."""
    folder = cache() / "wheels" / key.digest
    try:
        note = json.loads((folder / "key.json").read_text("utf-8"))
        wheel = folder / str(note["wheel"])
        return wheel if _hash(wheel) == note["sha256"] else None
    except (OSError, ValueError, KeyError):
        return None


def keep(key: Key, wheel: Path) -> Path:
    """Put a built wheel under its key; whole or not at all."""
    folder = cache() / "wheels" / key.digest
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        made = Path(temporary) / key.digest
        made.mkdir()
        shutil.copyfile(wheel, made / wheel.name)
        note = {"wheel": wheel.name, "sha256": _hash(wheel), "key": asdict(key)}
        (made / "key.json").write_text(json.dumps(note, indent=1), "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        made.replace(folder)
    return folder / wheel.name


def ensure(console: Console) -> Path:
    """The wheel for this machine, built when it is not kept yet.

    Raises:
        StepFailed: the build failed.
    """
    key = this_key()
    wheel = kept(key)
    if wheel is not None:
        return wheel
    base = cache() / "wheels"
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=base) as temporary:
        return keep(key, _build(console, key, Path(temporary)))


def _build(console: Console, key: Key, folder: Path) -> Path:
    environment = folder / "env"
    pip: Command = [program("python", environment), "-m", "pip"]
    console.run("Make a place to build llama.cpp", [sys.executable, "-m", "venv", environment], estimate=5)
    console.run(
        "Fetch the build tools (cmake, ninja)",
        [*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", BUILD_LOCK],
        estimate=10,
    )
    tools = {
        "CMAKE_ARGS": key.cmake_args,
        "PATH": os.pathsep.join([str(program("python", environment).parent), os.environ.get("PATH", "")]),
    }
    console.run(
        "Fetch the source of llama.cpp (77 MB)",
        [*pip, "download", "--no-deps", "--no-build-isolation", "--no-binary", ":all:", "--require-hashes",
         "-r", LOCK, "-d", folder / "sdist"],
        estimate=20,
        env=tools,
    )  # fmt: skip
    source = next((folder / "sdist").glob("*.tar.gz"))
    console.run(
        "Build llama.cpp for this machine",
        [*pip, "wheel", "-v", "--no-deps", "--no-index", "--no-build-isolation", "--no-cache-dir",
         "-w", folder / "wheel", source],
        estimate=CORE_SECONDS / (os.cpu_count() or 1),
        env=tools,
    )  # fmt: skip
    made = list((folder / "wheel").glob("llama_cpp_python-*.whl"))
    if len(made) != 1:
        raise StepFailed("The build of llama.cpp ended without a result. Run the same command again.")
    return made[0]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
