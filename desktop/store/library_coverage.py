"""How much of some sources can be searched."""

from collections.abc import Iterable

from desktop.core.coverage import Coverage
from desktop.core.documents import Trouble
from desktop.core.library import LibrarySource, SourceState

TOLD = {
    Trouble.NO_RECOGNISER: "a scan, and nothing here can read it",
    Trouble.NO_LANGUAGE: "a scan, read without the data of its language",
    Trouble.NO_WORDS: "a picture in which no writing was found",
    Trouble.UNSURE: "a scan that was read with many doubts",
    Trouble.CUT: "more than is taken in",
    Trouble.DAMAGED: "damaged",
    Trouble.TOO_LONG: "reading it took too long",
}


def coverage_of(sources: Iterable[LibrarySource]) -> Coverage:
    """Return how much of these can be searched. Which files the embedding model does not know is not known here."""
    by_state: dict[SourceState, list[LibrarySource]] = {}
    total = 0
    for one in sources:
        total += 1
        by_state.setdefault(one.state, []).append(one)
    return Coverage(
        searched=len(by_state.get(SourceState.SEARCHED, ())),
        total=total,
        partly=tuple((one.name, _why(one)) for one in by_state.get(SourceState.PARTLY, ())),
        unreadable=tuple((one.name, _why(one)) for one in by_state.get(SourceState.UNREADABLE, ())),
        waiting=sum(len(by_state.get(one, ())) for one in (SourceState.WAITING, SourceState.READING)),
    )


def _why(source: LibrarySource) -> str:
    return source.reason or "; ".join(
        f"{source.unit} {_spans(pages)}: {TOLD[trouble]}" if pages else TOLD[trouble]
        for trouble, pages in source.troubles
    )


def _spans(pages: tuple[int, ...]) -> str:
    """Return numbers as people write them: 3–7, 9."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and spans[-1][1] == page - 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
