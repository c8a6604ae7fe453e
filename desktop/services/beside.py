"""What a command line puts beside a question."""

from pathlib import Path

from desktop.core.media import Kind
from desktop.core.value import value


@value
class Beside:
    """Files by their kind and absolute path, and how freely the question is answered."""

    files: tuple[tuple[Kind, Path], ...] = ()
    temperature: float | None = None
    """None = as usual."""


NOTHING = Beside()
