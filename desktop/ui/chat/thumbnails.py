"""The small pictures of attachments that are on the page, asked for when they are first seen; a bounded number."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from desktop.core.attachment_events import AttachmentShown
from desktop.core.attachments import Attachment
from desktop.ui.widgets.drawing import pixmap_of

MOST = 96


class Thumbnails(QObject):
    """Keeps the pictures seen last.

    Signals:
        came: the picture of the attachment with this digest is there.
    """

    came = Signal(str)

    def __init__(self, illustrate: Callable[[Attachment], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._illustrate = illustrate
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._asked: set[str] = set()

    def find(self, attachment: Attachment) -> QPixmap | None:
        """Return the picture; None where it is still to come, which it is asked for once, or where there is none."""
        digest = attachment.digest
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        if digest not in self._asked:
            self._asked.add(digest)
            self._illustrate(attachment)
        return None

    def take(self, event: AttachmentShown) -> None:
        """Keep a picture that has come."""
        digest = event.attachment.digest
        self._asked.discard(digest)
        self._kept[digest] = pixmap_of(event.thumbnail) if event.thumbnail is not None else None
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)
        self.came.emit(digest)
