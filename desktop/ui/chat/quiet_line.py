"""A line above the composer that offers one thing, and what it offers about pasted texts."""

from collections.abc import Callable

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.messages import PastedPart
from desktop.ui.chat.composer_text import ComposerText
from desktop.ui.chat.pasted_chips import PastedChips
from desktop.ui.chat.pasted_words import name_of
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import ElidedLabel

MOST = 12
"""So many texts can be kept beside a question."""


class QuietLine(QWidget):
    """A few words, what can be done about them, and a cross; hidden when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deed: Callable[[], None] | None = None
        self._over: Callable[[], None] | None = None
        self.label = ElidedLabel("", "small", self)
        self.button = TextButton("", "link", parent=self)
        self.cross = IconButton("close", translate("chat", "Close"), self)
        self.button.clicked.connect(self.take)
        self.cross.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 4, 4)
        row.setSpacing(4)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        row.addWidget(self.cross)
        self.hide()

    def offer(self, words: str, action: str, deed: Callable[[], None], over: Callable[[], None] | None = None) -> None:
        """Offer to do something, instead of what was offered before; `over` is called when nobody took it up."""
        self.clear()
        self._deed, self._over = deed, over
        self.label.show_text(words)
        self.button.setText(action)
        self.button.setAccessibleName(f"{words}: {action}")
        self.show()

    def clear(self) -> None:
        """Offer nothing."""
        over, self._deed, self._over = self._over, None, None
        self.hide()
        if over is not None:
            over()

    def take(self) -> None:
        """Do what is offered."""
        deed, self._over = self._deed, None
        self.clear()
        if deed is not None:
            deed()


class PasteOffers:
    """Offers to keep a long pasted text beside the question, and to put back one that was taken away.

    A huge text is kept beside the question at once: the field would stand still over it.
    """

    def __init__(self, field: ComposerText, chips: PastedChips, line: QuietLine) -> None:
        self._field, self._chips, self._line = field, chips, line
        self._range: QTextCursor | None = None
        field.puts_aside = True
        field.pasted.connect(self._offer)
        field.put_aside.connect(self._keep_huge)
        field.textChanged.connect(self._look)
        chips.removed.connect(self._removed)
        chips.changed.connect(self._count)

    def forget(self) -> None:
        """Offer nothing more about what was there before."""
        self._range = None
        self._line.clear()

    def _offer(self, start: int, end: int) -> None:
        if len(self._chips.parts) >= MOST:
            return
        self._range = QTextCursor(self._field.document())
        self._range.setPosition(start)
        self._range.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._range.setKeepPositionOnInsert(True)  # what is written behind it is no part of it
        name = name_of(self._range.selection().toPlainText())
        self._line.offer(name, translate("chat", "Keep as attachment"), self._keep)

    def _keep(self) -> None:
        if self._range is not None:
            text = self._range.selection().toPlainText()
            pasted, self._range = self._range, None
            pasted.removeSelectedText()
            self._chips.add(text)
            self._field.setFocus()

    def _keep_huge(self, text: str) -> None:
        self.forget()
        self._chips.add(text)

    def _count(self) -> None:
        self._field.puts_aside = len(self._chips.parts) < MOST

    def _look(self) -> None:
        """Withdraw the offer when the text it is about is gone."""
        if self._range is not None and not self._range.hasSelection():
            self.forget()

    def _removed(self, at: int, part: PastedPart) -> None:
        self._range = None
        self._line.offer(
            translate("chat", "Removed: {name}", name=part.name),
            translate("chat", "Put it back"),
            lambda: self._chips.insert(at, part),
        )
