"""What the player asks of the floor below."""

from typing import Protocol

from desktop.core.attachments import Attachment


class PlayCommands(Protocol):
    """Films and sounds for eye and ear. Every command returns at once; the outcome arrives as events."""

    def play(self, attachment: Attachment, start: float, side: int, token: str, /) -> None:
        """Announce MomentPlayed from there on, then PlayingEnded; or ViewFailed."""

    def advance(self, token: str, seconds: float, /) -> None:
        """The player has come so far."""

    def halt(self, token: str, /) -> None:
        """Play this no further."""
