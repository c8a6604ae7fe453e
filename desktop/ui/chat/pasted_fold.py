"""The pasted texts of a question on the page: names that unfold, one below the other."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.core.messages import PastedPart
from desktop.ui.chat.pasted_words import first_words
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import TextButton

BODY = 280
"""The height of an unfolded text, at most; a longer one is scrolled."""
GAP = 6


class PastedFold(QWidget):
    """One pasted text.

    Signals:
        folded: it was opened or closed, so its height has changed.
    """

    folded = Signal()

    def __init__(self, part: PastedPart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self.button = TextButton(part.name, "quiet", "chevron-right", self, align_left=True)
        self.button.setCheckable(True)
        self.button.setToolTip(first_words(part.text))
        self.button.toggled.connect(self._fold)
        self.body: QPlainTextEdit | None = None
        self._name()

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        head = self.button.sizeHint().height()
        is_open = self.body is not None and self.button.isChecked()
        wanted = min(width, self.button.sizeHint().width())
        left = width - wanted if self.isRightToLeft() and not is_open else 0
        self.button.setGeometry(left, 0, width if is_open else wanted, head)
        if not is_open or self.body is None:
            return head
        document = self.body.document()
        self.body.setGeometry(4, head, width - 8, px(BODY))
        height = int(document.size().height()) * self.body.fontMetrics().lineSpacing() + 2 * int(
            document.documentMargin()
        )
        self.body.setFixedHeight(min(height, px(BODY)))
        return head + self.body.height() + 6

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, as bright as the page on its bubble: that of a chip, or of all that is unfolded."""
        place = self.rect() if self.button.isChecked() else self.button.geometry()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(QRectF(place), px(8), px(8))
        painter.end()

    def _fold(self, shown: bool) -> None:
        if shown and self.body is None:
            self.body = QPlainTextEdit(self._part.text, self)
            self.body.setReadOnly(True)
            self.body.setFrameShape(QFrame.Shape.NoFrame)
            self.body.setTabChangesFocus(True)
            self.body.setAccessibleName(self._part.name)
        if self.body is not None:
            self.body.setVisible(shown)
        self._name()
        self.folded.emit()

    def _name(self) -> None:
        shown = self.button.isChecked()
        self.button.set_icon("chevron-down" if shown else "chevron-right")
        told = translate("chat", "Hide {name}", name=self._part.name)
        self.button.setAccessibleName(told if shown else translate("chat", "Show {name}", name=self._part.name))


class PastedFolds(QWidget):
    """All pasted texts of one question.

    Signals:
        folded: one was opened or closed, so the height has changed.
    """

    folded = Signal()

    def __init__(self, parts: tuple[PastedPart, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folds = [PastedFold(part, self) for part in parts]
        for fold in self.folds:
            fold.folded.connect(self.folded)

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        top = 0
        for fold in self.folds:
            height = fold.fit(width)
            fold.setGeometry(0, top, width, height)
            top += height + px(GAP)
        return max(top - px(GAP), 0)

    def take_over(self, former: "PastedFolds") -> None:
        """Unfold what the reader has unfolded in another view of the same message."""
        for mine, theirs in zip(self.folds, former.folds, strict=False):
            mine.button.setChecked(theirs.button.isChecked())

    @property
    def wanted_width(self) -> int:
        """How wide they would like to be: one that is open takes all there is."""
        if any(fold.button.isChecked() for fold in self.folds):
            return 1 << 20
        return max((fold.button.sizeHint().width() for fold in self.folds), default=0)
