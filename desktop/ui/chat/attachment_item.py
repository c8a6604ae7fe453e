"""One file in the strip of a question, as a value: being taken in, ready, or refused."""

from desktop.core.attachments import Attachment
from desktop.core.grounding import DocumentPart
from desktop.core.library import LibrarySource, SourceState
from desktop.core.media import Picture
from desktop.core.taking import AttachmentPart, detail_for
from desktop.core.value import value
from desktop.ui.chat.attachment_words import about
from desktop.ui.chat.document_state import document_words
from desktop.ui.i18n import translate


@value
class Item:
    """A file beside the question."""

    token: str
    """Names it while it is taken in; the digest once it is there."""
    name: str
    part: AttachmentPart | None = None
    """None until it is there."""
    thumbnail: Picture | None = None
    done: int = 0
    total: int = 0
    error: str = ""
    """The sentence that tells why it was not taken in."""
    recorded: bool = False
    """There is no other copy of it."""
    document: DocumentPart | None = None
    """Set when it is a document of the library, once it is there."""
    source: LibrarySource | None = None
    """How far its reading is, as far as that is known."""

    @classmethod
    def of(cls, part: AttachmentPart, thumbnail: Picture | None = None) -> "Item":
        """Return the item of a file that is there."""
        return cls(part.attachment.digest, part.attachment.name, part, thumbnail)

    @classmethod
    def of_document(cls, part: DocumentPart, source: LibrarySource | None = None) -> "Item":
        """Return the item of a document that is there."""
        return cls(f"document {part.source}", part.name, document=part, source=source)

    @property
    def waits(self) -> bool:
        """Whether it is being taken in."""
        return self.part is None and self.document is None and not self.error

    @property
    def is_read(self) -> bool:
        """Whether nothing of it is still to be read."""
        return self.source is None or self.source.state not in (SourceState.WAITING, SourceState.READING)

    @property
    def is_busy(self) -> bool:
        """Whether something of it is still to come."""
        return self.waits or not self.is_read

    @property
    def share(self) -> float:
        """How much of it is taken in, 0 to 1."""
        done, total = (self.done, self.total) if self.source is None else (self.source.pages_read, self.source.pages)
        return min(1.0, done / total) if total else 0.0

    @property
    def words(self) -> str:
        """What stands below its name."""
        if self.part is not None:
            return about(self.part.attachment.facts, self.part.attachment.size)
        if self.document is not None:
            return document_words(self.document, self.source)
        if self.error:
            return translate("chat", "Not added")
        if self.total:
            return translate("chat", "Adding… {share} %", share=round(100 * self.share))
        return translate("chat", "Adding…")


def fresh(attachment: Attachment) -> AttachmentPart:
    """Return a file as it is taken unless the person says otherwise."""
    return AttachmentPart(attachment, detail_for(attachment.facts))
