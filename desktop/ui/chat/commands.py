"""What the chat page asks of the floor below."""

from collections.abc import Callable
from typing import Protocol

from desktop.core.again import Again
from desktop.core.attachments import Attachment
from desktop.core.conversations import ConversationId, MatterId, MessageId, StoredMessage
from desktop.core.coverage import CollectionId, SourceId
from desktop.core.drafts import Draft
from desktop.core.grounding import DocumentPart, ScopePart
from desktop.core.messages import PastedPart
from desktop.core.taking import AttachmentPart


class ChatCommands(Protocol):
    """Ask, change, stop; outcomes arrive as events."""

    def send(  # noqa: PLR0913 - all that a question can have beside it
        self,
        conversation: ConversationId,
        text: str,
        /,
        *,
        matter: MatterId,
        pasted: tuple[PastedPart, ...],
        attached: tuple[AttachmentPart, ...],
        documents: tuple[DocumentPart, ...],
        scope: ScopePart | None,
        token: str,
    ) -> None:
        """Ask; conversation 0 makes a new one in a folder. The token comes back with what becomes of the question."""

    def edit(
        self,
        message: MessageId,
        text: str,
        /,
        *,
        pasted: tuple[PastedPart, ...],
        attached: tuple[AttachmentPart, ...],
        documents: tuple[DocumentPart, ...],
        scope: ScopePart | None,
        token: str,
    ) -> None:
        """Ask again in other words, as a branch. The token comes back with what becomes of the question."""

    def regenerate(self, answer: MessageId, model: str, wanted: Again, /) -> None:
        """Answer the same question again, as a branch, perhaps by another model or in another manner."""

    def stop(self, conversation: ConversationId | None = None, /) -> None:
        """Stop the answer under way."""


class AttachCommands(Protocol):
    """Files beside a question; outcomes arrive as events."""

    def add(self, path: str, token: str, /) -> None:
        """Take a file in: AttachmentReady or AttachmentFailed with this token, AttachmentTaking before."""

    def add_bytes(self, made: Callable[[], bytes], name: str, token: str, /) -> None:
        """Take in what is no file; `made` is called on another thread."""

    def cancel(self, token: str, /) -> None:
        """Do not take it in after all."""

    def set_aside(self, attachment: Attachment, /) -> None:
        """It was taken out of the question, and may be wanted back."""

    def take_back(self, attachment: Attachment, /) -> None:
        """It was wanted back."""

    def drop(self, attachment: Attachment, /) -> None:
        """It is not wanted any more."""

    def illustrate(self, attachment: Attachment, /) -> None:
        """Announce AttachmentShown with its small picture."""


class DocumentCommands(Protocol):
    """Documents beside a question; outcomes arrive as events."""

    def list(self) -> None:
        """Announce CollectionsListed."""

    def open(self, collection: CollectionId, /) -> None:
        """Announce SourcesListed."""

    def add_beside(self, path: str, token: str, /) -> None:
        """Take a document in: DocumentReady or ImportFailed with this token, SourceChanged while it is read."""

    def leave(self, token: str, /) -> None:
        """Do not take it in after all."""


class PasswordCommands(Protocol):
    """Protected documents."""

    def give_password(self, source: SourceId, password: str, /) -> None:
        """Read it with this password; SourceChanged tells how far that is."""


class PreviewCommands(Protocol):
    """Looking at what would be sent of a video or sound; outcomes arrive as events."""

    def preview(self, part: AttachmentPart, token: str, /) -> None:
        """Announce FramesPreviewed, LevelsPreviewed or ViewFailed with this token, FramesPreviewing before."""

    def cancel(self, token: str, /) -> None:
        """Nobody looks at it any more."""


class DraftCommands(Protocol):
    """Drafts and branches."""

    def save_draft(self, conversation: ConversationId, text: str, /) -> None:
        """Keep what is typed and not sent."""

    def show_branch(self, conversation: ConversationId, message: MessageId, /) -> None:
        """Show the branch of this message."""


class MeasureCommands(Protocol):
    """How large a draft is."""

    def measure(self, draft: Draft, before: tuple[StoredMessage, ...], token: str, /) -> None:
        """Announce DraftMeasured with this token for a draft that would follow these messages."""


class ExportCommands(Protocol):
    """Conversations as files."""

    def save(self, conversation: ConversationId, path: str, /) -> None:
        """Write the shown branch as Markdown; announces ConversationExported, or Failed."""
