"""DOCX to pages: headings, lists with their numbers, tables, text boxes, notes and comments; changes as accepted.

Why the tree is walked here and not by python-docx: that leaves out what stands in content controls, in accepted
insertions, in fields and in text boxes, and those are where templates of lawyers keep names and sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import archive, numbering, ooxml, pages, trees
from desktop.documents.archive import Archive
from desktop.documents.blocks import Block, Grid, Words
from desktop.documents.numbering import Numbering
from desktop.documents.styles import Styles
from desktop.documents.wording import lines, one_line

_SKIPPED = frozenset((
    "del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr",
    "sdtPr", "rt", "binData",
))  # fmt: skip
"""Deleted text, codes of fields, what only old programs see, how it looks."""
_NOTES = {"footnoteReference": "Footnote", "endnoteReference": "Endnote", "commentReference": "Comment"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MARGINS = ("header", "footer")


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read a Word document. See extract.read."""
    with archive.opened(file, name) as packed:
        main = ooxml.main_part(packed, name)
        root = trees.parse(packed.read(main), name)
        body = trees.first(root, "body")
        if body is None:
            raise FileDamaged(name=name)
        said = ooxml.properties(packed, name)
        yield DocumentFacts(DocumentKind.DOCX, 0, said.title, said.author, said.date)
        found = ooxml.links(packed, main, name)
        yield from pages.bounded(pages.sections(_document(packed, found, body, name)), wish, step)


def _document(packed: Archive, found: dict[str, ooxml.Link], body: trees.Node, name: str) -> Iterator[Block]:
    walk = Walk(
        Styles.of(_part(packed, ooxml.first_of(found, "styles"), name)),
        numbering.of(root) if (root := _part(packed, ooxml.first_of(found, "numbering"), name)) is not None else None,
        _notes(packed, found, name),
    )
    margins = {kind: _margin(packed, found, kind, name) for kind in _MARGINS}
    if margins["header"]:
        yield Words(margins["header"])
    yield from walk.blocks(body)
    if margins["footer"] and margins["footer"] != margins["header"]:
        yield Words(margins["footer"])


def _part(packed: Archive, part: str, name: str) -> trees.Node | None:
    """Return the tree of a part that a document may do without."""
    if part not in packed:
        return None
    try:
        return trees.parse(packed.read(part), name)
    except FileDamaged:
        return None


def _notes(packed: Archive, found: dict[str, ooxml.Link], name: str) -> dict[tuple[str, str], trees.Node]:
    notes = {}
    for kind in ("footnotes", "endnotes", "comments"):
        root = _part(packed, ooxml.first_of(found, kind), name)
        for node in () if root is None else root:
            notes[f"{kind[:-1]}Reference", trees.attribute(node, "id")] = node
    return notes


def _margin(packed: Archive, found: dict[str, ooxml.Link], kind: str, name: str) -> str:
    """What stands above or below every page, once: letterheads name who wrote, with account and register."""
    said: list[str] = []
    for link in found.values():
        root = _part(packed, link.part, name) if link.kind == kind else None
        if root is not None:
            for block in Walk().blocks(root):
                texts = [block.text] if isinstance(block, Words) else []
                texts += [" ".join(filter(None, row)) for row in block.rows] if isinstance(block, Grid) else []
                said += [text for text in texts if text not in said and not text.isdecimal()]
    return "\n".join(said)


@dataclass(slots=True)
class Walk:
    """Turns elements into blocks, in reading order."""

    styles: Styles = field(default_factory=Styles)
    numbering: Numbering | None = None
    notes: dict[tuple[str, str], trees.Node] = field(default_factory=dict)
    pending: list[trees.Node] = field(default_factory=list)
    """Text boxes and references to notes in the paragraph that is being read."""

    def blocks(self, parent: trees.Node) -> Iterator[Block]:
        """Yield the blocks below an element."""
        for node in parent:
            kind = trees.local(node)
            if kind == "p":
                yield from self._paragraph(node)
            elif kind == "tbl":
                yield from self._table(node)
            elif kind not in _SKIPPED:
                yield from self.blocks(node)

    def _paragraph(self, node: trees.Node) -> Iterator[Block]:
        before, self.pending = self.pending, []
        text = self._text(node)
        after, self.pending = self.pending, before
        level = self.styles.level(node)
        number, place = self.styles.list_of(node)
        if text:
            mark = self.numbering.mark(number, place) if self.numbering and number else ""
            text = f"{mark} {text}" if mark else text
            indented = "  " * min(place, 4) + text if mark and not level else text
            yield Words(one_line(text), level) if level else Words(indented, tight=bool(mark))
        for inner in after:
            yield from self._apart(inner)

    def _apart(self, node: trees.Node) -> Iterator[Block]:
        kind = trees.local(node)
        if kind == "txbxContent":
            yield from self.blocks(node)
            return
        note = self.notes.get((kind, trees.attribute(node, "id")))
        if note is not None and (said := " ".join(filter(None, (self._text(one) for one in trees.below(note, "p"))))):
            yield Words(f"[{_NOTES[kind]}: {one_line(said)}]")

    def _table(self, node: trees.Node) -> Iterator[Block]:
        before, self.pending = self.pending, []
        rows = [tuple(self._cells(row)) for row in _through(node, "tr")]
        after, self.pending = self.pending, before
        yield Grid(tuple(rows))
        for inner in after:
            yield from self._apart(inner)

    def _cells(self, row: trees.Node) -> Iterator[str]:
        for cell in _through(row, "tc"):
            looks = trees.first(cell, "tcPr")
            span = trees.first(looks, "gridSpan") if looks is not None else None
            words = " ".join(filter(None, (self._text(one) for one in trees.below(cell, "p"))))
            yield one_line(words)
            width = trees.attribute(span, "val") if span is not None else ""
            yield from [""] * (min(int(width), 64) - 1 if width.isdecimal() and len(width) < 5 else 0)

    def _text(self, node: trees.Node) -> str:
        said: list[str] = []
        self._gather(node, said)
        return lines("".join(said))

    def _gather(self, node: trees.Node, said: list[str]) -> None:
        for child in node:
            kind = trees.local(child)
            if kind == "t":
                said.append(child.text or "")
            elif kind in _SIGNS:
                said.append(_SIGNS[kind])
            elif kind == "sym":
                said.append(_symbol(trees.attribute(child, "char")))
            elif kind == "txbxContent" or kind in _NOTES:
                self.pending.append(child)
            elif kind not in _SKIPPED:
                self._gather(child, said)


def _through(parent: trees.Node, kind: str) -> Iterator[trees.Node]:
    """Yield the children of a kind, also those wrapped in content controls; not those that were deleted."""
    for node in parent:
        if trees.local(node) == kind:
            looks = trees.first(node, "trPr")
            if looks is None or trees.first(looks, "del") is None:
                yield node
        elif trees.local(node) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _through(node, kind)


def _symbol(code: str) -> str:
    """A sign of a font of signs: ticked and empty boxes are what forms are made of."""
    signs = {"F0FE": "☒", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0FC": "✓", "F0B7": "•"}
    return signs.get(code.upper(), "")
