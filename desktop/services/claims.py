"""What a sentence claims that can be compared with a source to the letter: numbers, dates, names. Pure."""

import re
import unicodedata
from collections.abc import Iterator

from desktop.core.sentences import language_of
from desktop.core.value import value
from desktop.services import claim_dates

CITED = re.compile(r"[ \t]*\[(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)\]")
"""[1], [1, 2], [1][2], [1–3]."""
MOST_IN_RANGE = 20

_NUMBER = re.compile(r"(?<![0-9A-Za-z\u00c0-\u024f_.])[-−+]?\d(?:[\d.,'’\u00a0\u202f ]*\d)?(?:\s?%)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CJK = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SEPARATORS = ".,'’\u00a0\u202f "
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}")
_KANA = re.compile("[\u3041-\u3096]")
_WIDE_WORD = re.compile("[\u3400-\u9fff]{2,}|[\u30a1-\u30fa\u30fc]{2,}")
_TITLED = re.compile(r"\b(?:Herrn?|Frau|Dr\.|Prof\.|Firma)\s+([^\W\d_][^\W\d_-]+)")
TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "herr", "herrn", "frau", "mme", "sr", "sra", "eur", "usd", "chf"})
THOUSANDS = 3
STEM = 5
"""Letters that two forms of a word have in common."""

_STOP_WORDS = """
    a about above after all also an and any are as at be been before being below between both but by can could did do
    does during each either every few for from further had has have he her here him his how i if in into is it its
    itself just may me might more most must my no nor not of off on once only or other our out over own same shall she
    should so some such than that the their them then there these they this those through to too under until up upon
    very was we were what when where which while who whom whose why will with within would you your
    according document documents source sources states stated says said mentions mentioned provides
    aber alle als also am auch auf aus bei bis das dass dem den der des die dies diese dieser dieses du durch ein
    eine einem einen einer eines er es für hat haben ich ihr im ist ja kann mit muss nach nicht noch nur oder sein
    sich sie sind soll über um und uns unter vom von vor war wenn werden wer wie wir wird zu zum zur
    au aux avec ce ces cette dans de du elle en est et eux il ils je la le les leur lui mais même ne nous ou où
    par pas pour qu que qui sa sans se ses si son sont sur un une vous y
    al como con del el ella entre esta este las lo los más muy para pero por sin su sus una uno
    che dei della di gli ha non nel per più sono
"""
_GERMAN = frozenset({"der", "die", "das", "und", "ist", "nicht", "ein", "eine", "den", "im", "darf", "muss", "kein",
                     "keine", "zu", "wird", "hat", "dem", "beträgt"})  # fmt: skip
STOP = frozenset(_STOP_WORDS.split())


@value
class Claims:
    """What a sentence is compared by. `words` are content words in lower case without accents, stemmed crudely."""

    exact: tuple[str, ...]
    """Numbers, dates and names as they are written."""
    words: frozenset[str]

    @property
    def substantial(self) -> bool:
        """Whether there is enough in it to be compared."""
        return len(self.words) >= 3 or bool(self.exact)


def cited(text: str) -> tuple[int, ...]:
    """Return the numbers that a text cites, in order, each once."""
    numbers: dict[int, None] = {}
    for found in CITED.finditer(text):
        for piece in re.split(r"[,;]", found[1]):
            ends = [int(one) for one in re.findall(r"\d+", piece)]
            span = range(ends[0], ends[-1] + 1) if len(ends) > 1 and ends[-1] - ends[0] < MOST_IN_RANGE else ends
            numbers.update(dict.fromkeys(span))
    return tuple(numbers)


def without_citations(text: str) -> str:
    """Return the text without the numbers it cites."""
    return CITED.sub("", text)


def claims(sentence: str, *, names: bool = True) -> Claims:
    """Return what a sentence claims.

    Args:
        sentence: without citations.
        names: whether words in capitals inside the sentence count as names: not in German, where every noun has one.
    """
    exact, left = [], list(sentence)
    for one in claim_dates.dates(sentence):
        exact.append(sentence[one.start : one.end])
        left[one.start : one.end] = " " * (one.end - one.start)
    rest = "".join(left)
    exact += [rest[start:end] for start, end in number_places(rest)]
    exact += [*(_names(rest) if names else _surnames(rest)), *sorted(wide_words(rest))]
    return Claims(tuple(dict.fromkeys(exact)), words(rest))


