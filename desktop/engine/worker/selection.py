"""Which messages fit the context window: system text and the newest turns stay, the oldest turns are left out.

Why it cuts deeper than needed: dropping one turn at a time would change the prefix at every turn, and everything
would be read again each time. It cuts to about two thirds, and keeps that cut as long as the rest still fits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.core.drafts import prompt_room
from desktop.core.errors import PromptTooLong
from desktop.core.messages import Message, Role
from desktop.engine.worker.entries import Entry, size

AFTER_CUT = 0.65


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that fits: what it is made of, its end as text, and the indexes of messages that were left out."""

    entries: list[Entry]
    rendered: str
    omitted: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many tokens it takes."""
        return size(self.entries)


Render = Callable[[Sequence[Message]], tuple[str, list[Entry]]]
"""Messages -> prompt as text and as what the model reads."""


class Selection:
    """Chooses messages, and remembers the last cut."""

    def __init__(self, render: Render, count: Callable[[Message], int]) -> None:
        """Take what renders and what counts the tokens of a message."""
        self._render, self._count = render, count
        self._omitted: tuple[Message, ...] = ()

    @property
    def has_cut(self) -> bool:
        """Whether the last prompt left something out."""
        return bool(self._omitted)

    def fit(self, messages: Sequence[Message], window: int, max_tokens: int | None, beside: int = 0) -> Prompt:
        """Return the longest stable prompt that leaves room for an answer.

        Args:
            messages: the conversation.
            window: tokens of the context.
            max_tokens: the longest answer.
            beside: about how many tokens every prompt holds beside the messages.

        Raises:
            PromptTooLong: even the newest message alone does not fit.
        """
        budget = prompt_room(window, max_tokens)
        head, turns = _split(messages)
        costs = [sum(self._count(messages[index]) + 8 for index in turn) for turn in turns]
        fixed = beside + sum(self._count(messages[index]) + 8 for index in head)
        if fixed + sum(costs) <= budget * 1.1:
            prompt = self._with(messages, head, turns, 0)
            if prompt.size <= budget:
                self._omitted = ()
                return prompt
        again = self._last_cut(messages, turns)
        if again:
            prompt = self._with(messages, head, turns, again)
            if prompt.size <= budget:
                return prompt
        cut = _cut(costs, budget * AFTER_CUT - fixed)
        while True:
            prompt = self._with(messages, head, turns, cut)
            if prompt.size <= budget:
                self._omitted = tuple(messages[index] for index in prompt.omitted)
                return prompt
            if cut >= len(turns) - 1:
                raise PromptTooLong(tokens=prompt.size, available=budget)
            cut += 1

    def _with(
        self, messages: Sequence[Message], head: Sequence[int], turns: Sequence[Sequence[int]], cut: int
    ) -> Prompt:
        kept = [*head, *(index for turn in turns[cut:] for index in turn)]
        rendered, entries = self._render([messages[index] for index in kept])
        return Prompt(entries, rendered, tuple(index for turn in turns[:cut] for index in turn))

    def _last_cut(self, messages: Sequence[Message], turns: Sequence[Sequence[int]]) -> int:
        """Return how many turns the last cut left out, if this conversation begins with the same ones."""
        if not self._omitted:
            return 0
        seen = 0
        for number, turn in enumerate(turns[:-1], start=1):
            ours = tuple(messages[index] for index in turn)
            if self._omitted[seen : seen + len(ours)] != ours:
                return 0
            seen += len(ours)
            if seen == len(self._omitted):
                return number
        return 0


def _split(messages: Sequence[Message]) -> tuple[list[int], list[list[int]]]:
    """Return the indexes of the system texts, and those of each turn: a question and what follows it."""
    head = [index for index, message in enumerate(messages) if message.role is Role.SYSTEM]
    turns: list[list[int]] = []
    for index, message in enumerate(messages):
        if message.role is Role.SYSTEM:
            continue
        if message.role is Role.USER or not turns:
            turns.append([])
        turns[-1].append(index)
    return head, turns


def _cut(costs: Sequence[int], budget: float) -> int:
    """Return how many of the oldest turns to leave out so that the rest costs no more than the budget."""
    total = 0
    for count, cost in enumerate(reversed(costs)):
        total += cost
        if total > budget:
            return min(len(costs) - count, len(costs) - 1)
    return 0
