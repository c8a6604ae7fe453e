"""How fast a model was, and the setting that would make it faster."""

from enum import StrEnum

from desktop.core.value import value


class Remedy(StrEnum):
    """What would be changed."""

    PRECISION = "precision"  # a smaller file of the same model
    CONTEXT = "context"  # fewer tokens before the model's eyes
    MODEL = "model"  # a smaller model


@value
class FasterSetting:
    """The nearest setting that is faster. One of `speed` and `wait` was too bad; the other one is 0."""

    model: str
    """The model that was slow, as people call it."""
    remedy: Remedy
    speed: float = 0.0
    """Tokens a second it wrote, as measured."""
    wait: float = 0.0
    """Seconds it read before it wrote, as measured."""
    expected: float = 0.0
    """The same figure with the other setting, as estimated."""
    key: str = ""
    """The model file to use instead."""
    name: str = ""
    """What people call that model."""
    precision: str = ""
    """Its precision."""
    size: int = 0
    """Bytes of that file."""
    context: int = 0
    """The context length to use instead, in tokens."""
