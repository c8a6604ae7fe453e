"""Blocks laid out in pages: sections of a few thousand characters that begin where a reader would begin one.

A heading begins a page once the one before is long enough, and never stands last on it. A table that is too long
for its page goes on on the next with its header repeated. Offsets are those of the text as it is put together here.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.core.documents import LONGEST_PAGE, Cell, DocumentWish, Heading, Page, Table, Trouble
from desktop.core.media import Step
from desktop.documents import tables
from desktop.documents.blocks import Block, Chapter, Grid, Headed, Words

SHORTEST, LONGEST = 3_000, 6_000
"""Characters of a section: a heading ends it from the first on, a paragraph at the second."""
MOST_TEXT = 200_000_000
MOST_ROWS = 1_000_000
"""Of one document, in characters and rows of tables."""
_LABEL = 120
_ENDS = ("\n", ". ", "。", "! ", "? ", "; ", ", ", " ")
"""Where a paragraph that is too long is cut, best first."""


def bounded(pages: Iterable[Page], wish: DocumentWish, step: Step) -> Iterator[Page]:
    """Pass on the wished pages, up to all that is taken in of one document; the last one says so when it is cut."""
    held: Page | None = None
    text = rows = 0
    for page in pages:
        step(page.number, 0)
        text += len(page.text)
        rows += sum(len(table.rows) for table in page.tables)
        if held is not None and (text > MOST_TEXT or rows > MOST_ROWS):
            yield dataclasses.replace(held, trouble=Trouble.CUT)
            return
        if held is not None and held.number >= wish.first:
            yield held
        held = page
    if held is not None and held.number >= wish.first:
        yield held


def sections(blocks: Iterable[Block], shortest: int = SHORTEST, longest: int = LONGEST) -> Iterator[Page]:
    """Lay out a text that has no pages of its own."""
    layout = Layout(shortest, longest)
    for block in blocks:
        match block:
            case Chapter():
                yield from layout.end()
                layout.label, layout.named = block.label, bool(block.label)
            case Words():
                yield from _words(layout, block)
            case Grid():
                yield from _grid(layout, block)
    yield from layout.end()


@dataclass(slots=True)
class Layout:
    """The page that is being filled."""

    shortest: int = SHORTEST
    longest: int = LONGEST
    number: int = 1
    label: str = ""
    named: bool = False
    """The label was given: no heading takes its place on this page."""
    parts: list[str] = field(default_factory=list)
    length: int = 0
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def put(self, text: str, *, tight: bool = False) -> tuple[int, int]:
        """Add text behind what is there; returns where it begins and ends."""
        if self.parts:
            gap = "\n" if tight else "\n\n"
            self.parts.append(gap)
            self.length += len(gap)
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def head(self, text: str, level: int) -> None:
        """Add a heading."""
        if not self.named and not (self.parts and self.label):
            self.label = text
        start, end = self.put(text)
        self.headings.append(Heading(start, end, min(level, 9)))

    def tabulate(self, name: str, table: Headed) -> None:
        """Add a table: its header, then its rows, a line each."""
        text = "\n".join([tables.line(table.columns), *(tables.line(row) for row in table.rows)])
        start, end = self.put(text)
        self.tables.append(Table(start, end, name, table.columns, table.rows, table.first_row))

    def end(self, trouble: Trouble | None = None) -> Iterator[Page]:
        """Hand out the page and begin the next, which is called after the last heading here."""
        if not self.parts:
            return
        text = "".join(self.parts)
        yield Page(
            self.number, text, self.label[:_LABEL],
            headings=tuple(self.headings), tables=tuple(self.tables), trouble=trouble,
        )  # fmt: skip
        if self.headings:
            last = self.headings[-1]
            self.label = text[last.start : last.end]
        self.number += 1
        self.named = False
        self.parts, self.length, self.headings, self.tables = [], 0, [], []

    def whole(self) -> Iterator[Page]:
        """Hand out a page that ends where the file says: a slide, also one without words; LONGEST_PAGE of it."""
        longest = sum(map(len, self.parts)) > LONGEST_PAGE
        if longest or not self.parts:
            text = "".join(self.parts)[:LONGEST_PAGE]
            headings = tuple(one for one in self.headings if one.end <= len(text))
            tables_ = tuple(one for one in self.tables if one.end <= len(text))
            trouble = Trouble.CUT if longest else None
            yield Page(self.number, text, self.label[:_LABEL], headings=headings, tables=tables_, trouble=trouble)
        else:
            yield from self.end()

    def take_headings(self) -> list[tuple[str, int]]:
        """Take off the headings that stand last, to open the next page with them."""
        taken: list[tuple[str, int]] = []
        while self.headings and self.headings[-1].end == self.length and len(self.parts) > 1:
            last = self.headings.pop()
            taken.insert(0, (self.parts.pop(), last.level))
            self.parts.pop()
            self.length = sum(map(len, self.parts))
        return taken


def add(layout: Layout, block: Block) -> None:
    """Put a block on a page that ends where the file says."""
    match block:
        case Words(text, level, tight):
            if level:
                layout.head(text, level)
            else:
                layout.put(text, tight=tight)
        case Grid(rows):
            rows = tuple(row for row in rows if any(row))
            if len(rows) == 1 or max(map(len, rows), default=1) == 1:
                layout.put("\n".join(cell for row in rows for cell in row if cell))
            elif rows:
                layout.tabulate("", tables.headed(rows))
        case Chapter():
            pass


def _words(layout: Layout, block: Words) -> Iterator[Page]:
    if block.level:
        if layout.length >= layout.shortest and not _only_headings(layout):
            yield from layout.end()
        layout.head(block.text[: layout.longest], block.level)
        return
    for at, piece in enumerate(pieces(block.text, layout.longest)):
        if layout.length + len(piece) > layout.longest:
            yield from _turn(layout)
        layout.put(piece, tight=block.tight or at > 0)


def _turn(layout: Layout) -> Iterator[Page]:
    """Begin a new page, with the headings that would have stood last on this one."""
    if _only_headings(layout):
        return
    above = layout.take_headings()
    yield from layout.end()
    for text, level in above:
        layout.head(text, level)


def _only_headings(layout: Layout) -> bool:
    return len(layout.parts) == 2 * len(layout.headings) - 1 or not layout.parts


def pieces(text: str, longest: int) -> Iterator[str]:
    """Cut a paragraph that is longer than a page, at the end of a sentence or at least of a word."""
    start = 0
    while len(text) - start > longest:
        window = text[start : start + longest]
        cut = next((at + len(end) for end in _ENDS if (at := window.rfind(end, longest // 2)) > 0), longest)
        yield window[:cut].rstrip()
        start += cut
    if rest := text[start:].strip("\n"):
        yield rest


def _grid(layout: Layout, block: Grid) -> Iterator[Page]:
    rows = [row for row in block.rows if any(row)]
    if not rows:
        return
    made_for_looks = len(rows) == 1 or max(len(row) for row in rows) == 1
    if made_for_looks or max(sum(map(len, row)) for row in rows) > tables.LONGEST_LINE // 2:
        for row in rows:
            yield from _words(layout, Words("\n".join(cell for cell in row if cell)))
        return
    table = tables.headed(rows)
    fits = sum(len(tables.line(row)) + 1 for row in rows) <= layout.longest - layout.length
    if not fits:
        yield from _turn(layout)
    for part in portions(table, layout.longest):
        if layout.tables and not fits:
            yield from layout.end()
        layout.tabulate("", part)


def portions(table: Headed, longest: int) -> Iterator[Headed]:
    """Cut a table between its rows so that each part, with the header, is no longer than that."""
    head = len(tables.line(table.columns))
    part: list[tuple[Cell, ...]] = []
    length, first = head, table.first_row
    for row in table.rows:
        more = len(tables.line(row)) + 1
        if part and length + more > longest:
            yield Headed(table.columns, tuple(part), first)
            first += len(part)
            part, length = [], head
        part.append(row)
        length += more
    if part:
        yield Headed(table.columns, tuple(part), first)
