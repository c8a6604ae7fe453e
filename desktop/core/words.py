"""The words of a question, as every search of the library understands them, and a text as its index takes it.

Chinese, Japanese and Korean are written without spaces, or with endings grown to the words: their runs are laid out as
overlapping pairs of characters, in the index and in the question alike. The last character of a run stands alone
behind its pairs, so that the beginning of a token finds any single character.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.core.stopwords import DROPPED

PAIRED = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\U00020000-\U0003ffff"
)
"""Letters of the scripts that are compared by pairs."""
_RUN = re.compile(f"[{PAIRED}]+")
_KANA = re.compile("[\u3041-\u3096\u309d-\u309f]+")
_LETTER = f"[^\\W_{PAIRED}]"
_TOKEN = re.compile(f"[{PAIRED}]+|{_LETTER}+|§")
_SECTION = re.compile("§+")
_QUOTED = re.compile('"([^"]+)"|„([^„“”"]+)[“”"]|“([^“”]+)”|«([^«»]+)»|「([^「」]+)」')
_JOINED = re.compile(f"{_LETTER}+(?:[-./,:_@&]{_LETTER}+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?![\d])")
_PLAIN_NUMBER = re.compile(r"(\d{4,9})([.,]\d{1,2})?")
_YEARS = range(1900, 2101)
_ENDINGS = ("ing", "ies", "ern", "en", "er", "em", "es", "ed", "as", "os", "s", "e", "a", "o", "i", "y", "n")
_SHORTEST_STEM = 4

INDEX_FORM = 1
"""Of `indexed`. What an index holds can only be taken out of it in the form in which it was put in: who changes that
function appends a migration that fills the index anew."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for, in the form of the index."""

    quoted: tuple[str, ...] = ()
    """What must be there."""
    exact: tuple[str, ...] = ()
    """Numbers, dates, signs of files, numbered sections: kept together."""
    words: tuple[str, ...] = ()
    """The words that carry the question; all of them when it has no others."""
    names: bool = False
    """Whether a word is written as names and abbreviations are."""

    def __bool__(self) -> bool:
        return bool(self.quoted or self.exact or self.words)

    @property
    def literal(self) -> bool:
        """Whether it is about characters more than about a meaning."""
        return bool(self.quoted or self.exact or self.names)


def indexed(text: str) -> str:
    """Return a text as the index takes it: one form for each letter, signs of sections apart, scripts as pairs."""
    return _RUN.sub(lambda run: f" {' '.join(_pairs(run.group(), whole=True))} ", _even(text))


def asked(question: str) -> Asked:
    """Return what a question asks for."""
    quoted: list[str] = []

    def take(match: re.Match[str]) -> str:
        quoted.append(next(one for one in match.groups() if one))
        return " "

    rest = _even(_QUOTED.sub(take, question))
    exact, words = _sorted_out(rest)
    telling = [one for one in words if one not in DROPPED]
    phrases = tuple(phrase for one in quoted if (phrase := in_a_row(one)))
    return Asked(
        phrases, tuple(dict.fromkeys(exact)), _each(telling if telling or exact or phrases else words), _names(rest)
    )


def in_a_row(phrase: str) -> str:
    """Return the tokens of a phrase as they stand in the index one after the other; empty when it has none."""
    pieces = _TOKEN.findall(_even(phrase))
    out: list[str] = []
    for number, piece in enumerate(pieces):
        if _RUN.fullmatch(piece):
            out += _pairs(piece, whole=number < len(pieces) - 1)
        else:
            out.append(piece)
    return " ".join(out)


def stem(word: str) -> str:
    """Return the beginning that a word shares with its other forms; the word itself when it is short."""
    if len(word) <= _SHORTEST_STEM or not word.isalpha():
        return word
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= _SHORTEST_STEM), "")
    return word.removesuffix(ending)


