"""PPTX to pages: a slide each, its title first, then its shapes in the order they are read aloud, then its notes."""

from collections.abc import Iterator
from typing import BinaryIO

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page, Trouble
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import archive, ooxml, pages, trees
from desktop.documents.archive import Archive
from desktop.documents.blocks import Block, Grid, Words
from desktop.documents.wording import lines, one_line

_TITLES = ("title", "ctrTitle")
_LEFT_OUT = frozenset(("sldNum", "dt", "ftr", "hdr", "sldImg"))
"""Placeholders for numbers, dates and the like, and on pages of notes for the slide."""


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read a presentation. See extract.read."""
    with archive.opened(file, name) as packed:
        main = ooxml.main_part(packed, name)
        found = ooxml.links(packed, main, name)
        root = trees.parse(packed.read(main), name)
        ids = [_relation(node) for node in trees.below(root, "sldId")]
        parts = [found[key].part for key in ids if key in found]
        said = ooxml.properties(packed, name)
        yield DocumentFacts(DocumentKind.PPTX, len(parts), said.title, said.author, said.date)
        yield from pages.bounded(_slides(packed, parts, name), wish, step)


def _relation(node: trees.Node) -> str:
    return next((str(value) for key, value in node.attrib.items() if key.endswith("}id")), "")


def _slides(packed: Archive, parts: list[str], name: str) -> Iterator[Page]:
    for number, part in enumerate(parts, 1):
        try:
            yield from _slide(packed, part, number, name)
        except FileDamaged:
            yield Page(number, "", trouble=Trouble.DAMAGED)


def _slide(packed: Archive, part: str, number: int, name: str) -> Iterator[Page]:
    root = trees.parse(packed.read(part), name)
    found = ooxml.links(packed, part, name)
    layout = pages.Layout(number=number)
    if root.get("show") == "0":
        layout.label, layout.named = "hidden slide", True
    shapes = list(_shapes(root))
    shapes.sort(key=lambda shape: _placeholder(shape) not in _TITLES)
    for shape in shapes:
        titled = _placeholder(shape) in _TITLES
        for block in _blocks(shape):
            pages.add(layout, Words(one_line(block.text), 1) if titled and isinstance(block, Words) else block)
    for link in found.values():
        if link.kind == "diagramData" and link.part in packed:
            for block in _paragraphs(trees.parse(packed.read(link.part), name)):
                pages.add(layout, block)
    if notes := ooxml.first_of(found, "notesSlide"):
        for at, block in enumerate(_notes(packed, notes, name)):
            pages.add(layout, Words(f"Notes: {block.text}" if at == 0 else block.text))
    yield from layout.whole()


def _notes(packed: Archive, part: str, name: str) -> Iterator[Words]:
    if part not in packed:
        return
    for shape in _shapes(trees.parse(packed.read(part), name)):
        yield from (block for block in _blocks(shape) if isinstance(block, Words))


def _shapes(root: trees.Node) -> Iterator[trees.Node]:
    """Yield shapes and frames of tables; of shapes in groups, too. Alternatives for old programs are left out."""
    for node in root:
        kind = trees.local(node)
        if kind in ("sp", "cxnSp", "graphicFrame"):
            if _placeholder(node) not in _LEFT_OUT:
                yield node
        elif kind != "Fallback":
            yield from _shapes(node)


def _placeholder(shape: trees.Node) -> str:
    for node in shape[:1]:
        mark = trees.first(node, "nvPr", "ph")
        if mark is not None:
            return trees.attribute(mark, "type", "body")
    return ""


def _blocks(shape: trees.Node) -> Iterator[Block]:
    table = next(trees.below(shape, "tbl"), None)
    if table is None:
        yield from _paragraphs(shape)
        return
    rows = (trees.children(row, "tc") for row in trees.children(table, "tr"))
    yield Grid(tuple(tuple(" ".join(one.text for one in _paragraphs(cell)) for cell in row) for row in rows))


def _paragraphs(parent: trees.Node) -> Iterator[Words]:
    at = 0
    for paragraph in trees.below(parent, "p"):
        said = []
        for node in paragraph.iter():
            kind = trees.local(node)
            if kind == "t":
                said.append(node.text or "")
            elif kind == "br":
                said.append("\n")
        if text := lines("".join(said)):
            yield Words(text, tight=at > 0)
            at += 1
