"""What a command line puts beside a question."""

from dataclasses import dataclass
from pathlib import Path

from desktop.core.media import Kind


@dataclass(frozen=True, slots=True)
class Beside:
    """Files by their kind and absolute path, and how freely the question is answered."""

    files: tuple[tuple[Kind, Path], ...] = ()
    temperature: float | None = None
    """None = as usual."""


NOTHING = Beside()
