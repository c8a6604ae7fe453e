"""What the sidebar asks of the service of the conversations."""

from typing import Protocol

from desktop.core.conversations import ConversationId, MessageId


class HistoryCommands(Protocol):
    """Every command returns at once; the outcome arrives as an event."""

    def list(self) -> None:
        """Announce the conversations."""

    def new(self) -> None:
        """Open the chat that is not stored yet."""

    def open(self, conversation: ConversationId, focus: MessageId | None = None, /) -> None:
        """Open a conversation, at a message when one is given."""

    def search(self, query: str, /) -> None:
        """Announce the hits."""

    def rename(self, conversation: ConversationId, title: str, /) -> None:
        """Give a title."""

    def pin(self, conversation: ConversationId, on: bool, /) -> None:
        """Keep it at the top, or no longer."""

    def archive(self, conversation: ConversationId, on: bool, /) -> None:
        """Take it out of the list, or put it back."""

    def delete(self, conversation: ConversationId, /) -> None:
        """Delete it for good."""
