"""Finds LaTeX in a block of Markdown and puts marks in its place, so that the Markdown reader leaves it alone.

A dollar sign is also money. So `$…$` is a formula only when no space stands inside its dollars, the closing one is not
followed by a digit and the opening one does not follow a letter or digit: “$5 and $10” stays words. Code spans, inner
fences, links and escaped signs are passed over. Pure.
"""

import re
from dataclasses import dataclass

LONGEST = 2_000
"""A formula with more letters stays text."""

OPEN, CLOSE = "\ufdd2", "\ufdd3"
"""Two code points that are no characters frame the number of a formula; no text holds them."""

MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")

_TOKEN = re.compile(
    r"""
    (?P<ticks>`+)
  | (?P<fence>^[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?~{3,}[^\n]*\n(?:.*?^[ \t]*~{3,}[ \t]*$|.*))
  | (?P<link>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"\n]*")?\)|<[a-zA-Z][\w+.-]*:[^>\s]*>|https?://[^\s<>|)]+)
  | (?P<picture>!(?=\[))
  | \$\$(?P<double>(?:[^$\\]|\\.){1,2000}?)\$\$
  | (?<![\w$])\$(?![\s,.;:!?)])(?P<single>(?:[^$\\\n`]|\\[^\n]){1,2000}?)(?<!\s)\$(?![\d$])
  | \\\((?P<round>(?:[^\\]|\\[^(]){1,2000}?)\\\)
  | \\\[(?P<square>(?:[^\\]|\\[^\[]){1,2000}?)\\\]
  | (?P<opened>(?:\$\$|\\[(\[]).*\Z)
  | (?P<escape>\\.)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_BLANK = re.compile(r"\n[ \t>]*\n")
_STRUCTURE = re.compile(r"\n[ \t]*(?:[-+*>|]|#{1,6}|\d{1,9}[.)])[ \t]")
_MONEY = re.compile(r"\d[\d.,]*\s*(?:[-–—/]\s*)?[^\W\d_]{2,}[^\\^_=]*\Z")
_MATHS = re.compile(r"[\\^_=<>+*/]")
_QUOTE = re.compile(r"\n[ \t]*>[ \t]?")
_MARKERS = re.compile(r"([ \t>]*)((?:[-+*]|\d{1,9}[.)])[ \t]+)?")
_AFTER = re.compile(r"[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: its LaTeX, how it stood in the text, and whether it has a line of its own."""

    source: str
    raw: str
    display: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """Markdown with marks, and the formulas they stand for; pictures have become links."""

    markdown: str
    formulas: tuple[Formula, ...] = ()


def prepare(text: str, *, first: int = 0, unfinished: bool = False) -> Prepared:
    """Find the formulas of a block.

    Args:
        text: one block of Markdown.
        first: the number of the first formula.
        unfinished: more will come; a formula that is still open is then kept literally, as a formula without LaTeX.
    """
    if OPEN in text or not any(sign in text for sign in ("$", "\\(", "\\[", "![")):
        return Prepared(text)
    made: list[str] = []
    formulas: list[Formula] = []
    at, unmatched = 0, set[str]()
    while found := _TOKEN.search(text, at):
        made.append(text[at : found.start()])
        at = found.end()
        if ticks := found["ticks"]:
            at = _end_of_code(text, at, ticks, unmatched)
            made.append(text[found.start() : at])
        elif found["picture"]:
            continue
        elif formula := _formula(found, text, unfinished=unfinished):
            made.append(_marked(formula, first + len(formulas), text, found))
            formulas.append(formula)
        elif found["fence"] or found["link"] or found["escape"]:
            made.append(found[0])
        else:
            at = found.start() + 1 + found[0].startswith(("\\", "$$"))
            made.append(text[found.start() : at])
    return Prepared("".join((*made, text[at:])), tuple(formulas))


def _end_of_code(text: str, at: int, ticks: str, unmatched: set[str]) -> int:
    """Return where the code span ends that these backticks open, or where they end when they open none."""
    if ticks in unmatched:
        return at
    closing = re.compile(f"(?<!`){ticks}(?!`)").search(text, at)
    if closing is None:
        unmatched.add(ticks)
        return at
    inside = text[at : closing.start()]
    crosses = len(ticks) < 3 and (_BLANK.search(inside) or _STRUCTURE.search(inside))
    return at if crosses else closing.end()


def _formula(found: re.Match[str], text: str, *, unfinished: bool) -> Formula | None:
    """Return the formula that was found, None when it is none after all."""
    raw = found[0]
    if found["opened"]:
        kept = unfinished and len(raw) <= LONGEST and not _BLANK.search(raw)
        return Formula("", raw, display=False) if kept else None
    source = found["double"] or found["single"] or found["round"] or found["square"]
    if not source or not source.strip() or _BLANK.search(source):
        return None
    before = text[_line_start(text, found.start()) : found.start()]
    in_table = before.lstrip().startswith("|") and " | " in source
    if found["single"] and (in_table or _MONEY.match(source)):
        return None
    alone = _MARKERS.fullmatch(before) and _AFTER.match(text, found.end())
    if found["square"] and not alone and not _MATHS.search(source):
        return None
    if ">" in before:
        source, raw = _QUOTE.sub("\n", source), _QUOTE.sub("\n", raw)
    return Formula(source.strip(), raw, display=bool(found["double"] or found["square"]))


def _marked(formula: Formula, number: int, text: str, found: re.Match[str]) -> str:
    """Return the mark; a formula with lines of its own becomes a paragraph."""
    mark = f"{OPEN}{number}{CLOSE}"
    start = _line_start(text, found.start())
    markers = _MARKERS.fullmatch(text, start, found.start())
    if not formula.display or markers is None or not _AFTER.match(text, found.end()):
        return mark
    indent = markers[1] + " " * len(markers[2] or "")
    opening = f"\n{indent}" if text[:start].strip() and not markers[2] else ""
    closing = f"\n{indent.rstrip()}" if text[found.end() :].strip() else ""
    return f"{opening}{mark}{closing}"


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1
