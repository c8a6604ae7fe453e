"""What an answer stands on: as JSON, and as lines below its text."""

import sys
from collections.abc import Iterable
from dataclasses import asdict

from desktop.core.boxes import around
from desktop.core.documents import Box
from desktop.core.grounding import Check, FoundPart, FoundPassage, Verdict
from desktop.core.messages import Message

SAID = {
    Verdict.VERIFIED: "found there",
    Verdict.COMPARE: "from a scan: compare",
    Verdict.NOT_FOUND: "not found in its source",
    Verdict.UNCITED: "names no source",
}
LONGEST = 160


def plain(message: Message) -> dict[str, object]:
    """Return mode, citations, coverage, and what a table or an exhaustive reading gave; nothing without documents."""
    found = message.found
    if found is None:
        return {}
    checks = message.checks.checks if message.checks else ()
    passages = {one.number: one for one in found.passages}
    citations = [row for check in checks for row in _rows(message.text, check, passages)]
    result: dict[str, object] = {"mode": found.mode, "citations": citations, "coverage": asdict(found.coverage)}
    if message.table:
        result["table"] = asdict(message.table)
    if message.findings:
        result["findings"] = asdict(message.findings)
    return result


def _rows(text: str, check: Check, passages: dict[int, FoundPassage]) -> Iterable[dict[str, object]]:
    quotes = {one.number: one for one in check.quotes}
    said = {"sentence": text[check.start : check.end], "verdict": check.verdict, "missing": check.missing}
    verified = check.verdict is Verdict.VERIFIED
    for number in check.numbers or (0,):
        passage, quote = passages.get(number), quotes.get(number)
        boxes = quote.boxes if quote else ()
        yield {
            "number": number,
            "file": passage.name if passage else "",
            "page": passage.page if passage else 0,
            "label": passage.label if passage else "",
            "quote": quote.text if quote else "",
            "box": _sides(around(boxes)) if boxes else None,
            "boxes": [_sides(one) for one in boxes],
            "verified": verified,
            **said,
        }


def show(message: Message) -> None:
    """Print the sources that are cited, what was not found, and how much was searched."""
    found = message.found
    if found is None:
        return
    checks = message.checks.checks if message.checks else ()
    if not message.text and not found.passages:
        print("That is not in these documents.")
    if message.table:
        print(f"\nComputed by: {message.table.sql}")
    named = {number for check in checks for number in check.numbers}
    passages = [one for one in found.passages if one.number in named]
    if passages:
        print("\nSources")
    for one in passages:
        quote = next((each for check in checks for each in check.quotes if each.number == one.number), None)
        words = f": “{' '.join(quote.text.split())[:LONGEST]}”" if quote else ""
        print(f"  [{one.number}] {one.name}, {one.unit} {one.label or one.page}{words}")
    for check in checks:
        if check.verdict is not Verdict.VERIFIED:
            sentence = " ".join(message.text[check.start : check.end].split())[:LONGEST]
            missing = f" ({', '.join(check.missing)})" if check.missing else ""
            print(f"  ! {SAID[check.verdict]}{missing}: {sentence}")
    print(_coverage(found), file=sys.stderr)


def _coverage(found: FoundPart) -> str:
    coverage = found.coverage
    rest = [
        f"{len(coverage.partly)} partly" if coverage.partly else "",
        f"{len(coverage.unreadable)} unreadable" if coverage.unreadable else "",
        f"{coverage.waiting} not read yet" if coverage.waiting else "",
        f"{len(coverage.by_words)} by words only" if coverage.by_words else "",
    ]
    told = "; ".join(one for one in rest if one)
    return f"Searched {coverage.searched} of {coverage.total} files{f'; {told}' if told else ''}."


def _sides(box: Box) -> list[float]:
    return [round(side, 4) for side in (box.left, box.top, box.right, box.bottom)]
