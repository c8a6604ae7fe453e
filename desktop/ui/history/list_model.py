"""The rows of the list of conversations, as Qt wants them: few at first, more when they come into sight."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.core.conversations import NEW_CONVERSATION, ConversationId, ConversationSummary, Matter
from desktop.core.events import (
    ConversationChanged,
    ConversationDeleted,
    ConversationsListed,
    Event,
    MatterChanged,
)
from desktop.ui.history.arrangement import Arrangement, Group, Hollow, Row
from desktop.ui.history.marks import Mark, Marks
from desktop.ui.history.wording import shown, spoken

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROW = Role.UserRole + 1
SHOWN = Role.UserRole + 2
COUNT = Role.UserRole + 3
OPEN = Role.UserRole + 4
MARK = Role.UserRole + 5
FILED = Role.UserRole + 6
NOWHERE = QModelIndex()
FIRST_ROWS = 200
WORDS = (Role.DisplayRole, Role.EditRole)


class ConversationListModel(QAbstractListModel):
    """Headings, folders and conversations as one flat list; editing a row asks for a new title.

    Every change goes through `_moving`: rows that stay keep their selection, the keyboard and an open editor.
    """

    renamed = Signal(object, str)
    folder_renamed = Signal(object, str)

    def __init__(self, today: Callable[[], date] = date.today, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._rows = Arrangement(today())
        self._marks = Marks()
        self._loaded = FIRST_ROWS
        self._count = 0
        self.shown = NEW_CONVERSATION

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows that were fetched so far."""
        return 0 if parent.isValid() else self._count

    def canFetchMore(self, parent: Index = NOWHERE) -> bool:
        """Whether there are rows below the last one."""
        return not parent.isValid() and self._loaded < len(self._rows)

    def fetchMore(self, parent: Index = NOWHERE) -> None:
        """Fetch as many rows as there are, so that a long way down takes few steps."""
        self.fetch(2 * self._loaded - 1)

    def fetch(self, row: int) -> None:
        """Make sure that a row is fetched."""
        if self._loaded <= row and self.canFetchMore():
            self.beginInsertRows(NOWHERE, self._loaded, min(row, len(self._rows) - 1))
            self._load(row + 1)
            self.endInsertRows()

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid() or not 0 <= index.row() < self.rowCount():
            return None
        row = self._rows.row(index.row())
        if role == ROW:
            return row
        if role in WORDS:
            return shown(row)
        if role == Role.AccessibleTextRole:
            return spoken(row, self._inside(row), self._is_open(row), self._mark(row), self._today())
        return self._look(row, role)

    def _look(self, row: Row, role: int) -> Any:
        match role:
            case _ if role == SHOWN:
                return isinstance(row, ConversationSummary) and row.id == self.shown
            case _ if role == COUNT:
                return self._inside(row)
            case _ if role == OPEN:
                return self._is_open(row)
            case _ if role == MARK:
                return self._mark(row)
            case _ if role == FILED:
                return isinstance(row, Hollow) or self._is_inside(row)
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not to be chosen; folders can be reached, and renamed."""
        flag = Qt.ItemFlag
        match self.row(index):
            case ConversationSummary():
                able = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable | flag.ItemIsDragEnabled
            case Matter():
                able = flag.ItemIsEnabled | flag.ItemIsEditable | flag.ItemIsDropEnabled
            case Group.ARCHIVED:
                able = flag.ItemIsEnabled
            case _:
                return flag.NoItemFlags
        return able | flag.ItemNeverHasChildren

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Ask for a new title or name; it is shown at once and confirmed by an event."""
        row = self.row(index)
        text = " ".join(str(value).split())
        if row is None or role != Role.EditRole or not text or text == shown(row):
            return False
        match row:
            case ConversationSummary(id=id_):
                self._put(replace(row, title=text))
                self.renamed.emit(id_, text)
            case Matter(id=matter):
                self._put_matter(replace(row, name=text))
                self.folder_renamed.emit(matter, text)
            case _:
                return False
        return True

    def apply(self, event: Event) -> None:
        """Follow what happened to the conversations."""
        if self._marks.apply(event, self.shown):
            self._repaint()
        match event:
            case ConversationsListed(matters=matters, shelving=shelving):
                with self._moving():
                    self._rows.fill(shelving, matters)
            case ConversationChanged(summary):
                self._put(summary)
            case ConversationDeleted(conversation):
                self._take(conversation)
            case MatterChanged(matter):
                self._put_matter(matter)
            case _:
                pass

    def show(self, conversation: ConversationId) -> None:
        """Mark the conversation that is on the page."""
        self.shown = conversation
        self._marks.see(conversation)
        self._repaint()

    @contextmanager
    def rearranging(self) -> Iterator[Arrangement]:
        """Hand the rows out to be changed."""
        with self._moving():
            yield self._rows

    def regroup(self) -> None:
        """Sort into the groups of today, after midnight."""
        with self._moving():
            self._rows.regroup(self._today())

    def row(self, index: Index) -> Row | None:
        """Return what stands in a row."""
        return self._rows.row(index.row()) if index.isValid() and index.row() < self.rowCount() else None

    @property
    def arrangement(self) -> Arrangement:
        """The rows, to be read."""
        return self._rows

    def find(self, conversation: ConversationId) -> ConversationSummary | None:
        """Return what is known of a conversation."""
        return self._rows.known.get(conversation)

    def index_of(self, conversation: ConversationId) -> QModelIndex:
        """Return the row of a conversation, invalid when it is not in the list."""
        summary = self.find(conversation)
        return self.index_of_row(summary) if summary is not None else QModelIndex()

    def index_of_row(self, row: Row) -> QModelIndex:
        """Return where a row is; rows above it are fetched."""
        number = self._rows.find(row)
        self.fetch(number)
        return self.index(number) if number >= 0 else QModelIndex()

    def _inside(self, row: Row) -> int:
        match row:
            case Matter(id=matter):
                return self._rows.members(matter)
            case Group.ARCHIVED:
                return self._rows.members(Group.ARCHIVED)
            case _:
                return 0

    def _is_open(self, row: Row) -> bool:
        return self._rows.archive_open if row is Group.ARCHIVED else isinstance(row, Matter) and not row.folded

    def _is_inside(self, row: Row) -> bool:
        """Whether a conversation stands below a folder or in the archive."""
        if not isinstance(row, ConversationSummary):
            return False
        place = self._rows.place(row)
        return place is Group.ARCHIVED or not isinstance(place, Group)

    def _mark(self, row: Row) -> Mark | None:
        """Return the mark of a conversation; a closed folder wears those of its own."""
        if isinstance(row, ConversationSummary):
            return self._marks.of(row.id)
        if not isinstance(row, Matter) or not row.folded:
            return None
        for one in self._marks.marked():
            if (summary := self.find(one)) is not None and self._rows.place(summary) == row.id:
                return self._marks.of(one)
        return None

    def _put(self, summary: ConversationSummary) -> None:
        if self._rows.stays(summary):
            self._rows.put(summary)
            if 0 <= (number := self._rows.find(summary)) < self.rowCount():
                self.dataChanged.emit(self.index(number), self.index(number))
            return
        with self._moving():
            self._rows.put(summary)

    def _take(self, conversation: ConversationId) -> None:
        known = self.find(conversation)
        if known is None or self._rows.place(known) is None:  # it was hidden before
            self._rows.take(conversation)
            return
        with self._moving():
            self._rows.take(conversation)

    def _put_matter(self, matter: Matter) -> None:
        with self._moving():
            self._rows.put_matter(matter)

    def _repaint(self) -> None:
        if count := self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(count - 1), [SHOWN, MARK])

    @contextmanager
    def _moving(self) -> Iterator[None]:
        """Change the rows; what Qt holds on to goes along with them."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = [self._rows.row(one.row()) for one in held]
        yield
        numbers = [self._rows.find(one) for one in rows]
        self._load(max([self._loaded, *(one + 1 for one in numbers)]))
        self.changePersistentIndexList(
            held, [self.createIndex(one, 0) if one >= 0 else QModelIndex() for one in numbers]
        )
        self.layoutChanged.emit()

    def _load(self, rows: int) -> None:
        """Note how many rows may be shown; Qt asks for their number for every single row."""
        self._loaded = rows
        self._count = min(rows, len(self._rows))
