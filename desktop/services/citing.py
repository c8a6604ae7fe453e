"""Compares what an answer says with the passages it stands on, sentence by sentence. Pure.

A sentence is borne out when its numbers, dates and names stand in the passages it cites to the letter, and when most
of its other words stand close together there. Words that are shown as a quote are cut from the passage, never taken
from the answer. It is a comparison of words, not of meaning: that a passage says the opposite is not noticed, which is
why the quote stands beside it for a person to read.
"""

from collections.abc import Mapping, Sequence

from desktop.core.grounding import Check, ChecksPart, FoundPart, FoundPassage, Quote, TablePart, Verdict
from desktop.core.sentences import language_of, sentences
from desktop.core.value import value
from desktop.services import claims
from desktop.services.claims import Claims
from desktop.services.source_text import NOT_THERE

ENOUGH = 0.6
"""Share of a sentence's words that must stand in the passage."""
ENOUGH_UNCITED = 0.75
LONGEST_QUOTE = 320
_GERMAN = frozenset({"der", "die", "das", "und", "ist", "nicht", "ein", "eine", "den", "dem", "im", "zu"})
NEIGHBOURS = 2
"""Sentences of a passage that one sentence of an answer may draw together."""


@value
class _Match:
    """How well a passage bears a sentence out."""

    passage: FoundPassage
    share: float
    missing: tuple[str, ...]
    quote: Quote | None


def check(text: str, found: FoundPart, table: TablePart | None = None) -> ChecksPart:
    """Return what the comparison of an answer's visible text has shown."""
    passages = {one.number: one for one in found.passages}
    computed = claims.numbers(" ".join(str(cell) for row in table.rows for cell in row)) if table else frozenset()
    checks = []
    for start, end in _statements(text):
        one = _check(text[start:end], passages, computed)
        if one is not None:
            checks.append(Check(start, end, one.verdict, one.numbers, one.missing, one.quotes))
    return ChecksPart(tuple(checks))


def _statements(text: str) -> list[tuple[int, int]]:
    """Return sentences, each with the citations that follow its full stop."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        stop = end
        while (more := claims.CITED.match(text, stop)) is not None:
            stop = more.end()
        if found and start < found[-1][1]:
            start = found[-1][1]  # a citation was taken for the beginning of this one
            start += len(text[start:stop]) - len(text[start:stop].lstrip())
        if text[start:stop].strip():
            found.append((start, stop))
    return found


def _check(sentence: str, passages: Mapping[int, FoundPassage], computed: frozenset[str]) -> Check | None:
    """Compare one sentence; None: there is nothing in it to compare."""
    named = claims.cited(sentence)
    plain = claims.without_citations(sentence)
    made = claims.claims(plain, names=not _is_german(plain))
    if claims.fold(NOT_THERE).strip(".") in claims.fold(plain) or not (made.substantial or named):
        return None
    if computed and all(claims.number(one) in computed for one in _figures(made)) and _figures(made):
        return Check(0, 0, Verdict.VERIFIED, named)
    there = [passages[one] for one in named if one in passages]
    if not there:
        return _uncited(made, list(passages.values()), wrong=bool(named))
    return _cited(made, there, named)


def _cited(made: Claims, there: Sequence[FoundPassage], named: tuple[int, ...]) -> Check:
    matches = [_match(made, passage) for passage in there]
    text = "\n".join(f"{one.header}\n{one.text}" for one in there)
    missing = _missing(made, text)
    share = _share(made.words, claims.words(text)) if len(there) > 1 else matches[0].share
    quotes = tuple(one.quote for one in matches if one.quote is not None and one.share > 0)
    if missing or (made.words and share < ENOUGH):
        return Check(0, 0, Verdict.NOT_FOUND, named, missing, quotes)
    verdict = Verdict.COMPARE if any(one.scanned for one in there) else Verdict.VERIFIED
    return Check(0, 0, verdict, named, (), quotes)


def _uncited(made: Claims, passages: Sequence[FoundPassage], *, wrong: bool) -> Check | None:
    """Look for a passage that bears out a sentence which names none, or one that is not there."""
    if not made.substantial:
        return None
    best = max((_match(made, one) for one in passages), key=lambda one: (not one.missing, one.share), default=None)
    if best is None or best.missing or best.share < ENOUGH_UNCITED:
        missing = best.missing if best else ()
        return Check(0, 0, Verdict.NOT_FOUND if wrong else Verdict.UNCITED, (), missing)
    verdict = Verdict.COMPARE if best.passage.scanned else Verdict.VERIFIED
    return Check(0, 0, verdict, (best.passage.number,), (), (best.quote,) if best.quote else ())


def _match(made: Claims, passage: FoundPassage) -> _Match:
    """Find the sentences of a passage that bear a statement out best."""
    spans = sentences(passage.text) or [(0, len(passage.text))]
    whole = f"{passage.header}\n{passage.text}"
    best, quoted = -1.0, (0, 0)
    for first in range(len(spans)):
        for last in range(first, min(first + NEIGHBOURS, len(spans))):
            start, end = spans[first][0], spans[last][1]
            part = passage.text[start:end]
            exact = len(made.exact) - len(_missing(made, part))
            score = _share(made.words, claims.words(part)) + exact / max(1, len(made.exact)) - 0.05 * (last - first)
            if score > best:
                best, quoted = score, (start, end)
    start, end = quoted[0], min(quoted[1], quoted[0] + LONGEST_QUOTE)
    share = _share(made.words, claims.words(whole))
    near = _share(made.words, claims.words(passage.text[quoted[0] : quoted[1]] + " " + passage.header))
    quote = Quote(passage.number, passage.start + start, passage.start + end, passage.text[start:end])
    return _Match(passage, (share + near) / 2, _missing(made, whole), quote if best > 0 else None)


def _missing(made: Claims, text: str) -> tuple[str, ...]:
    """Return the numbers and names of a statement that do not stand in a text."""
    figures, folded = claims.numbers(text), claims.fold(text)
    return tuple(one for one in made.exact if not _stands(one, figures, folded))


def _stands(exact: str, figures: frozenset[str], folded: str) -> bool:
    if exact[-1:].isdigit() or exact.endswith("%"):
        return claims.number(exact) in figures
    return claims.fold(exact) in folded


def _figures(made: Claims) -> list[str]:
    return [one for one in made.exact if any(letter.isdigit() for letter in one)]


def _share(wanted: frozenset[str], there: frozenset[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 1.0


def _is_german(text: str) -> bool:
    folded = set(text.casefold().split())
    return (
        not language_of(text) and len(folded & {"der", "die", "das", "und", "ist", "nicht", "ein", "eine", "den"}) > 1
    )
