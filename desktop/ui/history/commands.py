"""What the sidebar asks of the service of the conversations."""

from typing import Protocol

from desktop.core.conversations import ConversationId, MatterId, MessageId

Some = ConversationId | tuple[ConversationId, ...]
"""One conversation or several."""


class FilingCommands(Protocol):
    """What is done with conversations in the list. Every command returns at once; the outcome arrives as an event."""

    def rename(self, conversation: ConversationId, title: str, /) -> None:
        """Give a title."""

    def pin(self, conversations: Some, on: bool, /) -> None:
        """Keep them at the top of their place, or no longer."""

    def archive(self, conversations: Some, on: bool, /) -> None:
        """Take them out of the list, or put them back."""

    def move(self, conversations: Some, matter: MatterId, /) -> None:
        """Put them into a folder; GENERAL takes them out of theirs."""

    def delete(self, conversations: Some, /) -> None:
        """Delete them for good."""

    def make_folder(self, name: str, conversations: tuple[ConversationId, ...] = (), /) -> None:
        """Make a folder with these in it."""

    def rename_folder(self, matter: MatterId, name: str, /) -> None:
        """Give a folder a name."""

    def fold_folder(self, matter: MatterId, on: bool, /) -> None:
        """Remember whether only its name is shown."""

    def delete_folder(self, matter: MatterId, keep: bool, /) -> None:
        """Delete a folder; its conversations go to General, or are deleted too."""


class HistoryCommands(FilingCommands, Protocol):
    """Those, and opening, finding and beginning conversations."""

    def list(self) -> None:
        """Announce the conversations and the folders."""

    def new(self, matter: MatterId = ..., /) -> None:
        """Open the chat that is not stored yet; it will be stored in this folder."""

    def open(self, conversation: ConversationId, focus: MessageId | None = None, /) -> None:
        """Open a conversation, at a message when one is given."""

    def search(self, query: str, matter: MatterId | None = None, /) -> None:
        """Announce the hits, of one folder or of all."""
