"""What a question asks of documents is looked up before it is answered.

A turn goes in with the documents and collections that its question names, and reaches the model with passages above
the question. What was found is told before the answer's first word, what a comparison with it has shown behind its
last.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from desktop.core.documents import DocumentKind
from desktop.core.generation import (
    EngineEvent,
    Finished,
    FinishReason,
    GenerateRequest,
    Searching,
)
from desktop.core.grounding import AnswerMode, FoundPart, GroundPart, TablePart
from desktop.core.library import Scope
from desktop.core.library_ports import Library, TableAsker
from desktop.core.messages import Message, Part, TextPart
from desktop.core.ports import ChatEngine
from desktop.core.stream import GroundAdded, TextDelta
from desktop.services import intents, source_choice
from desktop.services.citing import check
from desktop.services.exhaustive import Exhaustive
from desktop.services.source_choice import Finder, Numbers, Room
from desktop.services.source_text import grounded
from desktop.services.table_questions import TableQuestions

PATIENCE_SECONDS = 20.0
"""How long a person waits for the first word."""
USUAL_WINDOW = 4096
ANSWER_TOKENS = 1024
FRAME = 8
"""Tokens around a message."""
SHEETS = frozenset({DocumentKind.XLSX, DocumentKind.XLS, DocumentKind.ODS, DocumentKind.CSV, DocumentKind.TSV})
Answer = Callable[[GenerateRequest], Iterator[EngineEvent]]
NOTHING_FOUND = Finished(FinishReason.END, 0, 0, 0, 0.0, 0.0)


class Grounding:
    """Looks into the library, has the engine answer, compares the answer with what was found."""

    def __init__(
        self,
        engine: ChatEngine,
        finder: Finder,
        library: Callable[[], Library],
        tables: TableAsker,
        is_demo: Callable[[Path], bool],
        clock: Callable[[], float],
    ) -> None:
        """Take its parts.

        Args:
            engine: takes notes and writes SELECTs.
            finder: finds passages.
            library: the opened one; VaultLocked while it is not.
            tables: runs a SELECT.
            is_demo: whether a model is too small to write one.
            clock: seconds.
        """
        self._finder = finder
        self._library = library
        self._tables = TableQuestions(engine, tables)
        self._exhaustive = Exhaustive(engine, clock)
        self._is_demo = is_demo
        self._stopped = False

    def stop(self) -> None:
        """Look no further. From any thread."""
        self._stopped = True
        self._exhaustive.stop()

    def answer(self, request: GenerateRequest, engine: Answer, window: int, speed: float) -> Iterator[EngineEvent]:
        """Answer one request from the library; the last event is Finished.

        Args:
            request: its question or an earlier one names documents, or it names collections.
            engine: answers what is above the question by then.
            window: tokens that the model can hold; 0 = not known.
            speed: tokens that it reads a second.

        Raises:
            AppError: while iterating: the library cannot be read, or the engine fails.
        """
        self._stopped = False
        return self._answer(request, engine, _room(request, window, speed))

    def _answer(self, request: GenerateRequest, engine: Answer, room: Room) -> Iterator[EngineEvent]:
        yield Searching()
        ground: list[GroundPart] = []
        numbers = Numbers(request.messages, self._library())
        for event in self._look(request, numbers, room):
            if isinstance(event, GroundAdded):
                ground.append(event.part)
            if isinstance(event, Finished):  # stopped while it was looked through
                yield event
                return
            yield event
        found = next(one for one in ground if isinstance(one, FoundPart))
        table = next((one for one in ground if isinstance(one, TablePart)), None)
        if self._stopped or not (found.passages or table):
            yield replace(NOTHING_FOUND, reason=FinishReason.STOPPED if self._stopped else FinishReason.END)
            return
        text: list[str] = []
        for event in engine(_with_sources(request, ground)):
            if isinstance(event, TextDelta):
                text.append(event.text)
            if isinstance(event, Finished) and text:
                checks = check("".join(text), found, table)
                yield GroundAdded(numbers.placed(checks))
            yield event

    def _look(self, request: GenerateRequest, numbers: Numbers, room: Room) -> Iterator[EngineEvent]:
        """Yield what the answer stands on: a FoundPart, and with it what a table or an exhaustive reading gave."""
        library, scope = self._library(), scope_of(request)
        mode = self._mode(request, library, scope)
        coverage = self._finder.coverage(scope)
        if mode is AnswerMode.TABLE:
            table = yield from self._tables.ask(request, library, scope)
            if table is not None:
                yield GroundAdded(FoundPart(AnswerMode.TABLE, (), coverage))
                yield GroundAdded(table)
                return
        if mode is AnswerMode.EXHAUSTIVE:
            yield from self._exhaustive.read(request, library, scope, numbers, room)
            return
        if mode in (AnswerMode.AUTO, AnswerMode.WHOLE):
            part = source_choice.whole(library, scope, coverage, numbers, room)
            if part is not None:
                yield GroundAdded(part)
                return
        hits = self._finder.search(source_choice.query_of(request.messages), scope, source_choice.CANDIDATES)
        yield GroundAdded(source_choice.passages(hits, coverage, numbers, room))

    def _mode(self, request: GenerateRequest, library: Library, scope: Scope) -> AnswerMode:
        """Return how it is answered: as the person chose, else by a table where the question asks to reckon."""
        asked = request.messages[-1].scope
        mode = asked.mode if asked else AnswerMode.AUTO
        question = request.messages[-1].text
        if mode is AnswerMode.AUTO and intents.reckons(question) and not self._is_demo(request.model):
            sources = library.sources.within(scope)
            if sources and all(one.kind in SHEETS for one in sources):
                return AnswerMode.TABLE
        return mode


def _room(request: GenerateRequest, window: int, speed: float) -> Room:
    window = window or request.load.context or USUAL_WINDOW
    used = sum(source_choice.tokens(one.text) + FRAME for one in request.messages)
    reserve = min(ANSWER_TOKENS, window // 4)
    return Room(max(0, (window - reserve - used) * 9 // 10), round(speed * PATIENCE_SECONDS))


def scope_of(request: GenerateRequest) -> Scope:
    """Return where a question is looked up: in the documents of its conversation, and in what it names of the library.

    Documents beside the question are asked alone, unless it names collections too.
    """
    documents = tuple(dict.fromkeys(part.source for one in request.messages for part in one.documents))
    asked = request.messages[-1].scope
    if asked is None:
        return Scope(sources=documents)
    return Scope(matter=request.matter, collections=asked.collections, also=documents)


def _with_sources(request: GenerateRequest, ground: list[GroundPart]) -> GenerateRequest:
    """Return the request with the sources above its question."""
    *before, question = request.messages
    seen = {
        one.number
        for message in before
        if (part := message.found) and part.mode is not AnswerMode.EXHAUSTIVE
        for one in part.passages
    }
    parts: list[Part] = [one for one in question.parts if not isinstance(one, TextPart)]
    text = grounded(question.text, ground, seen)
    asked = Message(question.role, (*parts, TextPart(text)))
    return replace(request, messages=(*before, asked))
