"""Draws the list of conversations and edits a title in its row."""

from html import escape

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyle, QStyleOptionViewItem, QToolTip, QWidget

from desktop.core.conversations import ConversationSummary, Matter
from desktop.ui.assets import icon
from desktop.ui.history.arrangement import Group, Hollow, Row
from desktop.ui.history.list_model import COUNT, FILED, MARK, OPEN, ROW, SHOWN
from desktop.ui.history.marks import Mark
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme, mix
from desktop.ui.widgets.choice_list import RowDelegate, is_focused, is_over
from desktop.ui.widgets.drawing import SMALL, draw_ground, draw_line, set_font

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 34
INSET = 8
PADDING = 12
STEP = 18
"""How far a conversation stands in when it is in a folder."""
DOTS = 26
DOT = 8
PIN = 14
LONGEST_TITLE = 200


class ConversationDelegate(RowDelegate):
    """A heading is small and muted; a folder has a chevron and a count; the menu is behind three dots."""

    menu_asked = Signal(QModelIndex)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, HEIGHT)
        self.many = False
        """Several rows are selected: then the selection is shown."""
        self.target: Row | None = None
        """The folder that would take what is dragged."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        row: Row = index.data(ROW)
        match row:
            case Group() if row is not Group.ARCHIVED:
                self._draw_heading(painter, option, str(index.data()))
            case Hollow():
                set_font(painter, option.font, pixels=self.theme.px(SMALL))
                painter.setPen(QColor(self.theme.muted))
                draw_line(painter, self._seen(option, self._place(option, index)), str(index.data()), option.direction)
            case _:
                self._draw_ground(painter, option, index)
                self._draw_title(painter, option, index)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Edit the title in a plain field."""
        field = QLineEdit(parent)
        field.setMaxLength(LONGEST_TITLE)
        is_folder = isinstance(index.data(ROW), Matter)
        field.setAccessibleName(
            translate("history", "Name of the folder")
            if is_folder
            else translate("history", "Title of the conversation")
        )
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the field where the title is."""
        row: QRect = option.rect
        indent = self._indent(index)
        inner = row.adjusted(INSET + indent + (4 if indent else 0), 2, -INSET, -2)
        editor.setGeometry(self._seen(option, inner))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Open the menu when the three dots are clicked."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
            and event.button() == Qt.MouseButton.LeftButton
            and isinstance(index.data(ROW), ConversationSummary | Matter)
            and self.dots(option).contains(event.position().toPoint())
        ):
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.menu_asked.emit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what did not fit, and what the mark means."""
        words = []
        mark = index.data(MARK)
        width = QFontMetrics(option.font).horizontalAdvance(" ".join(str(index.data()).split()))
        taken = DOTS - 6 + (DOT + 8 if mark else 0) + (PIN + 6 if self._has_pin(index) else 0)
        if width > self._place(option, index).width() - taken:
            words.append(str(index.data()))
        match mark:
            case Mark.ANSWERING:
                words.append(translate("history", "Answering now"))
            case Mark.UNSEEN:
                words.append(translate("history", "There is a new answer"))
        QToolTip.showText(event.globalPos(), escape("\n".join(words)).replace("\n", "<br>"), view)
        return True

    def dots(self, option: QStyleOptionViewItem) -> QRect:
        """Return where the three dots of a row are."""
        row: QRect = option.rect
        place = QRect(row.right() - INSET - DOTS - 2, row.top() + (row.height() - DOTS) // 2, DOTS, DOTS)
        return self._seen(option, place)

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        row: QRect = option.rect
        set_font(painter, option.font, QFont.Weight.DemiBold, self.theme.px(SMALL))
        painter.setPen(QColor(self.theme.muted))
        place = row.adjusted(INSET + PADDING, 8, -INSET - PADDING, 0)
        draw_line(painter, place, text, option.direction)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        selected = self.many and bool(option.state & QStyle.StateFlag.State_Selected)
        is_target = self.target is not None and index.data(ROW) == self.target
        if selected or is_target:
            fill = mix(theme.panel, theme.accent, 0.16)
        elif index.data(SHOWN):
            fill = theme.card
        else:
            fill = mix(theme.panel, theme.card, 0.6) if is_over(option) else ""
        draw_ground(painter, option.rect, fill, theme.accent if is_focused(option) or is_target else "", INSET)

    def _draw_title(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        place = self._draw_trail(painter, option, index, self._place(option, index))
        if not isinstance(row, ConversationSummary):
            self._draw_chevron(painter, option, is_open=index.data(OPEN))
        set_font(painter, option.font)
        painter.setPen(QColor(self.theme.muted if row is Group.ARCHIVED else self.theme.text))
        draw_line(painter, self._seen(option, place), str(index.data()), option.direction)

    def _draw_chevron(self, painter: QPainter, option: QStyleOptionViewItem, *, is_open: bool) -> None:
        row: QRect = option.rect
        backwards = option.direction == Qt.LayoutDirection.RightToLeft
        place = QRect(row.left() + INSET + PADDING - 5, row.center().y() - 7, 16, 16)
        name = "chevron-down" if is_open else "chevron-left" if backwards else "chevron-right"
        icon(name, self.theme.muted, 16).paint(painter, self._seen(option, place))

    def _draw_trail(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, place: QRect) -> QRect:
        """Draw dots, mark, pin and count at the end of a row; return what is left for the title."""
        row: Row = index.data(ROW)
        theme = self.theme
        right = place.right()
        middle = place.center().y()
        if row is not Group.ARCHIVED and (is_over(option) or is_focused(option)):
            icon("more", theme.muted).paint(painter, self.dots(option).adjusted(4, 4, -4, -4))
            right -= DOTS - 6
        elif count := index.data(COUNT):
            right -= self._draw_count(
                painter, option, QRect(place.left(), place.top(), right - place.left(), place.height()), count
            )
        if (mark := index.data(MARK)) is not None:
            self._draw_mark(painter, self._seen(option, QRect(right - DOT + 1, middle - DOT // 2 + 1, DOT, DOT)), mark)
            right -= DOT + 8
        if self._has_pin(index):
            pin = QRect(right - PIN + 1, middle - 6, PIN, PIN)
            icon("pin", theme.muted, PIN).paint(painter, self._seen(option, pin))
            right -= PIN + 6
        return QRect(place.left(), place.top(), right - place.left() + 1, place.height())

    def _draw_count(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, count: int) -> int:
        """Draw a number at the end of a place; return the width it takes."""
        words = str(count)
        set_font(painter, option.font, pixels=self.theme.px(SMALL))
        painter.setPen(QColor(self.theme.muted))
        width = painter.fontMetrics().horizontalAdvance(words) + 1
        spot = QRect(place.right() - width + 1, place.top(), width, place.height())
        draw_line(painter, self._seen(option, spot), words, option.direction)
        return width + 8

    def _draw_mark(self, painter: QPainter, spot: QRect, mark: Mark) -> None:
        """A ring while the answer is written, a full dot when it waits to be read."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(self.theme.accent)
        painter.setPen(accent)
        if mark is Mark.UNSEEN:
            painter.setBrush(accent)
            painter.drawEllipse(spot)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = painter.pen()
        pen.setWidthF(1.8)
        painter.setPen(pen)
        painter.drawEllipse(spot)

    def _place(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        """Return where the title is, as if the window ran from left to right."""
        row: QRect = option.rect
        return row.adjusted(INSET + PADDING + self._indent(index), 0, -INSET - PADDING, 0)

    def _has_pin(self, index: Index) -> bool:
        """Whether a row shows that it is pinned; under "Pinned" that need not be said."""
        row: Row = index.data(ROW)
        return isinstance(row, ConversationSummary) and row.pinned and not row.archived and bool(index.data(FILED))

    def _indent(self, index: Index) -> int:
        row: Row = index.data(ROW)
        heads = isinstance(row, Matter) or row is Group.ARCHIVED
        return STEP if heads or index.data(FILED) else 0

    def _seen(self, option: QStyleOptionViewItem, place: QRect) -> QRect:
        """Return a place as it is in a window of this direction."""
        return QStyle.visualRect(option.direction, option.rect, place)
