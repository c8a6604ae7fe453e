"""How a person calls a place in a document, and what is said of a passage."""

import html

from desktop.core.documents import PageUnit
from desktop.core.grounding import FoundPassage
from desktop.ui.i18n import translate

LONGEST = 280
"""Letters of a quote in a tool tip."""


def unit_name(unit: PageUnit, place: object) -> str:
    """Return which page, slide or sheet it is."""
    match unit:
        case PageUnit.PAGE:
            return translate("sources", "page {place}", place=place)
        case PageUnit.SLIDE:
            return translate("sources", "slide {place}", place=place)
        case PageUnit.SHEET:
            return translate("sources", "sheet {place}", place=place)
        case PageUnit.SECTION:
            return translate("sources", "section {place}", place=place)
        case PageUnit.MESSAGE:
            return translate("sources", "message {place}", place=place)


def place(passage: FoundPassage) -> str:
    """Return where in its document a passage stands."""
    return unit_name(passage.unit, one_line(passage.label) or passage.page)


def named(passage: FoundPassage) -> str:
    """Return the number, the document and the place of a passage."""
    return translate(
        "sources",
        "Source {number}: {name}, {place}",
        number=passage.number,
        name=one_line(passage.name),
        place=place(passage),
    )


def tool_tip(passage: FoundPassage, quote: str = "") -> str:
    """Return what hovering over a citation shows: markup that Qt breaks into lines, its words escaped."""
    words = shortened(quote or passage.text)
    lines = [f"<b>{html.escape(one_line(passage.name))}</b>, {html.escape(place(passage))}", html.escape(f"“{words}”")]
    if passage.scanned:
        lines.append(html.escape(translate("sources", "From a scan: compare it with the page")))
    return f"<qt>{'<br>'.join(lines)}</qt>"


def plain_tip(words: str) -> str:
    """Return words as a tool tip that is never taken for markup."""
    return f"<qt>{html.escape(words)}</qt>"


def shortened(text: str, most: int = LONGEST) -> str:
    """Return a text on one line, its beginning where it is long."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """Return a text without breaks."""
    return " ".join(text.split())
