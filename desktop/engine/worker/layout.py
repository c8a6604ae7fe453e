"""Where pictures and sounds stand in a prompt: a mark takes their place while the template is rendered.

Why marks and no special tokens: the encoder's library writes the tokens around a picture itself, and a mark with a
random number cannot be written by a person, a document or a template.
"""

import re
import secrets
from collections.abc import Callable, Sequence

from desktop.engine.worker.entries import Entry


class Layout:
    """The marks of one prompt."""

    def __init__(self) -> None:
        number = secrets.token_hex(6)
        self._form = f"\ue0f3{number}:{{}}\ue0f4"
        self._pattern = re.compile(f"\ue0f3{number}:(\\d+)\ue0f4")
        self._placed: list[Sequence[Entry]] = []

    def place(self, entries: Sequence[Entry]) -> str:
        """Return the mark that stands for these."""
        self._placed.append(entries)
        return self._form.format(len(self._placed) - 1)

    def clear(self) -> None:
        """Begin anew."""
        self._placed.clear()

    def entries(self, rendered: str, tokenize: Callable[[str], list[int]]) -> list[Entry]:
        """Return the prompt, with every mark replaced by what it stands for.

        Raises:
            LookupError: the template lost a mark, wrote it twice, or changed their order.
        """
        texts = self._pattern.split(rendered)
        if [int(number) for number in texts[1::2]] != list(range(len(self._placed))):
            raise LookupError
        found: list[Entry] = []
        for text, placed in zip(texts[::2], [*self._placed, ()], strict=True):
            found += tokenize(text)
            found += placed
        return found
