"""Sets up .venv: the locked packages, llama.cpp, the project itself and the small models; once."""

import sys
from enum import StrEnum
from pathlib import Path

from groundwork import embedding, llama, speech, stamp, starter, system, tessdata
from groundwork.console import Console
from groundwork.places import LOCKS, ROOT, STAMP, VENV, program

BUNDLES = (speech.MODEL, embedding.MODEL, tessdata.DATA)


class Kind(StrEnum):
    """What the environment is for; DEV holds everything of RUNTIME."""

    RUNTIME = "runtime"
    DEV = "dev"


def ensure(console: Console, kind: Kind) -> bool:
    """Bring .venv to what the locks say; False when it already was.

    Raises:
        StepFailed: a step failed; what was done before is kept.
    """
    if ready(kind):
        return False
    console.say("Setting up Inglenook. This happens once; building llama.cpp takes the longest.")
    system.ensure(console)
    _make_environment(console)
    python = program("python")
    console.run(
        "Install the locked packages",
        [python, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", lock(kind)],
        estimate=40,
    )
    wheel = llama.ensure(console)
    console.run(
        "Install llama.cpp",
        [python, "-m", "pip", "install", "--no-deps", "--no-index", "--force-reinstall", wheel],
        estimate=3,
    )
    console.run(
        "Install Inglenook itself",
        [python, "-m", "pip", "install", "--no-deps", "--no-index", "--no-build-isolation", "-e", ROOT],
        estimate=3,
    )
    console.run("Check that everything fits together", [python, "-m", "pip", "check"], estimate=1)
    starter.ensure(console, python)
    for model in BUNDLES:
        model.ensure(console, python)
    met = (Kind.RUNTIME,) if kind is Kind.RUNTIME else (Kind.RUNTIME, Kind.DEV)
    stamp.write(STAMP, {**stamp.read(STAMP), **{str(each): inputs(each) for each in met}})
    return True


def ready(kind: Kind) -> bool:
    """Whether nothing has changed since that kind was set up."""
    models = starter.present() and all(model.present() for model in BUNDLES)
    return stamp.read(STAMP).get(kind) == inputs(kind) and models and program("inglenook").exists()


def inputs(kind: Kind) -> str:
    """A digest of everything set-up depends on."""
    bundles = (model.lock for model in BUNDLES)
    files = [lock(kind), llama.LOCK, llama.BUILD_LOCK, starter.LOCK, *bundles, ROOT / "pyproject.toml"]
    return stamp.digest(files, [llama.this_key().digest, str(ROOT)])


def lock(kind: Kind) -> Path:
    """The lock of that kind."""
    return LOCKS / f"{kind}.txt"


def _make_environment(console: Console) -> None:
    if _usable():
        return
    console.run("Make a virtual environment", [sys.executable, "-m", "venv", "--clear", VENV], estimate=5)


def _usable() -> bool:
    """Whether .venv is there, whole, and of the Python in use."""
    try:
        told = (VENV / "pyvenv.cfg").read_text("utf-8")
    except OSError:
        return False
    version = next((line.partition("=")[2].strip() for line in told.splitlines() if line.startswith("version")), "")
    same = version.split(".")[:2] == [str(part) for part in sys.version_info[:2]]
    return same and program("python").exists() and program("pip").exists()
