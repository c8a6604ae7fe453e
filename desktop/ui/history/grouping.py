"""Which group of the list a conversation belongs to. Pure, in the person's time zone."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import Enum

from desktop.core.conversations import ConversationSummary


class Group(Enum):
    """The groups, in the order of the list."""

    PINNED = 0
    TODAY = 1
    WEEK = 2
    OLDER = 3


def group(summary: ConversationSummary, today: date) -> Group:
    """Return the group of a conversation on the day `today`."""
    if summary.pinned:
        return Group.PINNED
    age = (today - datetime.fromtimestamp(summary.updated).astimezone().date()).days
    if age < 1:
        return Group.TODAY
    return Group.WEEK if age < 7 else Group.OLDER


def arranged(
    summaries: Iterable[ConversationSummary], today: date
) -> Iterator[tuple[Group, list[ConversationSummary]]]:
    """Yield the groups that hold something, each newest first; archived conversations are left out."""
    groups: dict[Group, list[ConversationSummary]] = {one: [] for one in Group}
    for summary in sorted(summaries, key=lambda one: (one.updated, one.id), reverse=True):
        if not summary.archived:
            groups[group(summary, today)].append(summary)
    for name, members in groups.items():
        if members:
            yield name, members
