"""Which rows the list of conversations has. Pure, in the person's time zone.

Every place of the list is a sorted list of its own, so that one change costs a binary search and not a walk
through ten thousand conversations.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import chain

from desktop.core.conversations import GENERAL, ConversationId, ConversationSummary, Matter, MatterId
from desktop.core.shelving import Shelving, order
from desktop.core.value import value

WEEK = timedelta(days=6)


class Group(Enum):
    """The groups, in the order of the list; the folders stand below FOLDERS."""

    PINNED = 0
    FOLDERS = 1
    TODAY = 2
    WEEK = 3
    OLDER = 4
    ARCHIVED = 5


@value
class Hollow:
    """The row below an open folder that holds nothing."""

    matter: MatterId


@value
class Doom:
    """A folder whose deletion can still be undone: whether its conversations are kept, and which they are."""

    keep: bool
    inside: set[ConversationId]


Row = Group | Matter | Hollow | ConversationSummary
Place = Group | MatterId
RECENT = (Group.TODAY, Group.WEEK, Group.OLDER)


class Arrangement:
    """The conversations in their places, and the rows that these make."""

    def __init__(self, today: date) -> None:
        self.matters: dict[MatterId, Matter] = {}
        self.known: dict[ConversationId, ConversationSummary] = {}
        self.archive_open = False
        self._places: defaultdict[Place, list[ConversationSummary]] = defaultdict(list)
        self._hidden: set[ConversationId] = set()
        self._doomed: dict[MatterId, Doom] = {}
        self._folders: list[Matter] = []
        self._keys: list[Place] = []
        self._starts: list[int] = [0]
        self._set_day(today)

    def __len__(self) -> int:
        """How many rows there are."""
        return self._starts[-1]

    def __iter__(self) -> Iterator[Row]:
        """All rows, from top to bottom."""
        return chain.from_iterable(self._rows_of(place) for place in self._keys)

    @property
    def folders(self) -> list[Matter]:
        """The folders in the order of the list."""
        return list(self._folders)

    def fill(self, shelving: Shelving, matters: Iterable[Matter]) -> None:
        """Take over a sorted list; what is hidden stays hidden."""
        self.matters = {one.id: one for one in matters}
        self.known = dict(shelving.known)
        self._folders = []
        self._places.clear()
        self._places[Group.PINNED] = list(shelving.pinned)
        self._places[Group.ARCHIVED] = list(shelving.archived)
        self._split(shelving.recent)
        for matter, members in shelving.filed.items():
            self._places[matter] = list(members)
        hidden, doomed = self._hidden, self._doomed
        self._hidden, self._doomed = set(), {}
        self.hide(hidden, on=True)
        for matter, doom in doomed.items():
            if matter in self.matters:
                self.doom(matter, doom.keep)
        self._sort()

    def put(self, summary: ConversationSummary) -> None:
        """Add a conversation, or move it to where it belongs now."""
        self._remove(summary.id)
        self.known[summary.id] = summary
        if (doom := self._doomed.get(summary.matter)) is not None:
            doom.inside.add(summary.id)
        self._insert(summary)
        self._count()

    def take(self, conversation: ConversationId) -> None:
        """Forget a conversation."""
        self._remove(conversation)
        self._hidden.discard(conversation)
        self.known.pop(conversation, None)
        self._count()

    def stays(self, summary: ConversationSummary) -> bool:
        """Whether the conversation would keep its row."""
        old = self.known.get(summary.id)
        place = self.place(summary)
        if old is None or place is None or place != self.place(old):
            return False
        members = self._places[place]
        at = bisect_left(members, order(old), key=order)
        return (at == 0 or order(members[at - 1]) < order(summary)) and (
            at == len(members) - 1 or order(summary) < order(members[at + 1])
        )

    def hide(self, conversations: Iterable[ConversationId], on: bool) -> None:
        """Leave conversations out, or put them back."""
        for one in conversations:
            self._remove(one)
            (self._hidden.add if on else self._hidden.discard)(one)
            if (summary := self.known.get(one)) is not None:
                self._insert(summary)
        self._count()

    def is_hidden(self, conversation: ConversationId) -> bool:
        """Whether it is left out."""
        known = self.known.get(conversation)
        return conversation in self._hidden or (known is not None and self.place(known) is None)

    def doom(self, matter: MatterId, keep: bool) -> None:
        """Show the list as it is without a folder, its conversations kept or not."""
        inside = self._places.pop(matter, [])
        self._doomed[matter] = Doom(keep, {one.id for one in inside})
        for one in inside:
            self._insert(one)
        self._sort()

    def spare(self, matter: MatterId) -> None:
        """Put a folder back."""
        if (doom := self._doomed.get(matter)) is None:
            return
        inside = [self.known[one] for one in doom.inside if one in self.known]
        for one in inside:
            self._remove(one.id)
        del self._doomed[matter]
        for one in inside:
            self._insert(one)
        self._sort()

    def put_matter(self, matter: Matter) -> None:
        """Add a folder, or show it as it is now."""
        self.matters[matter.id] = matter
        self._sort()

    def open_archive(self, on: bool) -> None:
        """Show the archived conversations, or only how many there are."""
        self.archive_open = on
        self._count()

    def regroup(self, today: date) -> None:
        """Sort into the groups of another day."""
        recent = [one for group in RECENT for one in self._places[group]]
        self._set_day(today)
        self._split(recent)
        self._count()

    def place(self, summary: ConversationSummary) -> Place | None:
        """Return where a conversation is shown, None when it is left out."""
        doom = self._doomed.get(summary.matter)
        if summary.id in self._hidden or (doom is not None and not doom.keep and not summary.archived):
            return None
        return self._home(summary, doomed=doom is not None)

    def members(self, place: Place) -> int:
        """Return how many conversations a place holds."""
        return len(self._places[place])

    def row(self, number: int) -> Row:
        """Return a row; it must be there."""
        at = bisect_right(self._starts, number) - 1
        place = self._keys[at]
        below = number - self._starts[at] - 1
        if below < 0:
            return self._head(place)
        members = self._places[place]
        return members[below] if members else Hollow(self._matter(place).id)

    def find(self, row: Row) -> int:
        """Return the number of a row, -1 when it is not in the list."""
        match row:
            case ConversationSummary(id=id_):
                return self._find_conversation(id_)
            case Matter(id=matter):
                return self._start(matter)
            case Hollow(matter):
                start = self._start(matter)
                return start + 1 if start >= 0 and self._length(matter) == 2 and not self._places[matter] else -1
            case Group():
                return self._start(row)

    def _rows_of(self, place: Place) -> Iterable[Row]:
        if place is Group.FOLDERS or not self._is_open(place):
            return (self._head(place),)
        members: Iterable[Row] = self._places[place] or (Hollow(self._matter(place).id),)
        return chain((self._head(place),), members)

    def _find_conversation(self, conversation: ConversationId) -> int:
        summary = self.known.get(conversation)
        place = None if summary is None else self.place(summary)
        if summary is None or place is None or (start := self._start(place)) < 0 or not self._is_open(place):
            return -1
        return start + 1 + bisect_left(self._places[place], order(summary), key=order)

    def _home(self, summary: ConversationSummary, *, doomed: bool) -> Place:
        if summary.archived:
            return Group.ARCHIVED
        if summary.matter != GENERAL and not doomed:
            return summary.matter
        if summary.pinned:
            return Group.PINNED
        if summary.updated >= self._today:
            return Group.TODAY
        return Group.WEEK if summary.updated >= self._week else Group.OLDER

    def _insert(self, summary: ConversationSummary) -> None:
        if (place := self.place(summary)) is not None:
            insort(self._places[place], summary, key=order)

    def _remove(self, conversation: ConversationId) -> None:
        summary = self.known.get(conversation)
        if summary is not None and (place := self.place(summary)) is not None:
            members = self._places[place]
            del members[bisect_left(members, order(summary), key=order)]

    def _split(self, recent: Iterable[ConversationSummary]) -> None:
        ordered = list(recent)
        today = bisect_right(ordered, -self._today, key=_age)
        week = bisect_right(ordered, -self._week, key=_age)
        for group, part in zip(RECENT, (ordered[:today], ordered[today:week], ordered[week:]), strict=True):
            self._places[group] = part

    def _set_day(self, today: date) -> None:
        self._today = datetime.combine(today, time.min).astimezone().timestamp()
        self._week = datetime.combine(today - WEEK, time.min).astimezone().timestamp()

    def _sort(self) -> None:
        """Bring the folders into the order of their names."""
        there = (one for one in self.matters.values() if one.id not in self._doomed)
        self._folders = sorted(there, key=lambda one: (one.name.casefold(), one.id))
        self._count()

    def _count(self) -> None:
        """Work out where each place begins."""
        folders = [one.id for one in self._folders]
        places: list[Place] = [Group.PINNED, Group.FOLDERS, *folders, *RECENT, Group.ARCHIVED]
        self._keys, self._starts = [], [0]
        for place in places:
            if length := self._length(place):
                self._keys.append(place)
                self._starts.append(self._starts[-1] + length)

    def _length(self, place: Place) -> int:
        if place is Group.FOLDERS:
            return 1 if self._folders else 0
        members = self.members(place)
        if isinstance(place, Group) and not members:
            return 0
        return 1 + max(1, members) if self._is_open(place) else 1

    def _is_open(self, place: Place) -> bool:
        if isinstance(place, Group):
            return self.archive_open or place is not Group.ARCHIVED
        return not self.matters[place].folded

    def _start(self, place: Place) -> int:
        return self._starts[self._keys.index(place)] if place in self._keys else -1

    def _head(self, place: Place) -> Row:
        return place if isinstance(place, Group) else self.matters[place]

    def _matter(self, place: Place) -> Matter:
        assert not isinstance(place, Group)
        return self.matters[place]


def _age(summary: ConversationSummary) -> float:
    return -summary.updated
