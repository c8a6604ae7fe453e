"""Spoken words join the words that are already written: the space between them, and the first letter."""

OPENING = "([{«„“‘‚¿¡/-"
CLOSING = ",.;:!?…)]}»”%"
ENDS = ".!?…。！？؟"
SPACELESS = (("぀", "ヿ"), ("㐀", "鿿"), ("฀", "๿"))
"""Scripts that put no space between words: kana, Chinese characters, Thai."""
SMALL = """
a an and are as at because but by for from he in is it of on or she so that the then there they this to we with you
der die das den dem ein eine einen und oder aber weil dass ist mit von zu er es wir
le la les un une et ou mais que qui de des du il elle nous el los las una y o pero en con
"""
LOWERED = frozenset(SMALL.split())
"""Small words that are written small within a sentence: other words may be names."""


def joined(before: str, words: str, after: str = "") -> str:
    """Return spoken words as they are inserted between what stands before and after them."""
    words = words.strip()
    if not words:
        return ""
    written = before.rstrip()
    first = words.split(maxsplit=1)[0]
    if not written or written[-1] in ENDS or before.endswith("\n"):
        words = words[:1].upper() + words[1:]
    elif first.lower() in LOWERED and first[:1].isupper():
        words = words[:1].lower() + words[1:]
    start = " " if before and not before[-1].isspace() and _apart(before[-1], words[0]) else ""
    end = " " if after and not after[0].isspace() and _apart(words[-1], after[0]) else ""
    return f"{start}{words}{end}"


def _apart(left: str, right: str) -> bool:
    return not (left in OPENING or right in CLOSING or (_spaceless(left) and _spaceless(right)))


def _spaceless(letter: str) -> bool:
    return letter in "。、！？" or any(low <= letter <= high for low, high in SPACELESS)
