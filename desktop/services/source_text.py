"""What the model reads of the documents: sources, numbered, above the question. Pure.

What stood above an earlier question of the conversation is not said again: a passage keeps its number, so that all
that was read before is read once.
"""

from collections.abc import Iterable, Sequence

from desktop.core.documents import Cell
from desktop.core.grounding import FindingsPart, FoundPart, FoundPassage, TablePart
from desktop.core.messages import Part

NOT_THERE = "That is not in your documents."
"""What a model is asked to say instead of guessing."""

INSTRUCTION = (
    "Answer the question from these sources only. Behind each statement put the number of its source, such as [1]. "
    f"If the sources do not say it, answer: {NOT_THERE}"
)
EARLIER = "Answer from the sources above only, as before, with their numbers."
COMPUTED = (
    "The table below was computed from the documents and is exact. Answer the question with its values, in the "
    "language of the question, in one or two sentences."
)
COLLECTED = (
    "These notes were taken while all passages were read in order. Sum them up as an answer to the question, in its "
    "language. Behind each statement keep the number of the note, such as [1]."
)
MOST_ROWS = 30
UNITS = {"page": "page", "slide": "slide", "sheet": "", "section": "section", "message": ""}


def grounded(question: str, parts: Iterable[Part], seen: set[int]) -> str:
    """Return the question with what the answer stands on above it.

    Args:
        question: its words, with what was pasted beside it.
        parts: of the answer: FoundPart, FindingsPart and TablePart count.
        seen: numbers of passages that stand in the conversation already; those of these parts are added.
    """
    parts = list(parts)
    findings = next((one for one in parts if isinstance(one, FindingsPart)), None)
    blocks: list[str] = []
    for part in parts:
        if isinstance(part, FoundPart) and part.passages and findings is None:
            fresh = [one for one in part.passages if one.number not in seen]
            seen.update(one.number for one in fresh)
            blocks += [passage_text(one) for one in fresh]
            blocks.append(INSTRUCTION if fresh else EARLIER)
        elif isinstance(part, TablePart):
            blocks += [COMPUTED, table_text(part.columns, part.rows, part.total)]
        elif isinstance(part, FindingsPart):
            summed = part.findings[: part.summed or None]
            blocks += ["\n".join(f"[{one.number}] {one.text}" for one in summed), COLLECTED]
    return "\n\n".join([*blocks, question]) if blocks else question


def bare(text: str) -> str:
    """Return the question of a text that `grounded` made."""
    for told in (INSTRUCTION, EARLIER, COLLECTED, COMPUTED):
        before, _, after = text.rpartition(f"{told}\n\n")
        if before or text.startswith(told):
            return after.partition("\n\n")[2] if told == COMPUTED else after
    return text


def passage_text(passage: FoundPassage) -> str:
    """Return a passage below its number, its file and where in it it stands."""
    header = f"{passage.header}\n" if passage.header and not passage.text.startswith(passage.header) else ""
    return f"[{passage.number}] {place(passage)}\n{header}{passage.text.strip()}"


def place(passage: FoundPassage) -> str:
    """Return where a passage stands: Lease.pdf, page 3, Terms › Rent."""
    unit = UNITS[passage.unit]
    page = f"{unit} {passage.page}".strip() if unit else ""
    named = passage.label if passage.label and passage.label not in (str(passage.page), passage.heading) else ""
    return ", ".join(one for one in (_line(passage.name), page, _line(named), _line(passage.heading)) if one)


def table_text(columns: Sequence[str], rows: Sequence[Sequence[Cell]], total: int) -> str:
    """Return a result as a Markdown table."""
    lines = [" | ".join(map(_cell, columns)), " | ".join("---" for _ in columns)]
    lines += [" | ".join(map(_cell, row)) for row in rows[:MOST_ROWS]]
    if total > min(len(rows), MOST_ROWS):
        lines.append(f"({total} rows in all)")
    return "\n".join(lines)


def _cell(value: Cell) -> str:
    return "" if value is None else _line(str(value)).replace("|", "/")


def _line(text: str) -> str:
    return " ".join(text.split())
