"""RTF to pages. Headings and cells are marked in the source before it is reduced to text, since that loses them.

Why marks: striprtf knows destinations, code pages and Unicode well, but returns one string. The marks are characters
that no text uses.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page, Trouble
from desktop.core.errors import FileDamaged, FileTooLarge
from desktop.core.media import Step
from desktop.documents import pages
from desktop.documents.blocks import Block, Grid, Words
from desktop.documents.damage import Parsing
from desktop.documents.wording import lines, one_line
from desktop.media.limits import MEGABYTE

MOST = 10 * MEGABYTE
"""Without pictures; the library reads about half a megabyte a second."""

_ROW_BEGINS, _CELL_ENDS, _ROW_ENDS, _HEADING, _PARAGRAPH = "\uf8e0", "\uf8e1", "\uf8e2", "\uf8e3", "\uf8ed"
_MARKS = re.compile("([\uf8e0-\uf8ef])")
_WORDS = re.compile(r"\\(trowd|cell|row|outlinelevel(\d)|pard|nestcell|nestrow|s(\d{1,4}))(?![a-z0-9])[ ]?")
_ESCAPED = re.compile(rb"\\[\\{}]")
_LIST_TEXT = re.compile(r"\{\\listtext\s*\\pard\s?\\plain ?")
_STYLE = re.compile(r"\\s(\d{1,4})(?!\d)")
_OUTLINE = re.compile(r"\\outlinelevel(\d)")
_STYLE_NAME = re.compile(r"(?:heading|überschrift|titre) (\d)|(title)", re.I)
_NAME_OF_STYLE = re.compile(r"(?:\\[a-z]+-?\d* ?|[{}\s])([^\\{};]*)$")
_PIXELS = re.compile(r"[0-9A-Fa-f\r\n]{512,}")
"""Pictures as hexadecimal digits; the library looks at each by itself."""
_LONGEST_STYLES = 500_000
_DEEPEST = 9
_INFO = re.compile(r"\{\\(title|author)[ ]([^{}]{0,1000})\}")
_TIME = re.compile(r"\{\\(?:revtim|creatim)\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_LINKS = re.compile(r"HYPERLINK", re.I)
_DELETED = re.compile(r"\{(?:\\(?!deleted)[a-z]+-?\d* ?){0,20}\\deleted(?![a-z])[^{}]*\}")
_FOOTNOTE = re.compile(r"(?:\\\*)?\\footnote(?![a-z])")
_BINARY = re.compile(r"\\bin(\d{1,10}) ?")
_REPLACED = frozenset(("cell", "nestcell", "row", "nestrow"))
"""The library would write a bar or a line end for them."""
_BY_WORD = {"trowd": _ROW_BEGINS, "cell": _CELL_ENDS, "nestcell": _CELL_ENDS, "row": _ROW_ENDS, "nestrow": _ROW_ENDS}


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read rich text. See extract.read."""
    file.seek(0)
    data = file.read()
    said = dict(_INFO.findall(data[:20_000].decode("latin-1")))
    date = _TIME.search(data[:20_000].decode("latin-1"))
    title, author = (one_line(_stripped("{\\rtf1 " + said.get(key, "") + "}", name)) for key in ("title", "author"))
    when = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else ""
    yield DocumentFacts(DocumentKind.RTF, 0, title, author, when)
    found = list(pages.sections(blocks(data, name)))
    if not _is_whole(data):
        if not found:
            raise FileDamaged(name=name)
        found[-1] = dataclasses.replace(found[-1], trouble=Trouble.DAMAGED)
    yield from pages.bounded(found, wish, step)


def _is_whole(data: bytes) -> bool:
    """Return whether every group that is opened is closed: where one is not, words may be missing without a trace."""
    if b"\\bin" in data:
        return True  # what is not text may hold braces
    braces = _ESCAPED.sub(b"", data)
    return braces.count(b"{") == braces.count(b"}")


