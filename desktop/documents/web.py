"""HTML to blocks and pages: what a browser would show as words. Nothing is run, fetched or followed.

The tree is walked without recursion: strangers nest as deep as they like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page
from desktop.core.errors import FileTooDemanding
from desktop.core.media import Step
from desktop.documents import charset, pages
from desktop.documents.blocks import Block, Grid, Words
from desktop.documents.damage import Parsing
from desktop.documents.spans import Spans
from desktop.documents.wording import lines, one_line

Node = Any
Event = tuple[Literal["open", "close", "text"], str, Node]

_SKIPPED = frozenset((
    "script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "audio", "video", "head", "select",
    "datalist", "frameset", "embed",
))  # fmt: skip
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "blockquote", "pre", "ul", "ol", "dl",
    "dt", "dd", "li", "table", "caption", "tr", "td", "th", "form", "fieldset", "figure", "figcaption", "address", "hr",
    "details", "summary", "center", "body", "legend", "thead", "tbody", "tfoot",
))  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TIGHT = frozenset(("li", "dt", "dd"))
_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?|<\?xml[^>]{0,99}?encoding=["'])([\w:-]{2,40})""", re.I
)
_CHARSET_WITHIN = 4096
_DATES = ("date", "dcterms.date", "dc.date", "article:published_time", "last-modified")
_MOST_TAGS = 1_000_000
"""About 330 MB of memory."""
_DEEP_TABLES = 12
_MOST_ROWS = 100_000


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read a web page that was saved. See extract.read."""
    file.seek(0)
    root = tree_of(file.read(), name, wish)
    yield facts(root)
    yield from pages.bounded(pages.sections(blocks(root)), wish, step)


def tree_of(data: bytes, name: str, wish: DocumentWish) -> Node:
    """Parse bytes in the encoding that they say or look like."""
    said = _CHARSET.search(data[:_CHARSET_WITHIN])
    return tree_of_text(charset.decoded(data, wish.languages, said[1].decode("ascii") if said else ""), name)


def tree_of_text(text: str, name: str) -> Node:
    """Parse text.

    Raises:
        FileDamaged: there is nothing that could be a page.
        FileTooDemanding: its tree would fill the memory.
    """
    if text.count("<") > _MOST_TAGS:
        raise FileTooDemanding(name=name)
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # noqa: PLC0415 - loaded when a page asks for it

    with Parsing(name, SelectolaxError):
        parsed = LexborHTMLParser(text.replace("\0", ""))
        if parsed.root is None:
            raise ValueError("no root")
        return parsed


def facts(parsed: Node) -> DocumentFacts:
    """Return what a page says of itself in its head."""
    title = parsed.css_first("title")
    said: dict[str, str] = {}
    for node in parsed.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("name") or attributes.get("property") or ""
        said.setdefault(key.lower(), one_line(attributes.get("content") or ""))
    date = next((said[key] for key in _DATES if said.get(key, "")[:4].isdecimal()), "")
    words = one_line(title.text()) if title is not None else ""
    return DocumentFacts(DocumentKind.HTML, 0, words, said.get("author", ""), date)


def blocks(parsed: Node) -> Iterator[Block]:
    """Yield the blocks of a parsed page."""
    builder = _Builder()
    root = parsed.body if parsed.body is not None else parsed.root
    for kind, tag, node in _events(root):
        if kind == "text":
            builder.said.append(node if builder.pre else " ".join(node.split("\n")))
        elif kind == "open":
            yield from builder.open(tag, node)
        else:
            yield from builder.close(tag)
    yield from builder.flush()


@dataclass(slots=True)
class _Builder:
    """Gathers words until a block ends."""

    said: list[str] = field(default_factory=list)
    level: int = 0
    pre: int = 0
    tight: bool = False
    mark: str = ""
    tables: list["_Table | None"] = field(default_factory=list)
    """Those that are open; None for one that only lays out."""
    lists: list[int | None] = field(default_factory=list)
    """The numbers of open ordered lists; None for unordered ones."""

    @property
    def table(self) -> "_Table | None":
        """The table whose cells are being read."""
        return next((one for one in self.tables if one is not None), None)

    def open(self, tag: str, node: Node) -> Iterator[Block]:
        """An element begins."""
        if tag == "br":
            self.said.append("\n")
        if (table := self.table) is not None:
            self.said.append(" " if tag in _BLOCKS else "")
            table.open(tag, node, self.said)
            if tag == "table":
                self.tables.append(None)
            return
        if tag not in _BLOCKS and tag not in _HEADINGS:
            return
        yield from self.flush()
        self.level = _HEADINGS.get(tag, self.level)
        self.pre += tag == "pre"
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.mark = self._item()
        elif tag == "table":
            data = len(self.tables) < _DEEP_TABLES and _is_data(node)
            self.tables.append(_Table() if data else None)
            self.said = []
        self.tight = tag in _TIGHT or bool(self.mark)

    def close(self, tag: str) -> Iterator[Block]:
        """An element ends."""
        table = self.table
        if table is not None and not (tag == "table" and self.tables[-1] is table):
            self.said.append(" " if tag in _BLOCKS else "")
            if tag == "table":
                self.tables.pop()
            return
        if table is not None:
            self.tables.pop()
            table.end(self.said)
            self.said = []
            yield Grid(tuple(table.rows))
            return
        if tag not in _BLOCKS and tag not in _HEADINGS:
            return
        yield from self.flush()
        self.level = 0 if tag in _HEADINGS else self.level
        self.pre -= tag == "pre"
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "table" and self.tables:
            self.tables.pop()

    def flush(self) -> Iterator[Block]:
        """End the block that is being gathered."""
        if not self.said:
            return
        text = lines("".join(self.said))
        self.said = []
        if not text:
            return
        if self.level:
            yield Words(one_line(text), self.level)
        else:
            yield Words(self.mark + text, tight=self.tight)
        self.mark, self.tight = "", False

    def _item(self) -> str:
        indent = "  " * min(4, max(0, len(self.lists) - 1))
        number = self.lists[-1] if self.lists else None
        if number is None:
            return f"{indent}• "
        self.lists[-1] = number + 1
        return f"{indent}{number + 1}. "


@dataclass(slots=True)
class _Table:
    """Gathers the cells of a table."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    spans: Spans = field(default_factory=Spans)
    begun: bool = False

    def open(self, tag: str, node: Node, said: list[str]) -> None:
        """An element begins inside the table."""
        if tag in ("tr", "td", "th"):
            self._end_cell(said)
        if tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            attributes = node.attributes
            self.spans.begin(attributes.get("colspan") or "", attributes.get("rowspan") or "")
            self.begun = True

    def end(self, said: list[str]) -> None:
        """The table ends."""
        self._end_cell(said)
        self._end_row()

    def _end_cell(self, said: list[str]) -> None:
        if self.begun:
            self.spans.put(one_line("".join(said)))
        self.begun = False
        said.clear()

    def _end_row(self) -> None:
        row = self.spans.row()
        if any(row) and len(self.rows) < _MOST_ROWS:
            self.rows.append(row)


def _is_data(table: Node) -> bool:
    """Return whether a table holds data and is not there for its looks: none lies in it, it has rows and columns."""
    rows = table.css("tr")
    inner = [node for node in table.css("table") if node.mem_id != table.mem_id]
    return not inner and len(rows) > 1 and max(len(row.css("td, th")) for row in rows[:5]) > 1


def _events(root: Node) -> Iterator[Event]:
    """Walk a tree: elements open and close, texts between. What a browser does not show is passed over."""
    path: list[Node] = []
    node = root
    while node is not None or path:
        if node is None:
            node = path.pop()
            yield "close", node.tag, node
            node = node.next if path else None
            continue
        if node.is_text_node:
            yield "text", "", node.text_content or ""
        elif node.is_element_node and not _hidden(node):
            yield "open", node.tag, node
            path.append(node)
            node = node.child
            continue
        node = node.next if path else None


def _hidden(node: Node) -> bool:
    if node.tag in _SKIPPED:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    looks = "".join((attributes.get("style") or "").lower().split())
    return "hidden" in attributes or "display:none" in looks or "visibility:hidden" in looks
