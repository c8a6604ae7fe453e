"""The labelled questions, and how well a search finds what answers them.

A passage is a hit when it lies on a page that the label names and covers some of the labelled quote, or when it holds
the quote word for word: then it answers as well, wherever it stands.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.library import Hit
from desktop.services import claims

FOLDER = Path(__file__).parent
TEXTS = FOLDER / "texts"
QUESTIONS = FOLDER / "questions.jsonl"
LIMIT = 10
HARD = 0.3
"""Share of a question's content words that its passage has: below it, only the meaning leads there."""

Search = Callable[[str], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and the place that answers it; no file: nothing does."""

    id: str
    language: str
    kind: str
    question: str
    file: str
    pages: tuple[int, ...]
    quote: str
    overlap: float
    split: str

    @property
    def answerable(self) -> bool:
        """Whether a text answers it."""
        return bool(self.file)

    @property
    def hard(self) -> bool:
        """Whether it is asked in other words than those of the passage."""
        return self.overlap < HARD

    @property
    def format(self) -> str:
        """How the name of its file ends."""
        return "scan" if self.file.startswith("scan") else self.file.rpartition(".")[2]


@dataclass
class Score:
    """How a group of questions fared."""

    places: list[int] = field(default_factory=list)
    """Of the first hit, from 1 on; 0: none was among the first ten."""

    def told(self) -> dict[str, float | int]:
        """Return what is reported."""
        count = len(self.places) or 1
        return {
            "questions": len(self.places),
            "recall@10": round(sum(one > 0 for one in self.places) / count, 3),
            "recall@1": round(sum(one == 1 for one in self.places) / count, 3),
            "mrr": round(sum(1 / one for one in self.places if one) / count, 3),
        }


def questions(split: str = "") -> tuple[Question, ...]:
    """Return the labelled questions, of one half or all."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    made = (json.loads(line) for line in lines)
    every = tuple(Question(**{**one, "pages": tuple(one["pages"])}) for one in made)
    return tuple(one for one in every if one.split == split or not split)


def place(question: Question, hits: Sequence[Hit]) -> int:
    """Return the place of the first hit that answers, from 1 on; 0: none does."""
    return next((number for number, hit in enumerate(hits, 1) if answers(question, hit)), 0)


def answers(question: Question, hit: Hit) -> bool:
    """Return whether a hit is the labelled place."""
    if question.quote in squeezed(hit.passage.text):
        return True
    here = hit.source.name == question.file and hit.passage.page in question.pages
    return here and _overlaps(squeezed(hit.passage.text), question.quote)


def _overlaps(text: str, quote: str) -> bool:
    """Return whether a text ends within a quote, or begins there."""
    least = len(quote) // 2
    return any(text.endswith(quote[:size]) or text.startswith(quote[-size:]) for size in range(least, len(quote)))


def squeezed(text: str) -> str:
    """Return a text with one space wherever it has blanks."""
    return re.sub(r"\s+", " ", text).strip()


def measured(asked: Iterable[Question], search: Search) -> dict[str, dict[str, float | int]]:
    """Ask each question, and return the scores of every group of them."""
    scores: dict[str, Score] = {}
    for question in asked:
        found = place(question, search(question.question))
        for group in groups(question):
            scores.setdefault(group, Score()).places.append(found)
    return {name: scores[name].told() for name in sorted(scores)}


def groups(question: Question) -> Iterator[str]:
    """Yield the names of the groups that a question counts in."""
    ease = "hard" if question.hard else "rest"
    yield from ("all", ease)
    for sort in ("language", "kind", "format"):
        yield f"{sort} {getattr(question, sort)}"
    yield f"{ease} {question.language}"


def overlap(question: str, passages: Iterable[str]) -> float:
    """Return which share of the content words of a question its passage has; of several, the largest."""
    wanted = claims.words(question)
    return max((len(wanted & claims.words(one)) / max(1, len(wanted)) for one in passages), default=0.0)
