"""How pasted texts are called."""

from desktop.ui.i18n import translate

TIP_LETTERS = 240
LONGEST_WORD = 20
"""A text whose words are longer on average is written without spaces, or is no prose: its letters are counted."""


def name_of(text: str) -> str:
    """Return how a pasted text is called."""
    words = len(text.split())
    if len(text) > LONGEST_WORD * words:
        return translate("chat", "Pasted text, {count} characters", count=f"{len(text):,}")
    return translate("chat", "Pasted text, {count} words", count=f"{words:,}")


def first_words(text: str) -> str:
    """Return how a pasted text begins."""
    words = " ".join(text[: 2 * TIP_LETTERS].split())
    return words if len(text) <= TIP_LETTERS else words[:TIP_LETTERS].rstrip() + "…"
