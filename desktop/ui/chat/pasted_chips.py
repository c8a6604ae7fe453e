"""The pasted texts of a draft as chips: a name that opens the text, and a cross that takes it away."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.core.messages import PastedPart
from desktop.ui.chat.pasted_words import first_words, name_of
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.theme import mix
from desktop.ui.widgets.buttons import IconButton, TextButton

GAP = 6
SHADE = 0.08


class PastedChip(QWidget):
    """One pasted text.

    Signals:
        opened: the person wants to read it.
        removed: the person does not want it.
    """

    opened = Signal()
    removed = Signal()

    def __init__(self, part: PastedPart, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self.name = TextButton(part.name, "quiet", parent=self)
        self.name.setToolTip(first_words(part.text))
        self.name.setAccessibleName(translate("chat", "Open {name}", name=part.name))
        self.name.clicked.connect(self.opened)
        self.cross = IconButton("close", translate("chat", "Remove {name}", name=part.name), self)
        self.cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.name)
        row.addWidget(self.cross)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        palette = self.palette()
        ground, ink = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(ground.name(), ink.name(), SHADE)))
        painter.drawRoundedRect(QRectF(self.rect()), px(8), px(8))
        painter.end()


class PastedChips(QWidget):
    """The chips, in as many lines as they need.

    Signals:
        changed: a text was added, taken away or edited.
        opened: the text that the person wants to read.
        removed: the number it had, and the text that the person took away.
    """

    changed = Signal()
    opened = Signal(object)
    removed = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[PastedChip] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def parts(self) -> tuple[PastedPart, ...]:
        """The texts, in their order."""
        return tuple(chip.part for chip in self._chips)

    def show_parts(self, parts: tuple[PastedPart, ...]) -> None:
        """Show these texts; nothing is emitted."""
        if parts == self.parts:
            return
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._make(part) for part in parts]
        self.setVisible(bool(parts))
        self._place()

    def add(self, text: str) -> None:
        """Put a text behind the others."""
        self._change((*self.parts, PastedPart(name_of(text), text)))

    def insert(self, at: int, part: PastedPart) -> None:
        """Put a text back where it was."""
        parts = list(self.parts)
        parts.insert(at, part)
        self._change(tuple(parts))

    def replace(self, old: PastedPart, new: PastedPart | None) -> None:
        """Show a text as it is now, or no longer; nothing happens when it is not here any more."""
        if old in self.parts:
            at = self.parts.index(old)
            self._change((*self.parts[:at], *((new,) if new else ()), *self.parts[at + 1 :]))

    def remove(self, at: int) -> None:
        """Take a text away."""
        part = self.parts[at]
        self._change((*self.parts[:at], *self.parts[at + 1 :]))
        self.removed.emit(at, part)

    def _change(self, parts: tuple[PastedPart, ...]) -> None:
        if parts != self.parts:
            self.show_parts(parts)
            self.changed.emit()

    def _make(self, part: PastedPart) -> PastedChip:
        chip = PastedChip(part, self)
        chip.opened.connect(lambda: self.opened.emit(chip.part))
        chip.removed.connect(lambda: self.remove(self._chips.index(chip)))
        chip.show()
        return chip

    def _place(self) -> None:
        gap, height = px(GAP), max((chip.sizeHint().height() for chip in self._chips), default=0)
        at = QPoint(0, 0)
        for chip in self._chips:
            width = min(chip.sizeHint().width(), self.width())
            if at.x() and at.x() + width > self.width():
                at = QPoint(0, at.y() + height + gap)
            left = self.width() - at.x() - width if self.isRightToLeft() else at.x()
            chip.setGeometry(left, at.y(), width, height)
            at.setX(at.x() + width + gap)
        self.setFixedHeight(at.y() + height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text and the direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._place()
