"""Draws the list of conversations and edits a title in its row."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.core.conversations import ConversationSummary
from desktop.ui.assets import icon
from desktop.ui.history.drawing import INSET, PADDING, draw_ground, draw_line
from desktop.ui.history.list_model import SHOWN, SUMMARY
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme, mix

Index = QModelIndex | QPersistentModelIndex
ROW = 34
HEADING = 34
MORE = 26
LONGEST_TITLE = 200


class ConversationDelegate(QStyledItemDelegate):
    """A heading is small and muted; a conversation is one line, with its menu behind three dots."""

    menu_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the width is the list's."""
        return QSize(0, ROW if index.data(SUMMARY) else HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        row: QRect = option.rect
        place = row.adjusted(INSET + PADDING, 0, -INSET - PADDING, 0)
        summary: ConversationSummary | None = index.data(SUMMARY)
        if summary is None:
            self._draw_heading(painter, option, place, str(index.data()))
        else:
            self._draw_title(painter, option, index, place)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Edit the title in a plain field."""
        field = QLineEdit(parent)
        field.setMaxLength(LONGEST_TITLE)
        field.setAccessibleName(translate("history", "Title of the conversation"))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the field where the title is."""
        editor.setGeometry(option.rect.adjusted(INSET, 2, -INSET, -2))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Open the menu when the three dots are clicked."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
            and event.button() == Qt.MouseButton.LeftButton
            and index.data(SUMMARY)
            and self.dots(option.rect).contains(event.position().toPoint())
        ):
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.menu_asked.emit(index.data(SUMMARY))
            return True
        return super().editorEvent(event, model, option, index)

    def dots(self, row: QRect) -> QRect:
        """Return where the three dots of a row are."""
        return QRect(row.right() - INSET - MORE - 2, row.top() + (row.height() - MORE) // 2, MORE, MORE)

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str) -> None:
        font = QFont(option.font)
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        draw_line(painter, place.adjusted(0, 8, 0, 0), text)

    def _draw_title(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, place: QRect) -> None:
        state = option.state
        row: QRect = option.rect
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        fill = self._theme.card if index.data(SHOWN) else mix(self._theme.panel, self._theme.card, 0.6) if over else ""
        draw_ground(painter, row, fill, self._theme.accent if focused else "")
        if over or focused:
            picture = icon("more", self._theme.muted)
            picture.paint(painter, self.dots(row).adjusted(4, 4, -4, -4))
            place = place.adjusted(0, 0, -MORE + PADDING - 6, 0)
        painter.setFont(option.font)
        painter.setPen(QColor(self._theme.text))
        draw_line(painter, place, str(index.data()))
