"""A quiet line below an answer that unfolds what is behind it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.assets import IconName
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel

GAP = 2
INDENT = 16

MakeRows = Callable[[QWidget], Sequence[QWidget]]


class FoldLine(QWidget):
    """One line; where it is longer than the answer is wide, its words wrap beside the sign.

    Signals:
        folded: it was opened or closed, so its height has changed.
    """

    folded = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._make: MakeRows | None = None
        self.button = IconButton("chevron-right", "", self)
        self.button.setProperty("role", "tight")
        self.button.clicked.connect(self._toggle)
        self.label = PlainLabel("", "small", self, wraps=True)
        self.rows: list[QWidget] = []
        self.is_open = False
        self.show()

    def show_words(self, words: str, make: MakeRows | None = None) -> None:
        """Say this; `make` makes what unfolds, None where there is no more."""
        self._make = make
        self.label.setText(words)
        self.button.setVisible(make is not None)
        if self.is_open:
            self._drop()
            self._unfold()
        self._name()

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        side = px(24) if self._make is not None else 0
        room = width - side
        words = self.label.heightForWidth(room)
        head = max(words, side)
        line = self.label.fontMetrics().height()
        top = max(0, (side - line) // 2) if words <= line + 2 else 0
        right = self.isRightToLeft()
        self.button.setGeometry(width - side if right else 0, 0, side, side)
        self.label.setGeometry(0 if right else side, top, room, words)
        height = max(head, top + words)
        for row in self.rows:
            indent = px(INDENT)
            wanted = row.heightForWidth(width - indent)
            row.setGeometry(0 if right else indent, height + px(GAP), width - indent, wanted)
            height += wanted + px(GAP)
        return height

    def open_at_once(self) -> None:
        """Unfold."""
        if not self.is_open and self._make is not None:
            self._unfold()
            self._name()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words is one on the sign."""
        over = self.label.geometry().contains(event.position().toPoint())
        if over and event.button() == Qt.MouseButton.LeftButton and self._make is not None:
            self._toggle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click."""
        event.accept()

    def _toggle(self) -> None:
        if self.is_open:
            self._drop()
        else:
            self._unfold()
        self._name()
        self.folded.emit()

    def _unfold(self) -> None:
        self.is_open = True
        self.rows = list(self._make(self)) if self._make is not None else []
        for row in self.rows:
            row.show()

    def _drop(self) -> None:
        self.is_open = False
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []

    def _name(self) -> None:
        ahead: IconName = "chevron-left" if self.isRightToLeft() else "chevron-right"
        self.button.set_icon("chevron-down" if self.is_open else ahead)
        told = translate("chat", "Show less") if self.is_open else translate("chat", "Show more")
        self.button.set_label(told)
        self.button.setAccessibleName(f"{self.label.text()}. {told}")
