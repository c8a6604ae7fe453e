"""What stands above the words of a very small model: the passages themselves, and that it may get them wrong."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.core.grounding import FoundPart
from desktop.ui.chat.fold_line import FoldLine
from desktop.ui.chat.passage_rows import Follow, found_rows
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.labels import PlainLabel

GAP = 8


class AnswerLead(QWidget):
    """The passages of one answer, unfolded."""

    def __init__(self, found: FoundPart, parent: QWidget, follow: Follow) -> None:
        super().__init__(parent)
        count = len(found.passages)
        words = translate("chat", "Found in your documents: {count} passages", count=count)
        if count == 1:
            words = translate("chat", "Found in your documents: 1 passage")
        self.list = FoldLine(self)
        self.list.show_words(words, partial(found_rows, found, follow))
        self.list.open_at_once()
        self.warning = PlainLabel(
            translate(
                "chat",
                "Below is what the small demo model makes of them. It may get it wrong: trust the passages.",
            ),
            "small",
            self,
            wraps=True,
        )
        self.show()

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        height = self.list.fit(width)
        self.list.setGeometry(0, 0, width, height)
        words = self.warning.heightForWidth(width)
        self.warning.setGeometry(0, height + px(GAP), width, words)
        return height + words + 2 * px(GAP)
