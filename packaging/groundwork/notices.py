"""Gathers the licence texts that go with a frozen program: those the packages bring, and those of the LGPL."""

import re
import shutil
from importlib import metadata
from pathlib import Path

from groundwork.console import StepFailed

STANDARD = ("Apache-2.0", "GPL-3", "LGPL-2.1", "LGPL-3")
"""LGPL-3.0 is written as an addition to GPL-3.0, so both texts are needed, though nothing is under the GPL alone."""
SYSTEM = Path("/usr/share/common-licenses")

_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|thirdparty)[^/]*(?<!\.py)(?<!\.pyc)", re.IGNORECASE)
_NAME = re.compile(r"^([\w.-]+)==", re.MULTILINE)


def gather(packages: Path, lock: str, target: Path, standard: Path = SYSTEM) -> list[str]:
    """Copy the texts, a folder a package; returns the packages that bring none.

    Args:
        packages: the site-packages folder.
        lock: the text of the lock that names what is frozen; llama.cpp has a lock of its own.
        target: the folder for the texts; made anew.
        standard: where the system keeps the well-known ones.

    Raises:
        StepFailed: a well-known text is missing.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in STANDARD:
        if not (standard / name).is_file():
            raise StepFailed(f"The text of {name} is not in {standard}; it has to go with what is handed out.")
        shutil.copyfile(standard / name, target / f"{name}.txt")
    wanted = {_plain(name) for name in (*_NAME.findall(lock), "llama-cpp-python")}
    without = []
    for package in metadata.distributions(path=[str(packages)]):
        name = _plain(package.name)
        if name in wanted and not _copy(package, target / name):
            without.append(name)
    return sorted(without)


def _copy(package: metadata.Distribution, target: Path) -> bool:
    texts = [file for file in package.files or () if _TEXT.fullmatch(file.name)]
    for file in texts:
        place = target.joinpath(*file.parts[1:])
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(package.locate_file(file)), place)
    return bool(texts)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
