"""How fast documents are read and embedded on this computer, as far as it was measured; what is to come, from that.

The figures begin with what an ordinary office computer took, and give way to what is measured here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MEASURED_WEIGHT = 2.0
"""Seconds that the assumed figure is worth against a measured one."""
PASSAGES_A_SECOND = 25.0
VECTOR_BYTES = 450
"""Of one passage."""
STORED_SHARE = 1.6
"""Of the words of a document, for pages, passages and their index."""
PASSAGE_BYTES = 800
"""New words in a passage."""
FILE_SECONDS = 0.02


@dataclass(slots=True)
class Figure:
    """What one kind of file takes: bytes read in a second, and words in it for each of its bytes."""

    speed: float
    words: float
    seconds: float = MEASURED_WEIGHT

    def learn(self, size: int, words: int, seconds: float) -> None:
        """Take a measurement into account."""
        share = seconds / (seconds + self.seconds)
        self.speed += (size / max(seconds, 1e-6) - self.speed) * share
        self.words += (words / max(size, 1) - self.words) * share
        self.seconds = min(self.seconds + seconds, 120.0)  # what was long ago counts less


def _assumed() -> dict[str, Figure]:
    pictures = dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif", ".heic"))
    packed = dict.fromkeys((".docx", ".pptx", ".odt", ".odp", ".epub"))
    sheets = dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"))
    return {
        ".pdf": Figure(6e6, 0.06),
        **{suffix: Figure(3e5, 0.002) for suffix in pictures},
        **{suffix: Figure(5e5, 0.15) for suffix in packed},
        **{suffix: Figure(1e6, 3.0) for suffix in sheets},
        **{suffix: Figure(2e6, 0.2) for suffix in (".html", ".htm", ".xhtml", ".rtf", ".eml", ".msg")},
    }


class Rates:
    """Learns from the library lanes, asked from any; a figure that is a little old does no harm."""

    def __init__(self) -> None:
        self._figures = _assumed()
        self._passages = PASSAGES_A_SECOND
        self._embedding_known = False

    def read(self, suffix: str, size: int, words: int, seconds: float) -> None:
        """A file of so many bytes and words was read in so many seconds."""
        self._figure(suffix).learn(size, words, seconds)

    def embedded(self, passages: int, seconds: float) -> None:
        """So many passages were embedded."""
        measured = passages / max(seconds, 1e-6)
        self._passages = self._passages * 0.8 + measured * 0.2 if self._embedding_known else measured
        self._embedding_known = True

    def reading(self, files: Iterable[tuple[str, int]]) -> float:
        """Return about how many seconds the reading of files takes, each a suffix and a size."""
        return sum(size / self._figure(suffix).speed + FILE_SECONDS for suffix, size in files)

    def embedding(self, passages: float) -> float:
        """Return about how many seconds it takes to embed so many passages."""
        return passages / self._passages

    def passages(self, files: Iterable[tuple[str, int]]) -> float:
        """Return about how many passages there will be in files."""
        return sum(max(1.0, size * self._figure(suffix).words / PASSAGE_BYTES) for suffix, size in files)

    def seconds(self, files: Iterable[tuple[str, int]]) -> float:
        """Return about how long it takes until everything in these files can be found: both go on side by side."""
        files = tuple(files)
        return max(self.reading(files), self.embedding(self.passages(files))) if files else 0.0

    def space(self, files: Iterable[tuple[str, int]]) -> int:
        """Return about how many bytes of the profile the files take, kept as copies."""
        files = tuple(files)
        words = sum(size * self._figure(suffix).words for suffix, size in files)
        return round(sum(size for _, size in files) + words * STORED_SHARE + self.passages(files) * VECTOR_BYTES)

    def _figure(self, suffix: str) -> Figure:
        return self._figures.setdefault(suffix, Figure(3e6, 1.0))
