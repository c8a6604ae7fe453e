"""Model files as the catalogue knows them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A GGUF file on this machine; everything but path and size is read from its header."""

    path: Path
    size: int
    """Bytes."""
    name: str
    """The model's own name, or the file's."""
    architecture: str
    precision: str
    """Quantization in the field's terms: Q4_0, Q8_0, F16 …"""
    trained_context: int
    """Tokens the model was trained for."""

    @property
    def key(self) -> str:
        """The text that names this file in settings and on the command line."""
        return str(self.path)
