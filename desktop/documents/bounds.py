"""What a page may hold when it leaves the reader: so much text, and no half characters."""

import re
from dataclasses import replace

from desktop.core.documents import LONGEST_PAGE, Page, Trouble

_HALVES = re.compile("[\ud800-\udfff]")
"""Half a character, which no store and no screen can write down; a whole one is never in a text as two."""


def kept(page: Page) -> Page:
    """Return the page within its bounds: cut where its text is too long, halves of characters replaced."""
    text = page.text
    if not text.isascii() and _HALVES.search(text):
        page = replace(page, text=_HALVES.sub("\N{REPLACEMENT CHARACTER}", text))
    return _cut(page) if len(text) > LONGEST_PAGE else page


def _cut(page: Page) -> Page:
    """Why whole runs, headings and tables go and none is shortened: half a table is a wrong table."""
    return replace(
        page,
        text=page.text[:LONGEST_PAGE],
        runs=tuple(one for one in page.runs if one.end <= LONGEST_PAGE),
        headings=tuple(one for one in page.headings if one.end <= LONGEST_PAGE),
        tables=tuple(one for one in page.tables if one.end <= LONGEST_PAGE),
        trouble=page.trouble or Trouble.CUT,
    )
