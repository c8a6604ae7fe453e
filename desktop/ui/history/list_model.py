"""The rows of the list of conversations: headings and conversations."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.core.conversations import NEW_CONVERSATION, ConversationId, ConversationSummary
from desktop.core.events import ConversationChanged, ConversationDeleted, ConversationsListed, Event
from desktop.ui.history.grouping import Group, arranged
from desktop.ui.i18n import translate

Index = QModelIndex | QPersistentModelIndex
Row = Group | ConversationSummary
SUMMARY = Qt.ItemDataRole.UserRole + 1
SHOWN = Qt.ItemDataRole.UserRole + 2
NOWHERE = QModelIndex()


def heading(group: Group) -> str:
    """Return the words above a group."""
    match group:
        case Group.PINNED:
            return translate("history", "Pinned")
        case Group.TODAY:
            return translate("history", "Today")
        case Group.WEEK:
            return translate("history", "Last 7 days")
        case Group.OLDER:
            return translate("history", "Older")


def title_of(summary: ConversationSummary) -> str:
    """Return the title to show; an untitled conversation is a new chat."""
    return summary.title.strip() or translate("history", "New chat")


class ConversationListModel(QAbstractListModel):
    """Groups of conversations as one flat list; editing a row asks for a new title."""

    renamed = Signal(object, str)

    def __init__(self, today: Callable[[], date] = date.today, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._summaries: dict[ConversationId, ConversationSummary] = {}
        self._hidden: set[ConversationId] = set()
        self._shown = NEW_CONVERSATION
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Headings and conversations together."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; SUMMARY is None for a heading."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            return heading(row) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        return self._of_conversation(row, role)

    def _of_conversation(self, row: ConversationSummary, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole):
            return title_of(row)
        if role == SUMMARY:
            return row
        return row.id == self._shown if role == SHOWN else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not to be chosen."""
        if self.summary(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a new title; it is shown at once and confirmed by an event."""
        summary = self.summary(index)
        title = " ".join(str(value).split())
        if summary is None or role != Qt.ItemDataRole.EditRole or not title or title == title_of(summary):
            return False
        self._summaries[summary.id] = replace(summary, title=title)
        self._arrange()
        self.renamed.emit(summary.id, title)
        return True

    def apply(self, event: Event) -> None:
        """Follow what happened to the conversations."""
        match event:
            case ConversationsListed(conversations):
                self._summaries = {one.id: one for one in conversations}
                self._arrange()
            case ConversationChanged(summary):
                self._summaries[summary.id] = summary
                self._arrange()
            case ConversationDeleted(conversation):
                self._hidden.discard(conversation)
                if self._summaries.pop(conversation, None):
                    self._arrange()
            case _:
                pass

    def show(self, conversation: ConversationId) -> None:
        """Mark the conversation that is on the page."""
        before, self._shown = self._shown, conversation
        for one in (before, conversation):
            if (index := self.index_of(one)).isValid():
                self.dataChanged.emit(index, index, [SHOWN])

    def hide(self, conversation: ConversationId, on: bool) -> None:
        """Leave a conversation out while its deletion can be undone."""
        (self._hidden.add if on else self._hidden.discard)(conversation)
        self._arrange()

    def regroup(self) -> None:
        """Sort into the groups of today, after midnight."""
        self._arrange()

    def is_hidden(self, conversation: ConversationId) -> bool:
        """Whether its deletion is waiting."""
        return conversation in self._hidden

    def summary(self, index: Index) -> ConversationSummary | None:
        """Return the conversation of a row, None for a heading."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, ConversationSummary) else None

    def find(self, conversation: ConversationId) -> ConversationSummary | None:
        """Return what is known of a conversation."""
        return self._summaries.get(conversation)

    def index_of(self, conversation: ConversationId) -> QModelIndex:
        """Return the row of a conversation, invalid when it is not in the list."""
        for number, row in enumerate(self._rows):
            if isinstance(row, ConversationSummary) and row.id == conversation:
                return self.index(number)
        return QModelIndex()

    def _arrange(self) -> None:
        """Rebuild the rows; unchanged places only repaint, so that scroll and focus stay."""
        rows: list[Row] = []
        shown = (one for one in self._summaries.values() if one.id not in self._hidden)
        for group, members in arranged(shown, self._today()):
            rows += [group, *members]
        if [_identity(one) for one in rows] == [_identity(one) for one in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def _identity(row: Row) -> Group | ConversationId:
    return row if isinstance(row, Group) else row.id