def blocks(data: bytes, name: str) -> Iterator[Block]:
    """Yield the blocks of rich text.

    Raises:
        FileDamaged: it cannot be read.
        FileTooLarge: without its pictures, it is longer than can be read in reasonable time.
    """
    source = _without_binary(data.decode("latin-1"))
    source = _PIXELS.sub("", source)
    if len(source) > MOST:
        raise FileTooLarge(name=name, megabytes=len(source) // MEGABYTE, limit=MOST // MEGABYTE)
    source = _LINKS.sub("HYPER LINK", source)  # the library's search for links takes minutes on long lines
    source = _FOOTNOTE.sub("Footnote: ", _DELETED.sub("", source))
    source = _LIST_TEXT.sub(r"{\\listtext ", source)
    levels = _levels(source)
    text = _stripped(_WORDS.sub(lambda found: _mark(found, levels), source), name)
    yield from _Layout().blocks(text)


def _stripped(source: str, name: str) -> str:
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - loaded when such a text asks for it

    with Parsing(name):
        return str(rtf_to_text(source, errors="replace"))


def _levels(source: str) -> dict[str, int]:
    """Return which styles are headings, and of which level, counted from 0."""
    start = source.find("{\\stylesheet")
    end = source.find("}}", start)
    levels = {}
    for entry in source[start : min(end + 1, start + _LONGEST_STYLES)].split(";") if start >= 0 else ():
        style, outline = _STYLE.search(entry), _OUTLINE.search(entry)
        said = _NAME_OF_STYLE.search(entry)
        named = _STYLE_NAME.fullmatch(said[1].strip()) if said else None
        level = int(outline[1]) if outline else -1
        if style and named:
            level = int(named[1]) - 1 if named[1] else 0
        if style and 0 <= level < _DEEPEST:
            levels[style[1]] = level
    return levels


def _mark(found: re.Match[str], levels: dict[str, int]) -> str:
    word = found[1]
    if word == "pard":
        mark = _PARAGRAPH
    elif found[2] or found[3]:
        level = int(found[2]) if found[2] else levels.get(found[3], _DEEPEST)
        mark = chr(ord(_HEADING) + level) if level < _DEEPEST else ""
    else:
        mark = _BY_WORD.get(word, "")
    kept = "" if word in _REPLACED else found[0].rstrip()
    return f"{kept}{{\\uc1\\u{ord(mark)} ?}}" if mark else found[0]


def _without_binary(source: str) -> str:
    if "\\bin" not in source:
        return source
    kept, at = [], 0
    for found in _BINARY.finditer(source):
        if found.start() >= at:
            kept.append(source[at : found.start()])
            at = found.end() + int(found[1])
    return "".join([*kept, source[at:]])


@dataclass(slots=True)
class _Layout:
    """Follows the marks."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    in_row: bool = False
    level: int = 0

    def blocks(self, text: str) -> Iterator[Block]:
        """Yield blocks."""
        said = ""
        for piece in _MARKS.split(text):
            if piece == _ROW_BEGINS:
                if not self.in_row:
                    yield from self._words(said)
                    said = ""
                self.in_row = True
            elif piece == _CELL_ENDS:
                self.cells.append(one_line(said))
                said = ""
            elif piece == _ROW_ENDS:
                self.rows.append(tuple(self.cells))
                self.cells, self.in_row = [], False
            elif _MARKS.fullmatch(piece):
                if not self.in_row:
                    yield from self._words(said)
                    said = ""
                    self.level = ord(piece) - ord(_HEADING) + 1 if piece != _PARAGRAPH else 0
            else:
                said += piece
        yield from self._words(said)
        yield from self._table()

    def _table(self) -> Iterator[Block]:
        if self.rows:
            yield Grid(tuple(self.rows))
        self.rows = []

    def _words(self, said: str) -> Iterator[Block]:
        text = lines(said)
        if not text:
            return
        yield from self._table()
        for paragraph in text.split("\n"):
            if not paragraph:
                continue
            yield Words(one_line(paragraph), self.level) if self.level else Words(paragraph, tight=paragraph[0] == "•")
