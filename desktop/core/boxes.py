"""Where a passage stands on its page: the boxes of its lines."""

from collections.abc import Iterable

from desktop.core.documents import Box, Page

SAME_LINE = 0.5
"""Share of the lower of two boxes that lies beside the other one."""


def boxes(page: Page, start: int, end: int) -> tuple[Box, ...]:
    """Return where characters `start` to `end` of a page stand, a box a line; none where the file has no places."""
    lines: list[Box] = []
    for run in page.runs:
        if run.start < end and run.end > start:
            if lines and _beside(lines[-1], run.box):
                lines[-1] = around((lines[-1], run.box))
            else:
                lines.append(run.box)
    return tuple(lines)


def around(found: Iterable[Box]) -> Box:
    """Return the box around boxes, of which there is at least one."""
    found = tuple(found)
    return Box(
        min(one.left for one in found),
        min(one.top for one in found),
        max(one.right for one in found),
        max(one.bottom for one in found),
    )


def _beside(line: Box, word: Box) -> bool:
    common = min(line.bottom, word.bottom) - max(line.top, word.top)
    return common >= SAME_LINE * min(line.bottom - line.top, word.bottom - word.top) and word.left >= line.left
