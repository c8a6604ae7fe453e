"""Readers that are closed after their test, and sources for them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from desktop.core.media import Source
from desktop.reader.client import LocalMediaReader
from desktop.reader.process import Patience
from tests.reader import scripted_worker

SHORT = Patience(silent=1.0, short=2.0, long=2.0, after_cancel=0.3, quitting=5.0, memory=200 << 20)


@pytest.fixture
def scripted() -> Iterator[LocalMediaReader]:
    reader = LocalMediaReader(scripted_worker.run, SHORT)
    yield reader
    reader.close()


@pytest.fixture
def reader() -> Iterator[LocalMediaReader]:
    """The real one."""
    reader = LocalMediaReader()
    yield reader
    reader.close()


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Callable[..., Source]]:
    """Make a source of some bytes."""
    files: list[BinaryIO] = []

    def make(data: bytes, name: str = "file", key: bytes | None = None) -> Source:
        path = tmp_path / f"source-{len(files)}"
        path.write_bytes(data)
        files.append(path.open("rb"))
        return Source(files[-1], name, key)

    yield make
    for file in files:
        file.close()
