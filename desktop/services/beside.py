"""What a command line puts beside a question."""

from pathlib import Path

from desktop.core.grounding import AnswerMode
from desktop.core.media import Kind
from desktop.core.value import value


@value
class Beside:
    """Files by their kind and absolute path, and how freely the question is answered."""

    files: tuple[tuple[Kind, Path], ...] = ()
    temperature: float | None = None
    """None = as usual."""
    collection: str = ""
    """Name of the collection of documents that it is answered from; empty = none,
    or all of the library where a mode is chosen."""
    mode: AnswerMode = AnswerMode.AUTO
    """How they are looked through."""


NOTHING = Beside()
