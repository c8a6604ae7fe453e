"""Makes the text of a page of the words that were recognised on it, each with its place and how sure it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.core.documents import Box, Run

OTHER_SCRIPTS = frozenset({"ja", "zh", "ko", "ar", "he", "el", "ru", "uk", "bg", "hi"})
"""Languages in another script than ours."""
_UNLIKELY = 0.2
_UNLIKELY_SIGN = 0.6
"""Signs without any letter or digit are mostly dirt, unless they are read clearly."""
_WIDE_FROM = 0x2E80
"""From here on stand the characters of Chinese, Japanese and Korean, which take no spaces between words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was recognised."""

    text: str
    box: Box
    confidence: float
    first_of_line: bool = False
    first_of_block: bool = False

    @property
    def likely(self) -> bool:
        """Whether it is a word and not a speck."""
        said = any(letter.isalnum() for letter in self.text)
        return bool(self.text) and self.confidence >= (_UNLIKELY if said else _UNLIKELY_SIGN)


def confidence(words: Iterable[Word]) -> float:
    """Return how sure all the letters are together, 0 where there are none."""
    letters = total = 0.0
    for word in words:
        letters += len(word.text)
        total += len(word.text) * word.confidence
    return total / letters if letters else 0.0


def put_together(words: Sequence[Word]) -> tuple[str, tuple[Run, ...]]:
    """Return the text, lines and blocks apart, words broken at the end of a line whole, with a run for each word."""
    parts: list[str] = []
    runs: list[Run] = []
    at = 0
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else None
        text = word.text[:-1] if following and _goes_on(word, following) else word.text
        gap = "" if text != word.text or following is None else _gap(word, following)
        runs.append(Run(at, at + len(text), word.box, word.confidence))
        parts += (text, gap)
        at += len(text) + len(gap)
    return "".join(parts), tuple(runs)


def turned_back(box: Box, turn: int) -> Box:
    """Return where a box lies on the page, when it was found on the page turned by so many quarters to the left."""
    match turn % 4:
        case 1:
            return Box(1 - box.bottom, box.left, 1 - box.top, box.right)
        case 2:
            return Box(1 - box.right, 1 - box.bottom, 1 - box.left, 1 - box.top)
        case 3:
            return Box(box.top, 1 - box.right, box.bottom, 1 - box.left)
        case _:
            return box


def _goes_on(word: Word, following: Word) -> bool:
    """Whether a word was broken at the end of its line."""
    return (
        following.first_of_line
        and not following.first_of_block
        and len(word.text) > 2
        and word.text[-1] == "-"
        and word.text[-2].isalpha()
        and following.text[:1].islower()
    )


def _gap(word: Word, following: Word) -> str:
    if following.first_of_block:
        return "\n\n"
    if following.first_of_line:
        return "\n"
    return "" if _wide(word.text[-1]) and _wide(following.text[0]) else " "


def _wide(letter: str) -> bool:
    return ord(letter) >= _WIDE_FROM
