"""ODT and ODP to pages: text in sections, slides one each. What was deleted with changes tracked is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from desktop.core.document_errors import ProtectionUnknown
from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import archive, pages, trees
from desktop.documents.archive import Archive
from desktop.documents.blocks import Block, Grid, Words
from desktop.documents.wording import lines, one_line

_MANIFEST = "META-INF/manifest.xml"
_SKIPPED = frozenset((
    "tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "table-of-content",
    "alphabetical-index", "page-number",
    "event-listeners", "annotation-end", "ruby-text", "bibliography", "desc", "glue-point",
))  # fmt: skip
_APART = frozenset(("note", "annotation", "text-box", "table"))
"""What stands inside a paragraph but is read after it."""
_MOST_REPEATED = 256
_NOTES = {"footnote": "Footnote", "endnote": "Endnote"}


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read a text or a presentation. See extract.read."""
    with archive.opened(file, name) as packed:
        check_protection(packed, name)
        root = trees.parse(packed.read("content.xml"), name)
        body = trees.first(root, "body")
        slides = None if body is None else trees.first(body, "presentation")
        text = None if body is None else trees.first(body, "text")
        if slides is not None:
            found = list(trees.children(slides, "page"))
            yield facts(packed, name, DocumentKind.ODP, len(found))
            yield from pages.bounded(_slides(found), wish, step)
            return
        if text is None:
            raise FileDamaged(name=name)
        yield facts(packed, name, DocumentKind.ODT)
        yield from pages.bounded(pages.sections(Walk().blocks(text)), wish, step)


def check_protection(packed: Archive, name: str) -> None:
    """Look whether the parts are encrypted.

    Raises:
        ProtectionUnknown: they are.
    """
    if _MANIFEST in packed and b"encryption-data" in packed.read(_MANIFEST):
        raise ProtectionUnknown(name=name)


def facts(packed: Archive, name: str, kind: DocumentKind, count: int = 0) -> DocumentFacts:
    """Return what a document says of itself."""
    said: dict[str, str] = {}
    if "meta.xml" in packed:
        try:
            root = trees.parse(packed.read("meta.xml"), name)
        except FileDamaged:
            return DocumentFacts(kind, count)
        for node in trees.below(root, "title", "creator", "initial-creator", "date", "creation-date"):
            said.setdefault(trees.local(node), one_line(trees.text_of(node)))
    author = said.get("initial-creator") or said.get("creator", "")
    date = said.get("date") or said.get("creation-date", "")
    return DocumentFacts(kind, count, said.get("title", ""), author, date)


def _slides(found: list[trees.Node]) -> Iterator[Page]:
    for number, slide in enumerate(found, 1):
        layout = pages.Layout(number=number, label=one_line(trees.attribute(slide, "name")))
        notes = next(trees.children(slide, "notes"), None)
        frames = [node for node in slide if node is not notes and trees.local(node) not in _SKIPPED]
        frames.sort(key=lambda node: trees.attribute(node, "class") != "title")
        walk = Walk()
        for frame in frames:
            titled = trees.attribute(frame, "class") == "title"
            for block in walk.blocks(frame):
                pages.add(layout, Words(block.text, 1) if titled and isinstance(block, Words) else block)
        for at, block in enumerate(walk.blocks(notes) if notes is not None else ()):
            if isinstance(block, Words):
                pages.add(layout, Words(f"Notes: {block.text}" if at == 0 else block.text))
        yield from layout.whole()


@dataclass(slots=True)
class Walk:
    """Turns elements into blocks, in reading order."""

    pending: list[trees.Node] = field(default_factory=list)
    """Notes, comments and frames of the paragraph that is being read."""

    def blocks(self, parent: trees.Node, depth: int = 0) -> Iterator[Block]:
        """Yield the blocks below an element."""
        for node in parent:
            kind = trees.local(node)
            if kind in _SKIPPED:
                continue
            if kind == "h":
                yield from self._paragraph(node, int_of(trees.attribute(node, "outline-level"), 1))
            elif kind == "p":
                yield from self._paragraph(node)
            elif kind == "list":
                yield from self._items(node, depth)
            elif kind == "table":
                yield self._table(node)
            else:
                yield from self.blocks(node, depth)

    def _paragraph(self, node: trees.Node, level: int = 0) -> Iterator[Block]:
        before, self.pending = self.pending, []
        text = self._text(node)
        after, self.pending = self.pending, before
        if text:
            yield Words(one_line(text), level) if level else Words(text)
        for inner in after:
            yield from self._apart(inner)

    def _apart(self, node: trees.Node) -> Iterator[Block]:
        kind = trees.local(node)
        if kind == "table":
            yield self._table(node)
        elif kind == "text-box":
            yield from self.blocks(node)
        else:
            label = _NOTES.get(trees.attribute(node, "note-class"), "Comment")
            inner = next(trees.children(node, "note-body"), node)
            said = " ".join(filter(None, (self._text(part) for part in trees.below(inner, "p"))))
            mark = one_line(trees.text_of(next(trees.children(node, "note-citation"), None)))
            if said:
                yield Words(f"[{label}{' ' + mark if mark else ''}: {one_line(said)}]")

    def _items(self, node: trees.Node, depth: int) -> Iterator[Block]:
        for item in trees.children(node, "list-item", "list-header"):
            mark = True
            for block in self.blocks(item, depth + 1):
                if isinstance(block, Words) and not block.level:
                    marked = block.text.startswith(("• ", "  "))
                    text = f"• {block.text}" if mark and not marked else block.text
                    yield Words(f"  {text}" if depth and not block.text.startswith("  ") else text, tight=True)
                else:
                    yield block
                mark = False

    def _table(self, node: trees.Node) -> Grid:
        rows: list[tuple[str, ...]] = []
        for row in _rows(node):
            cells: list[str] = []
            for cell in trees.children(row, "table-cell", "covered-table-cell"):
                count = int_of(trees.attribute(cell, "number-columns-repeated"), 1)
                words = " ".join(filter(None, (self._text(part) for part in trees.below(cell, "p", "h"))))
                cells += [one_line(words)] * min(count, _MOST_REPEATED)
            while cells and not cells[-1]:
                cells.pop()
            if any(cells):
                count = int_of(trees.attribute(row, "number-rows-repeated"), 1)
                rows += [tuple(cells)] * min(count, _MOST_REPEATED)
        return Grid(tuple(rows))

    def _text(self, node: trees.Node) -> str:
        said: list[str] = []
        self._gather(node, said)
        return lines("".join(said))

    def _gather(self, node: trees.Node, said: list[str]) -> None:
        said.append(node.text or "")
        for child in node:
            kind = trees.local(child)
            if kind in _APART:
                self.pending.append(child)
            elif kind == "s":
                said.append(" ")
            elif kind == "tab":
                said.append("\t")
            elif kind == "line-break":
                said.append("\n")
            elif kind not in _SKIPPED:
                self._gather(child, said)
            said.append(child.tail or "")


def _rows(table: trees.Node) -> Iterator[trees.Node]:
    for node in table:
        kind = trees.local(node)
        if kind == "table-row":
            yield node
        elif kind in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(node)


def int_of(text: str, otherwise: int) -> int:
    """Return a small positive number that is written in a file, or else another one."""
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else otherwise
