"""The text of one message: a read-only browser without bars that fetches nothing and follows no link by itself."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget


class MessageText(QTextBrowser):
    """A browser of one message.

    Signals:
        link_activated: a link was clicked or chosen by keyboard, with its address.
    """

    link_activated = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.link_activated.emit(url.toString()))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Answer nothing: a picture named by a model is never opened, from a disk or a network."""
        return None

    def fit(self, width: int) -> int:
        """Lay out for this width; returns the height. The same width costs nothing."""
        if self.document().textWidth() != width:
            self.document().setTextWidth(width)
        return round(self.document().size().height() + 0.5)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the transcript."""
        event.ignore()
