"""Turns the columns of right-to-left tables around: Qt lays every table out from the left. Pure."""

import re
from collections.abc import Iterator

from desktop.ui.i18n import is_right_to_left

_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")


def mirrored(markdown: str) -> str:
    """Return a block of Markdown with the cells of such a table in the opposite order."""
    lines = markdown.split("\n")
    head = next((at for at in range(len(lines) - 1) if _begins_table(lines[at], lines[at + 1])), None)
    if head is None or not is_right_to_left(lines[head]):
        return markdown
    return "\n".join((*lines[:head], *_turned(lines[head:])))


def _begins_table(line: str, below: str) -> bool:
    return "|" in line and "|" in below and bool(_DIVIDER.fullmatch(below))


def _turned(lines: list[str]) -> Iterator[str]:
    width = len(_cells(lines[0]))
    for at, line in enumerate(lines):
        if not line.strip():
            yield from lines[at:]
            return
        cells = _cells(line)[:width]
        yield f"|{'|'.join(reversed(cells + [' '] * (width - len(cells))))}|"


def _cells(line: str) -> list[str]:
    return _BAR.split(re.sub(r"(?<!\\)\|\Z", "", line.strip().removeprefix("|")))
