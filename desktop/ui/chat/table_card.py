"""What was computed from tables: the result, where it comes from, and below it how it was computed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from desktop.core.grounding import TablePart
from desktop.ui.chat.fold_line import FoldLine
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.sources.table_view import ResultTable
from desktop.ui.sources.wording import one_line
from desktop.ui.widgets.buttons import IconButton
from desktop.ui.widgets.labels import ElidedLabel, PlainLabel

PADDING, GAP = 10, 6


class TableCard(QFrame):
    """One result; `refit` asks for another height."""

    def __init__(self, part: TablePart, parent: QWidget, refit: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._part = part
        self.names = ElidedLabel(_sources(part), "small", self)
        self.copy = IconButton("copy", translate("chat", "Copy the table"), self)
        self.copy.clicked.connect(self._copy)
        self.table = ResultTable(part.columns, part.rows, self)
        self.count = PlainLabel(_count(part), "small", self)
        self.how = FoldLine(self)
        self.how.show_words(translate("chat", "How this was computed"), self._statement)
        self.how.folded.connect(refit)
        self.show()

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height."""
        padding, gap = px(PADDING), px(GAP)
        room, side = width - 2 * padding, px(30)
        right = self.isRightToLeft()
        self.names.setGeometry(padding + (side if right else 0), padding, room - side, side)
        self.copy.setGeometry(padding if right else width - padding - side, padding, side, side)
        top = padding + side + gap
        height = self.table.wanted_height
        self.table.setGeometry(padding, top, room, height)
        top += height + gap
        words = self.count.sizeHint().height()
        self.count.setGeometry(padding, top, room, words)
        top += words + gap
        below = self.how.fit(room)
        self.how.setGeometry(padding, top, room, below)
        return top + below + padding

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.result.as_text())

    def _statement(self, parent: QWidget) -> Sequence[QWidget]:
        words = PlainLabel(self._part.sql, "muted", parent, wraps=True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        note = PlainLabel(
            translate(
                "chat", "Your computer ran this over the whole table. The model wrote it, so read it if in doubt."
            ),
            "small",
            parent,
            wraps=True,
        )
        return [words, note]


def _sources(part: TablePart) -> str:
    told = []
    for one in part.sources:
        name = one_line(one.name)
        if one.sheet:
            name = translate("chat", "{name}, sheet {sheet}", name=name, sheet=one_line(one.sheet))
        told.append(translate("chat", "{name} ({count} rows)", name=name, count=f"{one.rows:,}"))
    return " · ".join(told)


def _count(part: TablePart) -> str:
    if part.total > len(part.rows):
        return translate("chat", "The first {shown} of {total} rows", shown=len(part.rows), total=f"{part.total:,}")
    if part.total == 1:
        return translate("chat", "1 row")
    return translate("chat", "{total} rows", total=f"{part.total:,}")