def folded(word: str) -> str:
    """Return a word without case and accents, as the index compares it."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def marks(wanted: Asked, text: str) -> tuple[tuple[int, int], ...]:
    """Return where words of a question stand in a text, as ranges in order."""
    whole, begun, pairs = _wanted(wanted)
    lengths = {len(one) for one in begun}
    found: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if not token.isascii() and _RUN.fullmatch(token):
            found += _marked_pairs(token, match.start(), pairs)
            continue
        word = folded(token)
        if word in whole or any(word[:length] in begun for length in lengths):
            found.append(match.span())
    return tuple(found)


def holds(phrase: str, text: str) -> bool:
    """Return whether the tokens of a phrase that `in_a_row` made stand in a text one after the other."""
    return f" {folded(phrase)} " in f" {folded(in_a_row(text))} "


def variants(number: str) -> tuple[str, ...]:
    """Return a number as it was asked, and with or without marks between its thousands."""
    if _THOUSANDS.match(number):
        return number, _THOUSANDS.sub(lambda one: re.sub("[.,]", "", one.group()), number, count=1)
    plain = _PLAIN_NUMBER.fullmatch(number)
    if plain and (plain[2] or int(plain[1]) not in _YEARS):
        return number, f"{int(plain[1]):,}{plain[2] or ''}"
    return (number,)


def _even(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("ß", "ss").replace("ẞ", "SS").replace("\u00ad", "")
    return _SECTION.sub(" § ", plain.replace("\0", " "))


def _pairs(run: str, *, whole: bool) -> list[str]:
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*pairs, run[-1]] if whole or not pairs else pairs


def _sorted_out(rest: str) -> tuple[list[str], list[str]]:
    """Return what is kept together, and the single words."""
    exact: list[str] = []
    words: list[str] = []
    before = ""
    for match in re.finditer(f"§|{_RUN.pattern}|{_JOINED.pattern}", rest):
        piece = match.group()
        if piece == "§":
            before = "§"
        elif _RUN.match(piece):
            words += _meaningful(piece)
            before = ""
        elif any(one.isdigit() for one in piece):
            exact += [piece, *([f"{before} {piece}"] if before and before not in DROPPED else [])]
            before = piece
        else:
            words += _single(piece)
            before = piece.casefold()
    return exact, words


def _single(piece: str) -> list[str]:
    parts = [one.casefold() for one in re.split(r"[\W_]+", piece) if len(one) > 1]
    return [piece.casefold(), *parts] if len(parts) > 1 else parts


def _meaningful(run: str) -> list[str]:
    """Return the pairs of a run; those of Japanese endings and particles only when it has no others."""
    pairs = _pairs(run, whole=False)
    return [one for one in pairs if not _KANA.fullmatch(one)] or pairs


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _names(rest: str) -> bool:
    """Whether a word is all in capitals, or has one though it does not begin the sentence."""
    pieces = rest.split()
    return any(
        (one.isupper() and len(one.strip(".?!,")) > 1)
        or (number > 0 and one[:1].isupper() and not pieces[number - 1].endswith((".", "?", "!", ":")))
        for number, one in enumerate(pieces)
        if one.casefold() not in DROPPED
    )


@lru_cache(maxsize=1)
def _wanted(wanted: Asked) -> tuple[set[str], set[str], set[str]]:
    whole: set[str] = set()
    begun: set[str] = set()
    pairs: set[str] = set()
    for phrase in (*wanted.quoted, *wanted.exact):
        for token in _TOKEN.findall(phrase):
            (pairs if _RUN.match(token) else whole).add(folded(token))
    for word in wanted.words:
        if _RUN.match(word):
            pairs.add(folded(word) if len(word) == 1 else word)
            continue
        for token in _TOKEN.findall(word):
            short = folded(stem(token))
            (begun if len(short) >= _SHORTEST_STEM else whole).add(short)
    return whole, begun, pairs


def _marked_pairs(run: str, offset: int, pairs: set[str]) -> list[tuple[int, int]]:
    hit = [False] * len(run)
    for at in range(len(run)):
        if run[at : at + 2] in pairs and at + 1 < len(run):
            hit[at] = hit[at + 1] = True
        elif run[at] in pairs:
            hit[at] = True
    found: list[tuple[int, int]] = []
    for at, marked in enumerate(hit):
        if marked and found and found[-1][1] == offset + at:
            found[-1] = (found[-1][0], offset + at + 1)
        elif marked:
            found.append((offset + at, offset + at + 1))
    return found
