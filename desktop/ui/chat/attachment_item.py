"""One file in the strip of a question, as a value: being taken in, ready, or refused."""

from desktop.core.attachments import Attachment
from desktop.core.media import Picture
from desktop.core.taking import AttachmentPart, detail_for
from desktop.core.value import value
from desktop.ui.chat.attachment_words import about
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

    @classmethod
    def of(cls, part: AttachmentPart, thumbnail: Picture | None = None) -> "Item":
        """Return the item of a file that is there."""
        return cls(part.attachment.digest, part.attachment.name, part, thumbnail)

    @property
    def waits(self) -> bool:
        """Whether it is being taken in."""
        return self.part is None and not self.error

    @property
    def share(self) -> float:
        """How much of it is taken in, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def words(self) -> str:
        """What stands below its name."""
        if self.part is not None:
            return about(self.part.attachment.facts, self.part.attachment.size)
        if self.error:
            return translate("chat", "Not added")
        if self.total:
            return translate("chat", "Adding… {share} %", share=round(100 * self.share))
        return translate("chat", "Adding…")


def fresh(attachment: Attachment) -> AttachmentPart:
    """Return a file as it is taken unless the person says otherwise."""
    return AttachmentPart(attachment, detail_for(attachment.facts))
