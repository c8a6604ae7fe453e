"""Model files as the catalogue knows them."""

from enum import StrEnum
from pathlib import Path

from desktop.core.value import value

DEMO_MODELS = frozenset({"smollm2-135m-instruct"})
"""Models so small that they only show how the app works, by name in lower case."""


def is_demo(name: str) -> bool:
    """Return whether a model of this name is one to try the app with, not to rely on."""
    return name.casefold() in DEMO_MODELS


@value
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
    parameters: int = 0
    """Number of weights; 0 when the header does not tell."""
    sees: bool = False
    """Whether it takes pictures and videos: an encoder for them lies beside the file."""
    hears: bool = False
    """Whether it takes sound, likewise."""
    stranger: str = ""
    """Name of an encoder beside it that was made for another model, so that it can neither see nor hear."""

    @property
    def key(self) -> str:
        """The text that names this file in settings and on the command line."""
        return str(self.path)

    @property
    def is_demo(self) -> bool:
        """Whether it is one to try the app with, not to rely on."""
        return is_demo(self.name)


class Fit(StrEnum):
    """Whether the memory of this computer is enough for a model."""

    FITS = "fits"
    TIGHT = "tight"  # it loads, and leaves little to other programs
    TOO_LARGE = "too_large"


@value
class ModelNeed:
    """What a model file needs, loaded as the settings say."""

    key: str
    context: int
    """Tokens it would be given."""
    memory: int
    """Bytes."""
    fit: Fit
