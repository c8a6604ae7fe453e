"""The sheet of keyboard shortcuts, made anew from the commands themselves each time it opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.shell.palette_stock import words_of
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.overlay import Overlay

WIDTH = 820
WIDE_LETTERS = 84
"""So many letters beside each other make room for two columns."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One line of the sheet; `keys` are the ways to do it, in Qt's portable words ("Ctrl+N")."""

    group: str
    words: str
    keys: tuple[str, ...]


Actions = Callable[[], Sequence[tuple[str, QAction]]]
"""Returns the commands, each with the words of its group."""


class KeyCap(PlainLabel):
    """Keys that are pressed together, drawn as a key."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "small")
        self.setContentsMargins(7, 3, 7, 3)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key below its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()
        super().paintEvent(event)


class ShortcutSheet(Overlay):
    """Every shortcut by group, in two columns where there is room."""

    def __init__(self, actions: Actions, others: Sequence[Shortcut], host: QWidget) -> None:
        super().__init__(translate("shortcuts", "Keyboard shortcuts"), WIDTH, host)
        self._actions = actions
        self._others = tuple(others)
        self._groups: list[QWidget] = []
        self._across = QHBoxLayout()
        self._columns = (QVBoxLayout(), QVBoxLayout())
        self._page = QWidget()
        self.area = QScrollArea()
        self.close_button = IconButton("close", translate("shortcuts", "Close"))
        self.close_button.clicked.connect(self.leave)
        self._lay_out()

    @property
    def is_wide(self) -> bool:
        """Whether the groups stand in two columns."""
        return any(self._columns[1].indexOf(one) >= 0 for one in self._groups)

    def open(self) -> None:
        """Write the sheet, and show it."""
        if not self.is_open:
            self._write()
        super().open()

    def first_stop(self) -> QWidget:
        """Return the part that the arrow keys scroll."""
        return self.area

    def fit(self, space: QRect) -> QRect:
        """Stand in the middle, as high as its lines."""
        margins = self.content.contentsMargins()
        inner = space.width() - margins.left() - margins.right()
        self._share_out(2 if inner >= WIDE_LETTERS * self.fontMetrics().averageCharWidth() else 1)
        self._across.activate()
        lines = self._across.totalHeightForWidth(inner)
        head = self.close_button.sizeHint().height() + 3 * self.content.spacing()
        height = min(space.height(), margins.top() + head + lines + margins.bottom())
        return QRect(space.left(), space.top() + (space.height() - height) // 3, space.width(), height)

    def closed_now(self) -> None:
        """Take the lines away."""
        for group in self._groups:
            group.hide()
            group.deleteLater()
        self._groups = []

    def lines(self) -> tuple[Shortcut, ...]:
        """Return what the sheet tells: the commands that have keys, then what else was handed in."""
        told = [
            Shortcut(group, words_of(action), tuple(_native(one) for one in action.shortcuts() if not one.isEmpty()))
            for group, action in self._actions()
            if action.isVisible() and action.shortcuts()
        ]
        told += [Shortcut(one.group, one.words, tuple(_named(key) for key in one.keys)) for one in self._others]
        return tuple(told)

    def _lay_out(self) -> None:
        self.content.setContentsMargins(20, 12, 12, 16)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(translate("shortcuts", "Keyboard shortcuts"), "title", wraps=True), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(head)
        self.content.addSpacing(4)
        self._across.setContentsMargins(0, 0, 12, 0)
        for column in self._columns:
            column.setSpacing(20)
            self._across.addLayout(column)
        self._page.setLayout(self._across)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(translate("shortcuts", "Keyboard shortcuts"))
        self.area.setWidget(self._page)
        self.content.addWidget(self.area, 1)

    def _write(self) -> None:
        groups: dict[str, list[Shortcut]] = {}
        for line in self.lines():
            groups.setdefault(line.group, []).append(line)
        self._groups = [_group(words, lines) for words, lines in groups.items()]

    def _share_out(self, columns: int) -> None:
        """Put the groups into the columns in their order, so that both are about as long."""
        heights = [one.sizeHint().height() for one in self._groups]
        half = sum(heights) / 2
        above = 0
        for column in self._columns:
            while column.count():
                column.takeAt(0)
        for group, height in zip(self._groups, heights, strict=True):
            second = columns > 1 and above > 0 and above + height / 2 > half
            self._columns[second].addWidget(group)
            above += height
        for column in self._columns:
            column.addStretch(1)
        self._across.setSpacing(40 if columns > 1 else 0)
        self._across.setStretch(0, 1)
        self._across.setStretch(1, 1 if columns > 1 else 0)


def _group(words: str, lines: Sequence[Shortcut]) -> QWidget:
    group = QWidget()
    column = QVBoxLayout(group)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(PlainLabel(words, "heading", wraps=True))
    for line in lines:
        row = QWidget()
        row.setAccessibleName(", ".join((line.words, *line.keys)))
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        across.addWidget(PlainLabel(line.words, wraps=True), 1)
        for key in line.keys:
            across.addWidget(KeyCap(key), 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(row)
    return group


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _named(words: str) -> str:
    """Return keys in the way of this platform; what is no key, such as a click, stays as it is."""
    return _native(QKeySequence.fromString(words, QKeySequence.SequenceFormat.PortableText)) or words
