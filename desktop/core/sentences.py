"""Sentences of plain text and where they stand, and the language its letters point to. Pure.

A full stop also ends abbreviations, initials and numbers: no sentence ends where a small letter follows, nor behind
what is known to be shortened. Where it cannot be told, two sentences are taken for one: a voice then makes one pause
less, which is heard less than one too many.
"""

import re
from collections.abc import Iterator

BEFORE_NAMES = frozenset({
    "dr", "prof", "mr", "mrs", "ms", "st", "hon", "rev", "gen", "col", "sgt", "capt", "lt", "messrs", "vs", "cf",
    "ca", "approx", "incl", "excl", "resp", "bzw", "vgl", "ggf", "evtl", "inkl", "zzgl", "sog", "gem", "hrsg",
    "dipl", "ing", "mag", "hr", "fr", "m", "mme", "mlle", "sr", "sra", "dott", "avv", "др", "проф", "г", "ул",
})  # fmt: skip
"""What is shortened and never ends a sentence."""
BEFORE_NUMBERS = frozenset({
    "no", "nos", "nr", "art", "arts", "abs", "par", "para", "paras", "fig", "figs", "tab", "p", "pp", "vol",
    "vols", "sec", "secs", "ch", "cl", "ed", "eq", "lit", "rn", "rdnr", "rz", "ziff", "kap", "s", "bd", "anm",
    "ann", "núm", "pág", "стр", "ст", "рис", "табл",
})  # fmt: skip
"""What is shortened only where a number follows."""

_CLOSERS = "\"'”’“»›)\\]\u200e\u200f"
_END = re.compile(
    rf"(?P<line>[\n\u2028\u2029]+)"
    rf"|(?P<wide>[。！？｡।॥]+[」』）】”’\"]*)"
    rf"|(?P<stop>[.!?…\u061f\u06d4\u037e;]+)(?P<closers>[{_CLOSERS}]*)(?P<gap>[ \t\u00a0\u202f]+)"
)
_QUESTION = ";"
"""The Greek question mark, as most keyboards write it."""
_OPENERS = "\"'“‘«‹„(["
_NUMBERED = re.compile(r"(?:\d{1,3}|[ivxlcIVXLC]{1,5}|[A-Za-z])")
_WORD = re.compile(r"\S*\Z")
_ORDINAL = re.compile(r"\b(?:am|vom|den|der|dem|des|die|das|im|zum|beim|bis|ab|seit) \d{1,2}\Z", re.IGNORECASE)
"""A number with a full stop is also “third”, in German and its neighbours; an article tells."""
_MIDDAY = ("a.m", "p.m")

_SCRIPTS = (
    ("", 1, re.compile("[A-Za-z\u00c0-\u024f]")),
    ("ru", 1, re.compile("[\u0400-\u04ff]")),
    ("el", 1, re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", 1, re.compile("[\u05d0-\u05ea]")),
    ("ar", 1, re.compile("[\u0620-\u064a\u066e-\u06d3]")),
    ("hi", 1, re.compile("[\u0900-\u0963]")),
    ("ko", 2, re.compile("[\uac00-\ud7af]")),
    ("ja", 2, re.compile("[\u3041-\u30ff]")),
    ("zh", 2, re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
)
"""Languages, how many letters of an alphabet one of their signs counts for, and the signs."""
_KANA_SHARE = 0.1


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends; what has no letter and no digit is none, and lines end sentences."""
    return list(_found(text))


def language_of(text: str) -> str:
    """Return two letters of the language that most of the letters point to; empty for Latin ones, and for none."""
    counts = {language: weight * len(signs.findall(text)) for language, weight, signs in _SCRIPTS}
    if counts["ja"] > _KANA_SHARE * counts["zh"]:
        counts["ja"] += counts.pop("zh")
    return max(counts, key=lambda language: counts[language])


def _found(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if end["stop"] and not _ends(text, start, end):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    if any(letter.isalnum() for letter in part):
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether this mark ends a sentence that began at `start`."""
    after = text[end.end() : end.end() + 8].lstrip(_OPENERS + "\u200e\u200f")
    following = after[:1]
    if following.islower():
        return False
    stop = end["stop"]
    if _QUESTION in stop:
        return "\u0370" <= _letter_before(text, end.start()) <= "\u1fff"
    if stop != "." or end["closers"]:
        return True
    found = _WORD.search(text, start, end.start())
    word = found[0].lstrip(_OPENERS) if found else ""
    if not text[start : end.start() - len(word)].strip() and _NUMBERED.fullmatch(word):
        return False
    if word.isdigit() and _ORDINAL.search(text, start, end.start()):
        return False
    return not _is_short(word, following)


def _is_short(word: str, following: str) -> bool:
    """Whether the full stop behind a word belongs to it."""
    lower = word.lower()
    if lower in BEFORE_NAMES or (lower in BEFORE_NUMBERS and following.isdigit()):
        return True
    if "." in word and lower not in _MIDDAY and all(len(part) <= 2 and part.isalpha() for part in word.split(".")):
        return True
    return len(word) == 1 and word.isupper()


def _letter_before(text: str, at: int) -> str:
    return next((letter for letter in reversed(text[max(0, at - 8) : at]) if letter.isalpha()), "")
