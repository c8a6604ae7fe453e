"""The rows of a transcript: what was opened, and what events made of it. Pure; the same fold as the store's."""

import time
from collections.abc import Callable
from dataclasses import replace

from desktop.core.conversations import ConversationId, ConversationSummary, StoredMessage, Thread, TurnState
from desktop.core.errors import AppError
from desktop.core.events import (
    ConversationChanged,
    Event,
    ThreadOpened,
    TurnDelta,
    TurnFinished,
    TurnLoading,
    TurnStarted,
)
from desktop.core.stream import TextDelta, ThoughtDelta, ToolCallDelta, fold
from desktop.core.value import value


@value
class Reset:
    """Another conversation: all rows are new."""


@value
class Cut:
    """Rows from `first` on are new; those before are as they were."""

    first: int
    asked: bool = False
    """A question was asked just now: its answer is what the reader wants to see."""


@value
class Grown:
    """The answer in `row` got longer. The first words are not kept waiting."""

    row: int
    first: bool


@value
class Changed:
    """The row looks different: its state, its figures."""

    row: int


Change = Reset | Cut | Grown | Changed


class TranscriptModel:
    """Follows one conversation and ignores the events of all others."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._thoughts: dict[int, tuple[float, float | None]] = {}
        """When the thinking of an answer began and ended, by message id, as far as it was seen."""
        self.summary = ConversationSummary(ConversationId(0), "", 0.0)
        self.rows: list[StoredMessage] = []
        self.errors: dict[int, AppError] = {}
        """Why a turn failed, by message id, as far as it failed while the program runs."""

    @property
    def conversation(self) -> ConversationId:
        """The shown conversation; 0 is a new chat."""
        return self.summary.id

    @property
    def running(self) -> StoredMessage | None:
        """The answer that is being written."""
        return self.rows[-1] if self.rows and self.rows[-1].state is TurnState.PARTIAL else None

    def thought_seconds(self, stored: StoredMessage) -> float | None:
        """Return how long an answer was thought about: as seen, else by its share of what was written."""
        began, ended = self._thoughts.get(stored.id, (0.0, None))
        if ended is not None:
            return ended - began
        thoughts, words = len(stored.message.thoughts), len(stored.message.text)
        if stored.stats is None or not thoughts:
            return None
        return stored.stats.write_seconds * thoughts / (thoughts + words)

    def apply(self, event: Event) -> Change | None:
        """Take an event in; returns what changed."""
        match event:
            case ThreadOpened(thread):
                return self._open(thread)
            case TurnStarted() if event.conversation == self.conversation:
                return self._start(event)
            case TurnLoading(model=name) if event.conversation == self.conversation:
                self._name(event.turn, name)
            case TurnDelta() if event.conversation == self.conversation:
                return self._grow(event)
            case TurnFinished() if event.conversation == self.conversation:
                return self._finish(event)
            case ConversationChanged(summary) if summary.id == self.conversation:
                self.summary = summary
        return None

    def _open(self, thread: Thread) -> Change:
        """Take a thread in; opened once more, or on another branch, it keeps the rows that are the same."""
        same = thread.summary.id == self.conversation
        before, self.rows = self.rows, list(thread.messages)
        self.summary = thread.summary
        if not same:
            return Reset()
        pairs = enumerate(zip(before, self.rows, strict=False))
        return Cut(next((at for at, (old, new) in pairs if not _same(old, new)), min(len(before), len(self.rows))))

    def _start(self, event: TurnStarted) -> Change:
        """Put question and answer below the question's parent; another branch that was shown there goes."""
        ids = [one.id for one in self.rows]
        first = ids.index(event.question.parent) + 1 if event.question.parent in ids else 0
        if event.question.id in ids:
            first = ids.index(event.question.id)
        self.rows[first:] = [event.question, event.answer]
        return Cut(first, asked=True)

    def _name(self, turn: int, name: str) -> None:
        """Know the model of an answer under way: how its words are to be taken may depend on it."""
        if (row := self._row(turn)) is not None and not self.rows[row].model:
            self.rows[row] = replace(self.rows[row], model=name)

    def _grow(self, event: TurnDelta) -> Change | None:
        row = self._row(event.turn)
        if row is None:
            return None
        stored = self.rows[row]
        self._mind_thoughts(stored, event)
        self.rows[row] = replace(stored, message=fold(stored.message, event.delta))
        return Grown(
            row, first=not stored.message.parts or (not stored.message.text and isinstance(event.delta, TextDelta))
        )

    def _mind_thoughts(self, stored: StoredMessage, event: TurnDelta) -> None:
        began, ended = self._thoughts.get(stored.id, (None, None))
        if isinstance(event.delta, ThoughtDelta) and began is None:
            self._thoughts[stored.id] = self._clock(), None
        elif isinstance(event.delta, TextDelta | ToolCallDelta) and began is not None and ended is None:
            self._thoughts[stored.id] = began, self._clock()

    def _finish(self, event: TurnFinished) -> Change | None:
        row = self._row(event.answer.id)
        if row is None:
            return None
        self.rows[row] = event.answer
        if event.error is not None:
            self.errors[event.answer.id] = event.error
        return Changed(row)

    def _row(self, message: int) -> int | None:
        return next((at for at in range(len(self.rows) - 1, -1, -1) if self.rows[at].id == message), None)


def _same(old: StoredMessage, new: StoredMessage) -> bool:
    """Whether two readings of the store show the same; the words of a complete message never change."""
    if (old.id, old.state, old.siblings, old.model) != (new.id, new.state, new.siblings, new.model):
        return False
    return old.state is TurnState.COMPLETE or old.message == new.message
