"""What the viewer asks of the floor below, and what plays films and sounds in it."""

from typing import Protocol

from desktop.core.attachments import Attachment
from desktop.core.events import Event


class ViewCommands(Protocol):
    """Kept files, looked at and saved; outcomes arrive as events."""

    def view(self, attachment: Attachment, page: int, token: str, /) -> None:
        """Announce PictureViewed or ViewFailed."""

    def cancel(self, token: str, /) -> None:
        """Nobody looks at it any more."""

    def save(self, attachment: Attachment, path: str, /) -> None:
        """Write a copy there; announces AttachmentSaved or Failed."""


class Plays(Protocol):
    """A widget that plays films and sounds."""

    def show_media(self, attachment: Attachment, seconds: float, *, play: bool) -> None:
        """Show it at this moment, and play it from there if so wished."""

    def apply(self, event: Event) -> None:
        """Take what comes of it."""

    def halt(self) -> None:
        """Play nothing more."""
