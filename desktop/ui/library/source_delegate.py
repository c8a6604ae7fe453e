"""Draws a document: what it is, how far it is, and what stands in the way."""

from html import escape

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, Qt, Signal
from PySide6.QtCore import QModelIndex as ModelIndex
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from desktop.core.library import LibrarySource, SourceState
from desktop.ui.assets import icon
from desktop.ui.library import wording
from desktop.ui.library.drawing import Index, draw_dot, ground, icon_of, state_color
from desktop.ui.library.source_model import SOURCE
from desktop.ui.theme import Theme
from desktop.ui.widgets.choice_list import RowDelegate, is_focused, is_over
from desktop.ui.widgets.drawing import SMALL, draw_ground, draw_line, set_font

HEIGHT = 56
INSET = 8
PADDING = 12
SIGN = 20
DOT = 9
DOTS = 26
NARROW = 380
"""Pixels at 100 %: in less room the state is a dot, and the line below has its words."""


class SourceDelegate(RowDelegate):
    """Two lines: the name, and below it what there is to know; the state at the end, the menu behind three dots."""

    menu_asked = Signal(ModelIndex)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        source: LibrarySource = index.data(SOURCE)
        theme = self.theme
        row: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        fill = ground(theme, chosen=chosen, over=is_over(option))
        draw_ground(painter, row, fill, theme.accent if is_focused(option) else "", INSET)
        place = row.adjusted(INSET + PADDING, theme.px(8), -INSET - PADDING, -theme.px(8))
        side = theme.px(SIGN)
        sign = QRect(place.left(), row.center().y() - side // 2, side, side)
        icon(icon_of(source.kind), theme.muted, side).paint(painter, self._seen(option, sign))
        place.setLeft(sign.right() + PADDING)
        self._draw_words(painter, option, source, place)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Open the menu when the three dots are clicked."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
            and event.button() == Qt.MouseButton.LeftButton
            and self.dots(option).contains(event.position().toPoint())
        ):
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.menu_asked.emit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show all of what a row can only begin to say."""
        source: LibrarySource | None = index.data(SOURCE)
        if source is None:
            return False
        lines = (source.name, wording.detail(source), wording.facts(source), source.path)
        told = dict.fromkeys(escape(" ".join(one.split())) for one in lines if one)
        QToolTip.showText(event.globalPos(), "<br>".join(told), view)
        return True

    def dots(self, option: QStyleOptionViewItem) -> QRect:
        """Return where the three dots of a row are."""
        row: QRect = option.rect
        place = QRect(row.right() - INSET - DOTS - 4, row.center().y() - DOTS // 2, DOTS, DOTS)
        return self._seen(option, place)

    def _draw_words(self, painter: QPainter, option: QStyleOptionViewItem, source: LibrarySource, place: QRect) -> None:
        theme = self.theme
        half = place.height() // 2
        first = QRect(place.left(), place.top(), place.width(), half)
        second = first.translated(0, half)
        if is_over(option) or is_focused(option):
            icon("more", theme.muted).paint(painter, self.dots(option).adjusted(4, 4, -4, -4))
            first.setRight(first.right() - DOTS)
            second.setRight(second.right() - DOTS)
        first.setRight(first.right() - self._draw_state(painter, option, source, first))
        set_font(painter, option.font, QFont.Weight.Medium)
        painter.setPen(QColor(theme.text))
        draw_line(painter, self._seen(option, first), source.name, option.direction)
        set_font(painter, option.font, pixels=theme.px(SMALL))
        wrong = source.state is SourceState.UNREADABLE and not wording.is_locked(source)
        painter.setPen(QColor(theme.danger if wrong else theme.muted))
        draw_line(painter, self._seen(option, second), wording.detail(source), option.direction)

    def _draw_state(self, painter: QPainter, option: QStyleOptionViewItem, source: LibrarySource, place: QRect) -> int:
        """Draw the state at the end of a line; return how much of it that takes."""
        theme = self.theme
        row: QRect = option.rect
        color, dot = state_color(source, theme), theme.px(DOT)
        width = 0
        if row.width() >= theme.px(NARROW):
            words = wording.state(source)
            set_font(painter, option.font, pixels=theme.px(SMALL))
            width = painter.fontMetrics().horizontalAdvance(words) + 2
            painter.setPen(QColor(color))
            spot = QRect(place.right() - width + 1, place.top(), width, place.height())
            draw_line(painter, self._seen(option, spot), words, option.direction)
            width += 6
        spot = QRect(place.right() - width - dot + 1, place.top(), dot, place.height())
        if source.state is SourceState.SEARCHED:
            side = theme.px(14)
            check = QRect(spot.right() - side + 1, place.center().y() - side // 2 + 1, side, side)
            name = "check" if color == theme.muted else "alert"
            icon(name, color, side).paint(painter, self._seen(option, check))
            dot = side
        else:
            full = source.state is not SourceState.WAITING
            draw_dot(painter, self._seen(option, spot), color, full=full)
        return width + dot + PADDING

    def _seen(self, option: QStyleOptionViewItem, place: QRect) -> QRect:
        """Return a place as it is in a window of this direction."""
        return QStyle.visualRect(option.direction, option.rect, place)
