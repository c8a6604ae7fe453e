"""Reads every passage of a scope in order, a few at a time, and collects what each says about the question."""

import re
from collections.abc import Callable, Generator, Iterator, Sequence

from desktop.core.coverage import PassageId
from desktop.core.generation import (
    EngineEvent,
    Finished,
    FinishReason,
    GenerateRequest,
    Loaded,
    SamplingOptions,
    Searching,
)
from desktop.core.grounding import AnswerMode, Finding, FindingsPart, FoundPart, FoundPassage
from desktop.core.library import Passage, Scope
from desktop.core.library_ports import Library
from desktop.core.messages import Message, Role
from desktop.core.ports import ChatEngine
from desktop.core.stream import GroundAdded, TextDelta
from desktop.services import claims, source_choice
from desktop.services.prompting import SYSTEM
from desktop.services.source_choice import Numbers, Room

TOGETHER = 4
TOGETHER_TOKENS = 1_200
NOTE_TOKENS = 256
LONGEST_NOTE = 400
PAGE = 200
NONE = "NONE"
REQUEST = (
    "Question: {question}\n\nFor each passage above that says something about the question, write one line: its number "
    "in square brackets, then what it says, with its own numbers and names. If none does, write only " + NONE + "."
)
_LINE = re.compile(r"^\W{0,4}\[(\d{1,2})\]:?\s*(.+)$")
_STOPPED = Finished(FinishReason.STOPPED, 0, 0, 0, 0.0, 0.0)


class Exhaustive:
    """Has the engine take notes on every passage."""

    def __init__(self, engine: ChatEngine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._stopped = False

    def stop(self) -> None:
        """Read no further. From any thread."""
        self._stopped = True

    def read(
        self, request: GenerateRequest, library: Library, scope: Scope, numbers: Numbers, room: Room
    ) -> Iterator[EngineEvent]:
        """Yield Searching while it reads, then the FoundPart and the FindingsPart; Finished only when stopped."""
        self._stopped = False
        total, _ = library.passages.count(scope)
        sources = {one.id: one for one in library.sources.within(scope)}
        found: dict[int, FoundPassage] = {}
        findings: list[Finding] = []
        read, began = 0, self._clock()
        for batch in _batches(library, scope):
            notes = yield from self._notes(request, batch)
            if self._stopped or notes is None:
                yield _STOPPED
                return
            for index, text in notes:
                passage = batch[index]
                numbered = numbers.numbered(passage, sources[passage.source])
                found[numbered.number] = numbered
                findings.append(Finding(numbered.number, text))
            read += len(batch)
            pace = (self._clock() - began) / read
            yield Searching(read, total, len(findings), pace * (total - read))
        kept = _fitting(findings, room)
        passages = tuple(found[number] for number in dict.fromkeys(one.number for one in findings))
        shortened = len(kept) < len(findings)
        summed = len(kept) if shortened else 0
        yield GroundAdded(FoundPart(AnswerMode.EXHAUSTIVE, passages, library.passages.coverage(scope), shortened))
        yield GroundAdded(FindingsPart(read, total, tuple(findings), summed))

    def _notes(
        self, request: GenerateRequest, batch: Sequence[Passage]
    ) -> Generator[EngineEvent, None, list[tuple[int, str]] | None]:
        """Have one batch read; return (index in the batch, note) pairs, None when it was stopped."""
        above = "\n\n".join(f"[{at}] {one.heading}\n{one.text}" for at, one in enumerate(batch, 1))
        question = REQUEST.format(question=request.messages[-1].text)
        messages = (Message.of(Role.SYSTEM, SYSTEM), Message.of(Role.USER, f"{above}\n\n{question}"))
        sampling = SamplingOptions(temperature=0.0, max_tokens=NOTE_TOKENS)
        text: list[str] = []
        for event in self._engine.generate(GenerateRequest(request.model, messages, request.load, sampling)):
            if isinstance(event, TextDelta):
                text.append(event.text)
            elif isinstance(event, Loaded):
                yield event
            elif isinstance(event, Finished) and event.reason is FinishReason.STOPPED:
                return None
        return noted("".join(text), batch)


def noted(written: str, batch: Sequence[Passage]) -> list[tuple[int, str]]:
    """Return the notes that can stand: of a passage of the batch, with no number in it that is not in the passage."""
    notes: list[tuple[int, str]] = []
    for line in written.splitlines():
        found = _LINE.match(line.strip())
        if not found or not 1 <= int(found[1]) <= len(batch) or found[2].strip(" .").upper() == NONE:
            continue
        passage, text = batch[int(found[1]) - 1], claims.without_citations(found[2]).strip()[:LONGEST_NOTE]
        if claims.numbers(text) <= claims.numbers(f"{passage.header}\n{passage.text}"):
            notes.append((int(found[1]) - 1, text))
    return notes


def _batches(library: Library, scope: Scope) -> Iterator[list[Passage]]:
    after: PassageId | None = None
    batch: list[Passage] = []
    size = 0
    while page := library.passages.in_order(scope, after, PAGE):
        after = page[-1].id
        for one in page:
            cost = source_choice.tokens(one.text)
            if batch and (len(batch) == TOGETHER or size + cost > TOGETHER_TOKENS):
                yield batch
                batch, size = [], 0
            batch.append(one)
            size += cost
    if batch:
        yield batch


def _fitting(findings: Sequence[Finding], room: Room) -> tuple[Finding, ...]:
    left = room.window
    kept = []
    for one in findings:
        left -= source_choice.tokens(one.text) + 4
        if left < 0:
            break
        kept.append(one)
    return tuple(kept)