def number_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each number of a text stands; those of a list are several."""
    for found in _NUMBER.finditer(text):
        start = found.start()
        for gap in [*re.finditer(r"[,;]\s+", found[0]), None]:
            end = found.start() + gap.start() if gap else found.end()
            yield start, end
            start = found.start() + gap.end() if gap else end


def words(text: str) -> frozenset[str]:
    """Return the content words of a text, stemmed; of Chinese, Japanese and Korean, pairs of characters."""
    folded = fold(text)
    latin = (one for one in _WORD.findall(folded) if not _CJK.search(one))
    plain = {one[:STEM] for one in latin if one not in STOP and len(one) > 1}
    return frozenset(plain | set(_pairs(folded)))


def is_german(text: str) -> bool:
    """Return whether a text is German, where every noun has a capital."""
    return not language_of(text) and len(set(text.casefold().split()) & _GERMAN) > 1


def is_wide(text: str) -> bool:
    """Return whether a text is mostly Chinese, Japanese or Korean."""
    return len(_CJK.findall(text)) * 2 > len(text.strip())


def fold(text: str) -> str:
    """Return a text in lower case, without accents, its characters in one form."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if not unicodedata.combining(one)))


def number(text: str) -> str:
    """Return a number in one form: digits, and a full stop before decimals, whatever the country it was written in.

    A single separator before three digits is taken for one of thousands: 1.200 and 1,200 are the same number here.
    """
    text = unicodedata.normalize("NFKC", text)
    percent = "%" if text.rstrip().endswith("%") else ""
    sign = "-" if text.strip()[:1] in "-−" else ""
    plain = text.strip().rstrip("%").strip().lstrip("-−+")
    groups = re.split(f"([{re.escape(_SEPARATORS)}])", plain)
    digits, separators = groups[::2], groups[1::2]
    if not separators:
        return f"{sign}{digits[0].lstrip('0') or '0'}{percent}"
    last = separators[-1]
    decimal = last in ".," and separators.count(last) == 1 and (len(digits[-1]) != 3 or len(set(separators)) > 1)
    whole = "".join(digits[:-1] if decimal else digits).lstrip("0") or "0"
    part = digits[-1].rstrip("0") if decimal else ""
    return f"{sign}{whole}.{part}{percent}" if part else f"{sign}{whole}{percent}"


def numbers(text: str) -> frozenset[str]:
    """Return every number of a text in one form; those of a date also one by one."""
    found: set[str] = set()
    for one in _NUMBER.finditer(text):
        for row in re.split(r"[,;]\s+", one[0]):
            found |= {number(row), number(row.rstrip("% "))}
            groups = re.findall(r"\d+", row)
            thousands = all(len(group) == THOUSANDS for group in groups[1:])
            if _DATE.fullmatch(row) or not (thousands or set(row) & set(".,'’")):
                found.update(group.lstrip("0") or "0" for group in groups)
    return frozenset(found)


def wide_words(text: str) -> frozenset[str]:
    """Return what a Japanese text writes in Chinese characters, or in the letters of foreign words, of two and more."""
    if not _KANA.search(text):
        return frozenset()
    return frozenset(_WIDE_WORD.findall(text))


def names(sentence: str) -> frozenset[str]:
    """Return the names of a sentence in one form, without what stands before a name."""
    found = (fold(one) for one in _WORD.findall(sentence) if len(one) > 1 and one[0].isupper())
    return frozenset(one for one in found if one not in STOP and one not in TITLES and one not in claim_dates.MONTHS)


def _surnames(sentence: str) -> Iterator[str]:
    """Yield what follows a Herr or a Frau: in German the one thing in capitals that is a name for certain."""
    yield from _TITLED.findall(sentence)


def _names(sentence: str) -> Iterator[str]:
    """Yield words in capitals inside a sentence, and shortenings."""
    for found in _WORD.finditer(sentence):
        word = found[0]
        first = not sentence[: found.start()].strip(" \t\"'“”„«»([*_-")
        if (word.isupper() and len(word) > 1) or (word[0].isupper() and not first and fold(word) not in STOP):
            yield word


def _pairs(text: str) -> Iterator[str]:
    for run in re.findall(f"(?:{_CJK.pattern})+", text):
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
