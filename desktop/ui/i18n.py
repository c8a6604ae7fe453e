"""Words for people, in their language."""

import unicodedata

from PySide6.QtCore import QCoreApplication


def translate(context: str, text: str, /, **fields: object) -> str:
    """Return `text` in the person's language, its named fields filled in after the translation.

    Why not f-strings: the translator must see the sentence with its holes, and find it by that.
    """
    found = QCoreApplication.translate(context, text)
    return found.format(**fields) if fields else found


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction runs from right to left."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False
