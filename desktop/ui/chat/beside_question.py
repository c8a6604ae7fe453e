"""What stands in the bubble of a question above its words: files, documents, pasted texts."""

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.core.messages import Message
from desktop.ui.chat.document_tags import DocumentTags
from desktop.ui.chat.helpers import Helpers
from desktop.ui.chat.media_tiles import MediaTiles
from desktop.ui.chat.pasted_fold import PastedFolds


class BesideQuestion:
    """Makes each when there is something to show, and puts them one below the other."""

    def __init__(self, message: Message, view: QWidget, helpers: Helpers | None, resized: SignalInstance) -> None:
        self._view = view
        self.tiles: MediaTiles | None = None
        self.documents: DocumentTags | None = None
        self.pasted: PastedFolds | None = None
        self._heights = (0, 0, 0)
        self._tiles_width = 0
        if helpers is not None and helpers.thumbnails is not None and message.attached:
            self.tiles = MediaTiles(message.attached, helpers.thumbnails, view, helpers.media)
            self.tiles.show()
        if DocumentTags.are_wanted(message):
            self.documents = DocumentTags(message, view)
        if pasted := message.pasted:
            self.pasted = PastedFolds(pasted, view)
            self.pasted.folded.connect(resized)
            self.pasted.show()

    def fit(self, room: int, inner: int, gap: int) -> tuple[int, int]:
        """Return how wide all is together with words of this width, and how high without them."""
        tiles = (0, 0) if self.tiles is None else self.tiles.fit(room)
        documents = (0, 0) if self.documents is None else self.documents.fit(room)
        inner, folds = max(inner, tiles[0], documents[0]), 0
        if self.pasted is not None:
            inner = min(room, max(inner, self.pasted.wanted_width))
            folds = self.pasted.fit(inner)
        self._tiles_width = tiles[0]
        self._heights = (tiles[1], documents[1], folds)
        there = [one for one in self._heights if one]
        return inner, sum(there) + gap * max(0, len(there) - 1)

    def place(self, left: int, top: int, inner: int, gap: int) -> None:
        """Place all below `top`."""
        for one, height in zip((self.tiles, self.documents, self.pasted), self._heights, strict=True):
            if one is not None and height:
                width = self._tiles_width if one is self.tiles else inner
                one.setGeometry(left + (inner - width if self._view.isRightToLeft() else 0), top, width, height)
                top += height + gap

    def take_over(self, former: "BesideQuestion") -> None:
        """Unfold what the reader has unfolded in another view of the same question."""
        if self.pasted is not None and former.pasted is not None:
            self.pasted.take_over(former.pasted)
