"""Conversations that are dragged onto a folder."""

import os

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.core.conversations import GENERAL, ConversationSummary, Matter, MatterId
from desktop.ui.history.arrangement import Group, Hollow, Row
from desktop.ui.history.list_delegate import ConversationDelegate
from desktop.ui.history.list_model import ConversationListModel
from desktop.ui.history.wording import title_of
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme
from desktop.ui.widgets.choice_list import ChoiceList
from desktop.ui.widgets.drawing import draw_ground, draw_line

CARRIED = "application/x-inglenook-conversations"
PICTURE = QSize(208, 32)


class FilingList(ChoiceList):
    """A list whose selected conversations can be dropped on its folders."""

    dropped = Signal(object, object)
    """A tuple of conversations, and the folder they were dropped on."""

    def __init__(self, model: ConversationListModel, theme: Theme, parent: QWidget | None = None) -> None:
        self.drawn = ConversationDelegate(theme)
        super().__init__(model, self.drawn, translate("history", "Conversations"), parent)
        self.rows = model
        self._sign = QByteArray(os.urandom(16))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)

    def chosen(self) -> tuple[ConversationSummary, ...]:
        """Return the selected conversations in the order of the list, or the one the keyboard is on."""
        numbers = sorted(one.row() for one in self.selectedIndexes()) or [self.currentIndex().row()]
        found = (self.rows.row(self.rows.index(one)) for one in numbers)
        return tuple(one for one in found if isinstance(one, ConversationSummary))

    def folder_at(self, place: QPoint) -> MatterId | None:
        """Return the folder a drop would go to: that of the row; GENERAL outside of folders; None for nowhere."""
        match self.rows.row(self.indexAt(place)):
            case Matter(id=matter) | Hollow(matter) | ConversationSummary(archived=False, matter=matter):
                return matter
            case None | Group.ARCHIVED | Group.FOLDERS | ConversationSummary():
                return None
            case _:
                return GENERAL

    def carried(self) -> QMimeData:
        """Return what a drag carries: only that it is one of this list, which knows its conversations itself."""
        carried = QMimeData()
        carried.setData(CARRIED, self._sign)
        return carried

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry the selected conversations."""
        if chosen := self.chosen():
            drag = QDrag(self)
            drag.setMimeData(self.carried())
            drag.setPixmap(picture(chosen, self.drawn.theme, self))
            drag.exec(Qt.DropAction.MoveAction)
            self._aim(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take conversations of this list."""
        if self._is_ours(event):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which folder would take them."""
        super().dragMoveEvent(event)  # scrolls at the edges
        matter = self.folder_at(event.position().toPoint()) if self._is_ours(event) else None
        self._aim(None if matter is None else self.rows.arrangement.matters.get(matter))
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(matter is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Aim at nothing."""
        super().dragLeaveEvent(event)
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move."""
        self._aim(None)
        matter = self.folder_at(event.position().toPoint()) if self._is_ours(event) else None
        if matter is not None:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.dropped.emit(self.chosen(), matter)
        self.setState(QAbstractItemView.State.NoState)

    def _is_ours(self, event: QDropEvent) -> bool:
        return event.mimeData().data(CARRIED) == self._sign

    def _aim(self, row: Row | None) -> None:
        if row != self.drawn.target:
            self.drawn.target = row
            self.viewport().update()


def picture(conversations: tuple[ConversationSummary, ...], theme: Theme, view: QWidget) -> QPixmap:
    """Return what hangs at the pointer: the title, or how many there are."""
    text = title_of(conversations[0])
    if len(conversations) > 1:
        text = translate("history", "{count} conversations", count=len(conversations))
    ratio = view.devicePixelRatioF()
    made = QPixmap(PICTURE * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    whole = QRect(QPoint(0, 0), PICTURE)
    draw_ground(painter, whole, theme.card, theme.accent)
    painter.setFont(view.font())
    painter.setPen(QColor(theme.text))
    draw_line(painter, whole.adjusted(12, 0, -12, 0), text, view.layoutDirection())
    painter.end()
    return made
