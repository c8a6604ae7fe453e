"""Reads a document as the reader process does, and keeps what came."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.documents import DocumentFacts, DocumentWish, Enclosed, Page, Table
from desktop.documents import extract

FILES = Path(__file__).parent / "files"


@dataclass
class Read:
    facts: DocumentFacts
    pages: list[Page] = field(default_factory=list)
    enclosed: list[Enclosed] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(page.text for page in self.pages)

    @property
    def headings(self) -> list[tuple[str, int]]:
        """As the offsets cut them out of the text."""
        return [(page.text[one.start : one.end], one.level) for page in self.pages for one in page.headings]

    @property
    def tables(self) -> list[Table]:
        return [table for page in self.pages for table in page.tables]

    def table_texts(self) -> list[str]:
        return [page.text[one.start : one.end] for page in self.pages for one in page.tables]

    def files(self) -> dict[str, bytes]:
        """What was enclosed, put together."""
        found: dict[str, bytes] = {}
        for piece in self.enclosed:
            found[piece.name] = found.get(piece.name, b"") + piece.data
        return found


def read(data: bytes, name: str, wish: DocumentWish | None = None) -> Read:
    found = list(extract.read(io.BytesIO(data), name, wish or DocumentWish(), no_step))
    facts = found[0]
    assert isinstance(facts, DocumentFacts)
    return Read(
        facts, [one for one in found if isinstance(one, Page)], [one for one in found if isinstance(one, Enclosed)]
    )


def read_file(name: str, wish: DocumentWish | None = None) -> Read:
    return read((FILES / name).read_bytes(), name, wish)


def no_step(done: int, total: int) -> None:
    """Goes on."""
