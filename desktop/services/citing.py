"""Compares what an answer says with the passages it stands on, sentence by sentence. Pure.

A sentence is borne out when its numbers, dates and names stand in the passages it cites to the letter, and when most
of its other words stand close together there, and when none of the two says "not" or an opposite where the other does
not. Words that are shown as a quote are cut from the passage, never taken from the answer. It is a comparison of
words, not of meaning, which is why the quote stands beside it for a person to read.
"""

from collections.abc import Iterator, Mapping, Sequence

from desktop.core.grounding import Check, ChecksPart, FoundPart, FoundPassage, Quote, TablePart, Verdict
from desktop.core.sentences import sentences
from desktop.core.value import value
from desktop.services import claim_dates, claims, contradicting
from desktop.services.claims import Claims
from desktop.services.source_text import NOT_THERE

ENOUGH = 0.6
"""Share of a sentence's words that must stand in the passage."""
ENOUGH_WIDE = 0.75
"""Where words are not written apart: of pairs of characters."""
ENOUGH_UNCITED = 0.75
LONGEST_QUOTE = 320
LIKELIEST = 4
"""Passages that a sentence without a number is compared with: those that share most words with it."""
NEIGHBOURS = 2
"""Sentences of a passage that one sentence of an answer may draw together."""


@value
class _Match:
    """How well a passage bears a sentence out."""

    passage: FoundPassage
    share: float
    missing: tuple[str, ...]
    against: bool
    """One of the two says that it is not so, or the opposite."""
    quote: Quote | None


def check(text: str, found: FoundPart, table: TablePart | None = None) -> ChecksPart:
    """Return what the comparison of an answer's visible text has shown."""
    passages = {one.number: one for one in found.passages}
    read = {one.number: claims.words(f"{one.header}\n{one.text}") for one in found.passages}
    computed = [[str(cell) for cell in row if cell is not None] for row in table.rows] if table else []
    checks = []
    for start, end in _statements(text):
        one = _check(text[start:end], passages, read, computed)
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


def _check(
    sentence: str,
    passages: Mapping[int, FoundPassage],
    read: Mapping[int, frozenset[str]],
    computed: Sequence[Sequence[str]],
) -> Check | None:
    """Compare one sentence; None: there is nothing in it to compare."""
    named = claims.cited(sentence)
    plain = claims.without_citations(sentence)
    made = claims.claims(plain, names=not claims.is_german(plain))
    if claims.fold(NOT_THERE).strip(".") in claims.fold(plain) or not (made.substantial or named):
        return None
    if computed and not contradicting.negated(plain) and _is_computed(plain, _figures(made), computed):
        return Check(0, 0, Verdict.VERIFIED, named)
    there = [passages[one] for one in named if one in passages]
    if not there:
        return _uncited(plain, made, list(passages.values()), read, wrong=bool(named))
    return _cited(plain, made, there, named)


def _cited(plain: str, made: Claims, there: Sequence[FoundPassage], named: tuple[int, ...]) -> Check:
    matches = [_match(plain, made, passage) for passage in there]
    best = max(matches, key=lambda one: one.share)
    missing = tuple(one for one in best.missing if all(one in other.missing for other in matches))
    text = "\n".join(f"{one.header}\n{one.text}" for one in there)
    share = _share(made.words, claims.words(text)) if len(there) > 1 else best.share
    quotes = tuple(one.quote for one in matches if one.quote is not None and one.share > 0)
    enough = ENOUGH_WIDE if claims.is_wide(plain) else ENOUGH
    if missing or best.against or (made.words and share < enough):
        return Check(0, 0, Verdict.NOT_FOUND, named, missing, quotes)
    verdict = Verdict.COMPARE if any(one.scanned for one in there) else Verdict.VERIFIED
    return Check(0, 0, verdict, named, (), quotes)


