"""Tells text from what only looks like it: fonts without a key to their letters, badly recognised layers."""

import re

_STRANGE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_LEADERS = re.compile(r"[\s.…·_|–—-]+")
"""What leads the eye from a heading to its page, or to where something is filled in; and spaces."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LATIN = re.compile(r"[A-Za-z]")
_VOWEL = re.compile(r"[AEIOUYaeiouy]")
_MOST_STRANGE = 0.1
_FEWEST_LETTERS = 0.4
_FEWEST_VOWELS = 0.17
"""Of letters in running text; shifted by some places in the alphabet there are far fewer."""
_ENOUGH = 120
"""Characters before anything is said about their mixture."""


def is_text(text: str) -> bool:
    """Tell whether this may be what a person wrote; nothing at all may be, too."""
    visible = _LEADERS.sub("", text)
    if not visible:
        return True
    if len(_STRANGE.findall(visible)) > _MOST_STRANGE * len(visible):
        return False
    if len(visible) < _ENOUGH:
        return True
    if len(_LETTER_OR_DIGIT.findall(visible)) < _FEWEST_LETTERS * len(visible):
        return False
    latin = len(_LATIN.findall(visible))
    return latin < _ENOUGH or len(_VOWEL.findall(visible)) >= _FEWEST_VOWELS * latin
