"""What the context meter opens: what takes the room, and what is no longer read."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStyle, QWidget

from desktop.core.context_use import ContextUse
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.theme import Theme, mix
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.popup import Popup

WIDTH = 320
BAR = 8
DOT = 10


def colors(theme: Theme) -> tuple[str, ...]:
    """Return the colours of system text, conversation, newest answer and free room."""
    return (theme.muted, theme.accent, mix(theme.accent, theme.bg, 0.5), theme.line)


class StackedBar(QWidget):
    """The parts side by side; the numbers beside it say the same, so it has no name for screen readers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.parts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(px(WIDTH), px(BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the parts from where the lines begin."""
        total, width, at = max(sum(self.parts), 1), self.width(), 0.0
        rounded = QPainterPath()
        rounded.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(rounded)
        painter.setPen(Qt.PenStyle.NoPen)
        for count, color in zip(self.parts, colors(self.theme), strict=False):
            share = width * count / total
            place = QRect(round(at), 0, round(at + share) - round(at), self.height())
            painter.setBrush(QColor(color))
            painter.drawRect(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            at += share
        painter.end()


class Dot(QWidget):
    """The colour of a part beside its words."""

    def __init__(self, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.color = color
        self.setFixedSize(px(DOT), px(DOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a round spot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.color))
        painter.drawEllipse(self.rect())
        painter.end()


class ContextPopup(Popup):
    """A bar of the parts, the parts with their numbers, and what follows from them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(translate("models", "Context"), theme.px(WIDTH), parent)
        self.content.setContentsMargins(16, 14, 16, 14)
        self.content.setSpacing(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fill = PlainLabel("", "small")
        self.bar = StackedBar(theme)
        self.counts = [PlainLabel("", "muted") for _ in range(4)]
        self._dots = [Dot(color) for color in colors(theme)]
        self.left_out = PlainLabel("", wraps=True)
        self.note = PlainLabel("", "small", wraps=True)
        self.content.addWidget(PlainLabel(translate("models", "What the model has before its eyes"), "heading"))
        self.content.addWidget(self.fill)
        self.content.addWidget(self.bar)
        self.content.addLayout(self._table())
        self.content.addWidget(self.left_out)
        self.content.addWidget(self.note)

    def show_use(self, use: ContextUse) -> None:
        """Show these numbers."""
        parts = (use.system, use.earlier, use.newest, use.free)
        self.bar.parts = parts
        self.bar.update()
        self.fill.setText(wording.fill_explained(use))
        for label, count in zip(self.counts, parts, strict=True):
            label.setText(wording.exact(count))
        self.left_out.setText(wording.left_out(use))
        self.left_out.setVisible(use.left_out > 0)
        self.note.setText(_note(use))
        self.note.setVisible(bool(self.note.text()))
        self.setAccessibleDescription(" ".join(one for one in (self.fill.text(), self.left_out.text()) if one))
        self.adjustSize()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.setFixedWidth(theme.px(WIDTH))
        self.bar.theme = theme
        for dot, color in zip(self._dots, colors(theme), strict=True):
            dot.color = color
            dot.setFixedSize(theme.px(DOT), theme.px(DOT))
        self.update()

    def _table(self) -> QGridLayout:
        names = (
            translate("models", "Instructions to the model"),
            translate("models", "Conversation"),
            translate("models", "Newest answer"),
            translate("models", "Free"),
        )
        table = QGridLayout()
        table.setHorizontalSpacing(10)
        table.setVerticalSpacing(6)
        table.setColumnStretch(1, 1)
        for row, (dot, name, count) in enumerate(zip(self._dots, names, self.counts, strict=True)):
            table.addWidget(dot, row, 0, Qt.AlignmentFlag.AlignVCenter)
            table.addWidget(PlainLabel(name), row, 1)
            table.addWidget(count, row, 2, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return table


def _note(use: ContextUse) -> str:
    said = []
    if use.about:
        said.append(translate("models", "An estimate: the model has not read this conversation yet."))
    if use.left_out:
        said.append(translate("models", "A longer context, under Model options, lets it read more of them."))
    return " ".join(said)