def _uncited(
    plain: str, made: Claims, passages: Sequence[FoundPassage], read: Mapping[int, frozenset[str]], *, wrong: bool
) -> Check | None:
    """Look for a passage that bears out a sentence which names none, or one that is not there."""
    if not made.substantial:
        return None
    near = sorted(passages, key=lambda one: -_share(made.words, read[one.number]))[:LIKELIEST]
    found = (_match(plain, made, one) for one in near)
    best = max(found, key=lambda one: (not (one.missing or one.against), one.share), default=None)
    if best is None or best.missing or best.against or best.share < ENOUGH_UNCITED:
        missing = best.missing if best else ()
        return Check(0, 0, Verdict.NOT_FOUND if wrong else Verdict.UNCITED, (), missing)
    verdict = Verdict.COMPARE if best.passage.scanned else Verdict.VERIFIED
    return Check(0, 0, verdict, (best.passage.number,), (), (best.quote,) if best.quote else ())


def _match(plain: str, made: Claims, passage: FoundPassage) -> _Match:
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
    part = f"{passage.header} {passage.text[quoted[0] : quoted[1]]}"
    share = (_share(made.words, claims.words(whole)) + _share(made.words, claims.words(part))) / 2
    quote = Quote(passage.number, passage.start + start, passage.start + end, passage.text[start:end])
    lines = [passage.text[each[0] : each[1]] for each in spans]
    missing = [
        *_missing(made, f"{whole}\n{passage.heading}"),
        *contradicting.misplaced(plain, lines, f"{passage.header} {passage.heading}"),
        *contradicting.miscounted(plain, whole),
        *(_displaced(plain, whole, f"{part} {passage.heading}") if _figures(made) else ()),
        *(opposed := contradicting.opposed(plain, part)),
    ]
    against = bool(opposed) or contradicting.negated(plain) != contradicting.negated(part)
    return _Match(passage, share, tuple(dict.fromkeys(missing)), against, quote if best > 0 else None)


def _displaced(plain: str, whole: str, near: str) -> Iterator[str]:
    """Yield words of a statement with a figure that the passage has, but not where the figure stands.

    “The deposit is EUR 1,200.50” must not pass for a passage that has the deposit in one sentence, and the amount of
    the rent in another. What is true and drawn from far apart is marked, too: that costs a look, the other costs trust.
    """
    elsewhere = claims.words(whole) - claims.words(near)
    yield from (word for word in plain.split() if claims.words(word) & elsewhere)


def _missing(made: Claims, text: str) -> tuple[str, ...]:
    """Return the dates, numbers and names of a statement that do not stand in a text."""
    figures, folded, dated = claims.numbers(text), claims.fold(text), claim_dates.dates(text)

    def stands(exact: str) -> bool:
        if any(letter.isdigit() for letter in exact):
            read = claim_dates.dates(exact)
            return claim_dates.stands(read[0], dated) if read else claims.number(exact).rstrip("%") in figures
        return claims.fold(exact) in folded

    return tuple(one for one in made.exact if not stands(one))


def _is_computed(plain: str, figures: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table gave all figures of a sentence; where it names rows, each of them in one of these."""
    folded = claims.fold(plain)
    values = [frozenset().union(*(claims.numbers(cell) for cell in row)) for row in rows]
    named = [
        number
        for number, row in enumerate(rows)
        if any(claims.fold(cell) in folded for cell in row if any(letter.isalpha() for letter in cell))
    ]
    there = [values[number] for number in named] or values
    wanted = [claims.number(one) for one in figures]
    if named and not all(row & set(wanted) for row in there if row):
        return False
    if len(named) > 1 and not _in_turn(folded, figures, rows, values):
        return False
    return bool(wanted) and all(any(one in row for row in there) for one in wanted)


def _in_turn(
    folded: str, figures: Sequence[str], rows: Sequence[Sequence[str]], values: Sequence[frozenset[str]]
) -> bool:
    """Return whether each figure follows the name of a row that has it, where a name stands before it."""
    names = sorted(
        (at, number)
        for number, row in enumerate(rows)
        for cell in row
        if any(letter.isalpha() for letter in cell) and (at := folded.find(claims.fold(cell))) >= 0
    )
    for one in figures:
        at = folded.find(claims.fold(one))
        before = [number for place, number in names if place < at]
        if before and claims.number(one) not in values[before[-1]]:
            return False
    return True


def _figures(made: Claims) -> list[str]:
    return [one for one in made.exact if any(letter.isdigit() for letter in one)]


def _share(wanted: frozenset[str], there: frozenset[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 1.0
