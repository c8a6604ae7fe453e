"""A list from which one row is taken, by a click or by Enter."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme import Theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowDelegate(QStyledItemDelegate):
    """Draws rows of one height in the colours of a theme; `paint` is the subclass's."""

    def __init__(self, theme: Theme, height: int) -> None:
        super().__init__()
        self.theme = theme
        self.height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        """Return the height of a row, as large as the text is; the width is the list's."""
        return QSize(0, self.theme.px(self.height))


class ChoiceList(QListView):
    """A view without a frame that follows the pointer; it asks and changes nothing itself."""

    taken = Signal(QModelIndex)

    def __init__(
        self, model: QAbstractItemModel, delegate: RowDelegate, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.delegate = delegate
        delegate.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(label)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self.taken)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self.delegate.theme = theme
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the current row."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in ENTER and self.currentIndex().isValid() and not editing:
            self.taken.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def is_over(option: QStyleOptionViewItem) -> bool:
    """Whether the pointer is on the row."""
    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def is_focused(option: QStyleOptionViewItem) -> bool:
    """Whether the keyboard is on the row."""
    return bool(option.state & QStyle.StateFlag.State_HasFocus)
