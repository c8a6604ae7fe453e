"""The rows of the choosers: what a row says, the model for Qt, and how a row is drawn."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.ui.assets import icon
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme, mix
from desktop.ui.widgets.choice_list import ChoiceList, RowDelegate, is_focused, is_over
from desktop.ui.widgets.drawing import SMALL, draw_ground, draw_line, set_font

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1
ROW = 52
MOST_ROWS = 7
CHECK = 18
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One choice. `badge` is a word at its end, a warning when `warns`."""

    key: str
    title: str
    details: str
    chosen: bool = False
    badge: str = ""
    warns: bool = False
    tip: str = ""

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        words = ", ".join(one for one in (self.title, self.details, self.badge) if one)
        return translate("models", "{model}, in use", model=words) if self.chosen else words

    def answers_to(self, typed: str) -> bool:
        """Return whether its title has all the typed words in it."""
        said = self.title.casefold()
        return all(word in said for word in typed.casefold().split())


class LinesModel(QAbstractListModel):
    """The choices, or those among them that answer to what was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Line, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._typed = ""

    @property
    def count(self) -> int:
        """How many there are, typed words or not."""
        return len(self._all)

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these choices."""
        self._all = lines
        self.filter(self._typed)

    def filter(self, typed: str) -> None:
        """Show what answers to these words."""
        self.beginResetModel()
        self._typed = typed
        self._lines = tuple(one for one in self._all if one.answers_to(typed))
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One row a choice."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the whole line, or the words for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return line.tip
            case _:
                return line if role == LINE else None

    def first(self) -> QModelIndex:
        """Return the row in use, else the first one; invalid when there is none."""
        chosen = (number for number, line in enumerate(self._lines) if line.chosen)
        return self.index(next(chosen, 0))


class LineDelegate(RowDelegate):
    """Two lines with a badge; a check at the one in use."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a choice."""
        line, theme, px = index.data(LINE), self.theme, self.theme.px
        row: QRect = option.rect
        side: Qt.LayoutDirection = option.direction
        painter.save()
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        ring = theme.accent if is_focused(option) else ""
        ground = theme.card if current or is_over(option) else ""
        draw_ground(painter, row, ground, ring)
        inner = row.adjusted(px(12), px(7), -px(12), -px(7))
        if line.chosen:
            check = QRect(inner.right() + 1 - px(CHECK), row.center().y() - px(CHECK) // 2, px(CHECK), px(CHECK))
            icon("check", theme.accent, px(CHECK)).paint(painter, QStyle.visualRect(side, row, check))
        inner.setRight(inner.right() - px(CHECK) - px(10))
        badge = self._draw_badge(painter, option, line, QRect(inner), ground) if line.badge else 0
        top = QRect(inner.left(), inner.top(), inner.width() - badge, px(20))
        set_font(painter, option.font, QFont.Weight.Medium)
        painter.setPen(QColor(theme.text))
        draw_line(painter, QStyle.visualRect(side, row, top), line.title, side)
        set_font(painter, option.font, pixels=px(SMALL))
        painter.setPen(QColor(theme.muted))
        below = QRect(inner.left(), inner.top() + px(20), row.right() - inner.left() - px(40), px(18))
        draw_line(painter, QStyle.visualRect(side, row, below), line.details, side)
        painter.restore()

    def _draw_badge(
        self, painter: QPainter, option: QStyleOptionViewItem, line: Line, inner: QRect, ground: str
    ) -> int:
        """Draw the badge at the end of the first line; returns the room it takes."""
        theme, px = self.theme, self.theme.px
        set_font(painter, option.font, QFont.Weight.Medium, px(SMALL))
        color = theme.danger if line.warns else theme.muted
        wide = painter.fontMetrics().horizontalAdvance(line.badge) + px(16)
        place = QRect(inner.right() + 1 - wide, inner.top(), wide, px(20))
        place = QStyle.visualRect(option.direction, option.rect, place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(ground or theme.bg, color, 0.12)))
        painter.drawRoundedRect(place, px(10), px(10))
        painter.setPen(QColor(color))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, line.badge)
        return wide + px(8)


class LineList(ChoiceList):
    """The choices; a click or Enter takes one."""

    chosen = Signal(str)

    def __init__(self, model: LinesModel, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(model, LineDelegate(theme, ROW), label, parent)
        self.taken.connect(self._choose)

    def fit(self) -> None:
        """Be as high as the rows, up to seven."""
        self.setFixedHeight(self.delegate.theme.px(ROW) * max(1, min(MOST_ROWS, self.model().rowCount())))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(LINE).key)
