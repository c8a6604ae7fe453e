"""What lies in files and folders that a person chose: which documents, and what is passed over and why."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.core.library import LibrarySource, Presence, Survey, readable
from desktop.services.keeping import shown_name
from desktop.services.rates import Rates

OTHER_KIND = "not a kind of file that can be read"
HIDDEN = "hidden"
CLOSED = "it may not be opened"
LINK = "a link to another folder"
EMPTY = "empty"
LARGEST_FILE = 2 << 30
TOO_LARGE = "larger than 2 GB"
MOST_PASSED_OVER = 1000
"""Names that are told; a folder of a camera must not fill the memory."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A document on the disk, as it is there now."""

    path: Path
    size: int
    modified: float

    @property
    def name(self) -> str:
        """What people call it."""
        return shown_name(self.path)

    def is_the_file_of(self, source: LibrarySource) -> bool:
        """Whether it looks as it did when this source was made of it; its bytes are not read."""
        return (self.size, self.modified) == (source.size, source.modified)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What an import does not look at."""

    name: str
    reason: str


def walk(paths: Iterable[Path]) -> Iterator[FoundFile | PassedOver]:
    """Yield what lies there and below, each folder's own in order of name; links to folders are not followed.

    What a person named himself is looked at even when its name begins with a dot.
    """
    for path in paths:
        name = shown_name(path)
        try:
            if path.is_dir():
                yield from _inside(path)
            else:
                yield _judged(path, name, path.stat(), named=True)
        except (OSError, ValueError):
            yield PassedOver(name, CLOSED)


def _inside(folder: Path) -> Iterator[FoundFile | PassedOver]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda one: one.name)
    for entry in entries:
        path = Path(entry.path)
        name = shown_name(path)
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(path, name)
            elif entry.is_dir():
                yield PassedOver(name, LINK)
            else:
                yield _judged(path, name, entry.stat())
        except OSError:
            yield PassedOver(name, CLOSED)


def _below(path: Path, name: str) -> Iterator[FoundFile | PassedOver]:
    if name.startswith("."):
        yield PassedOver(name, HIDDEN)
    else:
        yield from _inside(path)


def _judged(path: Path, name: str, about: os.stat_result, *, named: bool = False) -> FoundFile | PassedOver:
    if not stat.S_ISREG(about.st_mode):
        return PassedOver(name, OTHER_KIND)
    if name.startswith((".", "~$")) and not named:
        return PassedOver(name, HIDDEN)
    if not readable(path.with_name(path.name.lstrip(".~$") or path.name)):
        return PassedOver(name, OTHER_KIND)
    if not about.st_size:
        return PassedOver(name, EMPTY)
    if about.st_size > LARGEST_FILE:
        return PassedOver(name, TOO_LARGE)
    return FoundFile(path, about.st_size, about.st_mtime)


def survey(
    paths: Iterable[Path],
    known: Iterable[LibrarySource],
    digest_of: Callable[[FoundFile], str],
    rates: Rates,
    look: Callable[[], None],
) -> Survey:
    """Say what an import would take.

    Args:
        paths: files and folders.
        known: what is in the collection already.
        digest_of: reads a file for its SHA-256; asked only where another file of the same size is known.
        rates: how fast this computer was.
        look: called often; may raise Cancelled.
    """
    files: list[FoundFile] = []
    passed: list[tuple[str, str]] = []
    for found in walk(paths):
        look()
        if isinstance(found, FoundFile):
            files.append(found)
        elif len(passed) < MOST_PASSED_OVER:
            passed.append((found.name, found.reason))
    recognised = _Known(known, digest_of)
    new = []
    for one in files:
        look()
        if not recognised.holds(one):
            new.append(one)
    sizes = [(one.path.suffix.lower(), one.size) for one in new]
    return Survey(
        files=tuple(one.path for one in files),
        size=sum(one.size for one in files),
        passed_over=tuple(passed),
        known=len(files) - len(new),
        seconds=rates.seconds(sizes),
        space=rates.space(sizes),
    )


class _Known:
    """The sources that a collection has, asked as cheaply as can be."""

    def __init__(self, sources: Iterable[LibrarySource], digest_of: Callable[[FoundFile], str]) -> None:
        here = [one for one in sources if one.presence is not Presence.CHANGED]
        self._by_path = {one.path: one for one in here if one.path}
        self._digests = {one.digest for one in here}
        self._sizes = {one.size for one in here}
        self._digest_of = digest_of

    def holds(self, file: FoundFile) -> bool:
        """Whether the content of a file is known: by its place and date, else by its size and then its bytes."""
        there = self._by_path.get(str(file.path))
        if there is not None and file.is_the_file_of(there):
            return True
        return file.size in self._sizes and self._digest_of(file) in self._digests
