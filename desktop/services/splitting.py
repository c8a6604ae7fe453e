"""Splits a page into passages: pure functions.

A passage has about 900 characters and lies inside its page. It ends where a paragraph, a row or a heading does; a
paragraph that is longer is cut behind a sentence, and what follows repeats the end of what went before. Chinese,
Japanese and Korean say twice as much in as many characters, so their passages are half as long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from desktop.core.documents import Heading, Page, Table
from desktop.core.library import Split
from desktop.core.words import PAIRED

LENGTH = 900
OVERLAP = 120
LONGEST_ROW = 4_000
"""What is longer is no row that a person reads as one; it is cut like a paragraph."""
SPARE = 1.15
SMALLEST = 1 / 3
"""Of the length: what is shorter is not left alone before a heading."""
LONGEST_HEADING = 120
LONGEST_HEADER = 300
JOINT = " › "

Path = tuple[tuple[int, str], ...]
"""The headings that are open, from the highest: level and words."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+|[。！？][」』）]*\s*")
_LINE = re.compile(r"\n")
_SPACE = re.compile(r"\s")
_PAIRED = re.compile(f"[{PAIRED}]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is not cut if that can be helped: a paragraph, a heading with its first paragraph, a row."""

    start: int
    end: int
    path: Path
    begins: bool = False
    """A heading begins here."""
    header: str = ""
    """Of the table that it goes on in."""
    row: bool = False


def split(page: Page, above: Path = ()) -> tuple[tuple[Split, ...], Path]:
    """Split a page.

    Args:
        page: what was read.
        above: the headings that were open at the end of the page before.

    Returns:
        The passages in order, and the headings that are open at the end of this page.
    """
    length = _length(page.text)
    passages: list[_Piece] = []
    held: _Piece | None = None
    for piece in _pieces(page, above):
        if held and _fits(held, piece, length):
            held = _together(held, piece)
            continue
        if held:
            passages.append(held)
        held = piece
        if piece.end - piece.start > (LONGEST_ROW if piece.row else length * SPARE):
            *whole, held = _cut(page.text, piece, length)
            passages += whole
    if held:
        passages.append(held)
    splits = tuple(Split(one.start, one.end, _told(one.path), one.header) for one in passages)
    return splits, carried(page, above)


def carried(page: Page, above: Path = ()) -> Path:
    """Return the headings that are open at the end of a page."""
    for heading in _headings(page):
        above = _below(above, heading, page.text)
    return above


def _together(held: _Piece, piece: _Piece) -> _Piece:
    """Return both as one; rows behind a text bring the header that does not stand above them."""
    header = held.header or (piece.header if not held.row else "")
    return _Piece(held.start, piece.end, held.path, held.begins, header, piece.row)


def _fits(held: _Piece, piece: _Piece, length: int) -> bool:
    together = piece.end - held.start
    if held.header and piece.header not in ("", held.header):
        return False
    if piece.begins:
        return together <= length and held.end - held.start < length * SMALLEST
    return together <= length


def _pieces(page: Page, above: Path) -> Iterator[_Piece]:
    """Yield the pieces of a page in order; between them are only blanks."""
    headings, at = _headings(page), 0
    for table in _tables(page):
        yield from _paragraphs(page.text, at, table.start, headings, above)
        inside = [one for one in headings if one.start < table.start]
        path = above
        for heading in inside:
            path = _below(path, heading, page.text)
        yield from _rows(page.text, table, path)
        at = table.end
    yield from _paragraphs(page.text, at, len(page.text), headings, above)


def _paragraphs(text: str, start: int, end: int, headings: list[Heading], above: Path) -> Iterator[_Piece]:
    """Yield the paragraphs from start to end; a heading and what stands directly below it are one."""
    path, heads = above, {one.start: one for one in headings if start <= one.start < end}
    for one in headings:
        if one.start < start:
            path = _below(path, one, text)
    bounds = {one.end() for one in _BLANK_LINE.finditer(text, start, end)}
    for one in heads.values():
        behind = _past_blanks(text, min(one.end, end), end)
        bounds = {each for each in bounds if not one.start < each <= behind}
    cuts = sorted({start, *bounds, *heads, end})
    for first, last in pairwise(cuts):
        heading = heads.get(first)
        path = _below(path, heading, text) if heading else path
        left, right = _trimmed(text, first, last)
        if left < right:
            yield _Piece(left, right, path, begins=heading is not None)


def _rows(text: str, table: Table, path: Path) -> Iterator[_Piece]:
    """Yield the rows of a table, the first one together with the header above it."""
    lines = [each for each in _lines(text, table.start, table.end) if each[0] < each[1]]
    headed = len(lines) > 1 and _is_header(text[slice(*lines[0])], table)
    header = text[slice(*lines[0])] if headed else " | ".join(one for one in table.columns if one)
    header = " ".join(header.split())[:LONGEST_HEADER]
    if headed:
        yield _Piece(lines[0][0], lines[1][1], path, row=True)
        lines = lines[2:]
    for left, right in lines:
        yield _Piece(left, right, path, header=header, row=True)


def _is_header(line: str, table: Table) -> bool:
    named = [" ".join(one.split()) for one in table.columns if one.strip()]
    plain = " ".join(line.split())
    return bool(named) and all(one in plain for one in named)


def _cut(text: str, piece: _Piece, length: int) -> list[_Piece]:
    """Cut a long piece behind sentences, or lines, or words; what follows repeats the end of what went before."""
    parts: list[_Piece] = []
    at = piece.start
    while piece.end - (at := _past_blanks(text, at, piece.end)) > length * SPARE:
        end = _end(text, at, at + length)
        left, right = _trimmed(text, at, end)
        if not parts or right > parts[-1].end:  # else it only repeats the end of what went before
            parts.append(_Piece(left, right, piece.path, piece.begins and not parts, piece.header, piece.row))
        at = max(_again(text, end), at + 1)
    left, right = _trimmed(text, at, piece.end)
    if not parts or right > parts[-1].end:
        parts.append(_Piece(left, right, piece.path, header=piece.header, row=piece.row))
    return parts


def _end(text: str, start: int, most: int) -> int:
    """Return where a passage that begins at start ends best, at `most` or before."""
    for bound in (_SENTENCE, _LINE, _SPACE):
        ends = [one.end() for one in bound.finditer(text, (start + most) // 2, most)]
        if ends:
            return ends[-1]
    return most


def _again(text: str, end: int) -> int:
    """Return where the next passage begins: at a sentence or a word not long before the end of the last one."""
    for bound in (_SENTENCE, _SPACE):
        found = bound.search(text, max(0, end - OVERLAP), end)
        if found and found.end() < end:
            return found.end()
    return end if text[end - 1 : end].isspace() else end - OVERLAP // 2


def _headings(page: Page) -> list[Heading]:
    size = len(page.text)
    return sorted((one for one in page.headings if 0 <= one.start < min(one.end, size)), key=lambda one: one.start)


def _tables(page: Page) -> Iterator[Table]:
    """Yield the tables in order; what overlaps an earlier one or lies outside the page is passed over."""
    at = 0
    for one in sorted(page.tables, key=lambda each: each.start):
        if at <= one.start < one.end <= len(page.text):
            yield one
            at = one.end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        line = text.find("\n", start, end)
        last = end if line < 0 else line
        yield _trimmed(text, start, last)
        start = last + 1


def _below(path: Path, heading: Heading, text: str) -> Path:
    words = " ".join(text[heading.start : heading.end].split())[:LONGEST_HEADING]
    kept = tuple(one for one in path if one[0] < heading.level)
    return (*kept, (heading.level, words)) if words else path


def _told(path: Path) -> str:
    return JOINT.join(words for _, words in path)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _past_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _length(text: str) -> int:
    return LENGTH // 2 if len(_PAIRED.findall(text)) * 3 > len(text) else LENGTH
