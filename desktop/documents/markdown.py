"""Markdown to pages: its text as it is written, with headings and tables told."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page
from desktop.core.media import Step
from desktop.documents import charset, pages
from desktop.documents.blocks import Block, Grid, Words
from desktop.documents.plain import paragraphs
from desktop.documents.wording import one_line

_LINE = 20_000
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_RULE = re.compile(r"\|?:?-+:?(?:\|:?-+:?)*\|?")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")
_MOST_ROWS = 10_000


def read(
    file: BinaryIO,
    name: str,  # noqa: ARG001 - what all formats take
    wish: DocumentWish,
    step: Step,
) -> Iterator[DocumentFacts | Page]:
    """Read a Markdown text. See extract.read."""
    yield DocumentFacts(DocumentKind.MARKDOWN)
    lines = charset.lines(file, charset.encoding_of(file, wish.languages), _LINE)
    yield from pages.bounded(pages.sections(blocks(lines)), wish, step)


def blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Tell headings and tables from running text; what stands between fences is text whatever it looks like."""
    held: list[str] = []
    fence = ""
    for group in _groups(lines):
        line = group[0]
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        block = None if fence or mark else _told(group, held)
        if block is None:
            held += group
            if sum(map(len, held)) > _LINE:
                yield from paragraphs(held)
                held = []
            continue
        if isinstance(block, Words) and _UNDERLINE.fullmatch(line.rstrip("\n")):
            held.pop()
        yield from paragraphs(held)
        held = []
        yield block
    yield from paragraphs(held)


def _told(group: list[str], above: list[str]) -> Block | None:
    line = group[0].rstrip("\n")
    if len(group) > 1:
        return Grid(tuple(_cells(row) for at, row in enumerate(group) if at != 1))
    if (found := _HEADING.match(line)) and (text := one_line(found[2].rstrip().rstrip("#"))):
        return Words(text, len(found[1]))
    lone = above and above[-1].strip() and (len(above) == 1 or not above[-2].strip())
    if lone and (found := _UNDERLINE.fullmatch(line)) and len(above[-1]) < 200:
        return Words(one_line(above[-1]), 1 if found[1][0] == "=" else 2)
    return None


def _groups(lines: Iterable[str]) -> Iterator[list[str]]:
    """Put the lines of a table together: a header, a rule, rows; every other line comes alone."""
    group: list[str] = []
    for line in lines:
        if not group:
            group = [line]
        elif "|" in group[0] and "|" in line and (_goes_on(group, line) if len(group) > 1 else _is_rule(line)):
            group.append(line)
        else:
            yield group
            group = [line]
    if group:
        yield group


def _goes_on(group: list[str], line: str) -> bool:
    return len(group) < _MOST_ROWS and bool(line.strip())


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch("".join(line.split())) is not None


def _cells(row: str) -> tuple[str, ...]:
    bare = row.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return tuple(one_line(cell.replace("\\|", "|")) for cell in _BAR.split(bare))
