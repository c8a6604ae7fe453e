"""Settings: frozen values with their defaults; the store reads and writes them as JSON."""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.core.generation import LoadOptions, SamplingOptions


class ThemeChoice(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a person can choose. It never holds words of a conversation."""

    model: str = ""
    """Key of the chosen model file; empty = the best one at hand."""
    model_files: tuple[str, ...] = ()
    """GGUF files the person added, by path."""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    load: LoadOptions = field(default_factory=LoadOptions)
    sampling: SamplingOptions = field(default_factory=SamplingOptions)
    window_geometry: str = ""
    """Base64 of QWidget.saveGeometry."""
    sidebar_width: int = 264
    last_conversation: int = 0
    """Conversation to show at the next start; 0 = a new one."""
    recovery_noticed: bool = False
    """The person has seen the advice to make a recovery code."""
