"""What happens to the files beside a question: taken in, shown, prepared for a model."""

from desktop.core.attachments import Attachment
from desktop.core.errors import AppError
from desktop.core.media import Picture
from desktop.core.value import value


@value
class AttachmentTaking:
    """A file is being taken in, in answer to the command that named this token; in bytes, total 0 = unknown."""

    token: str
    done: int
    total: int


@value
class AttachmentReady:
    """A file is kept and can be sent."""

    token: str
    attachment: Attachment
    thumbnail: Picture | None = None
    """None where there is nothing to see: a sound, or a file of which only the small picture failed."""


@value
class AttachmentFailed:
    """A file was not taken in; nothing of it is kept."""

    token: str
    error: AppError


@value
class AttachmentShown:
    """The small picture of an attachment, in answer to `illustrate`; None where there is nothing to see."""

    attachment: Attachment
    thumbnail: Picture | None


@value
class AttachmentPreparing:
    """An attachment is being made into what a model takes; total 0 = unknown."""

    attachment: Attachment
    done: int
    total: int


AttachmentEvent = AttachmentTaking | AttachmentReady | AttachmentFailed | AttachmentShown | AttachmentPreparing
