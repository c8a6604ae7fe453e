"""The list of conversations: open, rename, pin, archive, delete, by mouse and by keyboard."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.core.conversations import ConversationId, ConversationSummary
from desktop.ui.assets import IconName, icon
from desktop.ui.history.list_delegate import ConversationDelegate
from desktop.ui.history.list_model import ConversationListModel
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import tint
from desktop.ui.widgets.popup import rounded_menu


class ConversationList(QListView):
    """A view that asks; it changes nothing itself."""

    opened = Signal(object)
    pin_toggled = Signal(object)
    archived = Signal(object)
    deleted = Signal(object)

    def __init__(self, model: ConversationListModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = model
        self._delegate = ConversationDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(translate("history", "Conversations"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.clicked.connect(self._open)
        self._delegate.menu_asked.connect(self._menu_at_dots)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._delegate.apply_theme(theme)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete deletes, F2 and the menu key do what they do elsewhere."""
        summary = self._list.summary(self.currentIndex())
        editing = self.state() == QAbstractItemView.State.EditingState
        if summary is not None and not editing:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(summary.id)
                return
            if event.matches(QKeySequence.StandardKey.Delete) or event.key() == Qt.Key.Key_Backspace:
                self.deleted.emit(summary)
                return
            if event.key() == Qt.Key.Key_F2:
                self.edit(self.currentIndex())
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the row under the pointer, or with the current one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if (summary := self._list.summary(index)) is not None:
            place = event.globalPos() if by_mouse else self._below(index)
            self.open_menu(summary, place)

    def open_menu(self, summary: ConversationSummary, place: QPoint) -> None:
        """Show the menu of a conversation at a place of the screen."""
        menu = rounded_menu(self)
        menu.setAccessibleName(translate("history", "Conversation menu"))
        for action in self.actions_of(summary):
            action.setParent(menu)
            menu.addAction(action)
        menu.insertSeparator(menu.actions()[-1])
        menu.popup(place)

    def actions_of(self, summary: ConversationSummary) -> list[QAction]:
        """Return what can be done with a conversation."""
        pin = translate("history", "Unpin") if summary.pinned else translate("history", "Pin")
        rename = self._action("edit", translate("history", "Rename"))
        rename.triggered.connect(lambda: self._edit(summary.id))
        keep = self._action("pin", pin)
        keep.triggered.connect(lambda: self.pin_toggled.emit(summary))
        archive = self._action("archive", translate("history", "Archive"))
        archive.triggered.connect(lambda: self.archived.emit(summary))
        delete = self._action("trash", translate("history", "Delete"))
        delete.triggered.connect(lambda: self.deleted.emit(summary))
        return [rename, keep, archive, delete]

    def _action(self, name: IconName, text: str) -> QAction:
        return QAction(icon(name, tint("muted").name()), text, self)

    def _edit(self, conversation: ConversationId) -> None:
        index = self._list.index_of(conversation)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)

    def _open(self, index: QModelIndex) -> None:
        if (summary := self._list.summary(index)) is not None:
            self.opened.emit(summary.id)

    def _menu_at_dots(self, summary: ConversationSummary) -> None:
        index = self._list.index_of(summary.id)
        self.setCurrentIndex(index)
        row = self.visualRect(index)
        self.open_menu(summary, self.viewport().mapToGlobal(self._delegate.dots(row).bottomLeft()))

    def _below(self, index: QModelIndex) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(20, 0))
