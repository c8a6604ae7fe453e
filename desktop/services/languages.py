"""Tells the language of a text by its letters and its commonest words: a pure function."""

import re
from collections import Counter

from desktop.core.stopwords import LATIN

ENOUGH = 20_000
"""Characters that are looked at."""
FEWEST = 4
"""Common words that a text must have."""
LEAD = 1.15
"""How many times as many of them as of the next language."""
SHARE = 0.3

_SCRIPTS = {
    "kana": re.compile("[\u3041-\u30fa]"),
    "hangul": re.compile("[\uac00-\ud7af]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0620-\u06ff]"),
    "hebrew": re.compile("[\u05d0-\u05ea]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
_NOT_RUSSIAN = re.compile("[іїєґўђјљњћџІЇЄҐЎ]")
_RUSSIAN = re.compile("[ыэёЫЭЁ]")
_NOT_ARABIC = re.compile("[پچژگکیٹڈڑے]")


def language(text: str) -> str:
    """Return the two letters of a text's language; empty when it cannot be told."""
    text = text[:ENOUGH]
    counted = {name: len(letters.findall(text)) for name, letters in _SCRIPTS.items()}
    total = sum(counted.values())
    if not total:
        return ""
    main = max(counted, key=lambda name: counted[name])
    if counted["kana"] + counted["han"] > total * SHARE:
        return "ja" if counted["kana"] * 10 > counted["han"] else "zh"
    if main == "hangul" or counted["hangul"] > total * SHARE:
        return "ko"
    if main == "cyrillic":
        return "ru" if _RUSSIAN.search(text) and not _NOT_RUSSIAN.search(text) else ""
    if main == "arabic":
        return "" if len(_NOT_ARABIC.findall(text)) * 20 > counted["arabic"] else "ar"
    return "he" if main == "hebrew" else _latin(text)


def _latin(text: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    scores = {name: sum(words[one] for one in common) for name, common in LATIN.items()}
    (best, most), (_, second) = Counter(scores).most_common(2)
    return best if most >= FEWEST and most >= second * LEAD else ""
