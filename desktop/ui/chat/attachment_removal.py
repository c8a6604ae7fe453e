"""Offers to put back a file that was taken out of a question; what nobody wants back is dropped."""

from desktop.core.attachments import Attachment
from desktop.ui.chat.attachment_item import Item
from desktop.ui.chat.attachment_strip import AttachmentStrip
from desktop.ui.chat.commands import AttachCommands
from desktop.ui.chat.quiet_line import QuietLine
from desktop.ui.i18n import translate


class Removal:
    """Remembers the last file that went."""

    def __init__(self, strip: AttachmentStrip, attach: AttachCommands, line: QuietLine) -> None:
        self._strip, self._attach, self._line = strip, attach, line
        self._offered = ""

    def offer(self, at: int, item: Item, attachment: Attachment) -> None:
        """Offer to put it back where it was."""
        self.end()
        self._attach.set_aside(attachment)

        def back() -> None:
            self._offered = ""
            self._attach.take_back(attachment)
            self._strip.add(item, at=at)

        def over() -> None:
            self._offered = ""
            if attachment.digest in (part.attachment.digest for part in self._strip.parts):
                self._attach.take_back(attachment)
            else:
                self._attach.drop(attachment)

        words = translate("chat", "Removed: {name}", name=item.name)
        self._line.offer(words, translate("chat", "Put it back"), back, over)
        self._offered = attachment.digest

    def came_back(self, attachment: Attachment) -> None:
        """It was added anew: nothing is offered any more."""
        if self._offered == attachment.digest:
            self.end()

    def take(self) -> None:
        """Put it back."""
        if self._offered:
            self._line.take()

    def end(self) -> None:
        """Offer nothing more."""
        if self._offered:
            self._line.clear()
