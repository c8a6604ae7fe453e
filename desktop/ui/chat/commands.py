"""What the chat page asks of the floor below."""

from typing import Protocol

from desktop.core.conversations import ConversationId, MessageId


class ChatCommands(Protocol):
    """Ask, change, stop; outcomes arrive as events."""

    def send(self, conversation: ConversationId, text: str, /) -> None:
        """Ask; conversation 0 makes a new one."""

    def edit(self, message: MessageId, text: str, /) -> None:
        """Ask again in other words, as a branch."""

    def regenerate(self, answer: MessageId, /) -> None:
        """Answer the same question again, as a branch."""

    def stop(self, conversation: ConversationId | None = None, /) -> None:
        """Stop the answer under way."""


class DraftCommands(Protocol):
    """Drafts and branches."""

    def save_draft(self, conversation: ConversationId, text: str, /) -> None:
        """Keep what is typed and not sent."""

    def show_branch(self, conversation: ConversationId, message: MessageId, /) -> None:
        """Show the branch of this message."""
