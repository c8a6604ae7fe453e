"""Rows that lead to passages: what was found, and what an exhaustive reading says of each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.core.grounding import FindingsPart, FoundPart, FoundPassage
from desktop.ui.i18n import translate
from desktop.ui.sources.row_button import RowButton
from desktop.ui.sources.wording import one_line, place, shortened

Follow = Callable[[int], None]
LONGEST = 400


def found_rows(found: FoundPart, follow: Follow, parent: QWidget) -> Sequence[QWidget]:
    """Make a row for each passage."""
    rows = []
    for one in found.passages:
        row = RowButton(_name(one), shortened(one.text, LONGEST), str(one.number), None, parent)
        row.clicked.connect(partial(follow, one.number))
        rows.append(row)
    return rows


def finding_rows(
    part: FindingsPart, passages: Mapping[int, FoundPassage], most: int, follow: Follow, parent: QWidget
) -> Sequence[QWidget]:
    """Make a row for each of the first findings."""
    rows = []
    for one in part.findings[:most]:
        passage = passages.get(one.number)
        name = _name(passage) if passage is not None else ""
        row = RowButton(name, shortened(one.text, LONGEST), str(one.number), None, parent)
        row.clicked.connect(partial(follow, one.number))
        rows.append(row)
    return rows


def findings(part: FindingsPart) -> str:
    """Return how much was read and found."""
    words = translate("chat", "Read {read} of {total} passages", read=f"{part.read:,}", total=f"{part.total:,}")
    count = len(part.findings)
    said = translate("chat", "1 finding") if count == 1 else translate("chat", "{count} findings", count=f"{count:,}")
    if 0 < part.summed < count:
        said = translate(
            "chat", "{findings}; the text above sums up the first {summed} of them", findings=said, summed=part.summed
        )
    return f"{words}, {said}"


def _name(passage: FoundPassage) -> str:
    return f"{one_line(passage.name)}, {place(passage)}"
