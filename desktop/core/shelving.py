"""The conversations sorted by where the list shows them.

Pure, so that a lane can do it before the list is announced: the interface thread only takes the result over.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from desktop.core.conversations import GENERAL, ConversationId, ConversationSummary, MatterId
from desktop.core.value import value

Summaries = tuple[ConversationSummary, ...]
Order = tuple[bool, float, int]


@value
class Shelving:
    """Every conversation in one place, each place in the order of the list."""

    pinned: Summaries
    """Pinned ones that are in no folder."""
    recent: Summaries
    """The others that are in no folder."""
    filed: Mapping[MatterId, Summaries]
    """Those of each folder."""
    archived: Summaries
    known: Mapping[ConversationId, ConversationSummary]


def order(summary: ConversationSummary) -> Order:
    """Return what a place is sorted by: pinned first, then newest first; in the archive a pin does not count."""
    return (summary.archived or not summary.pinned, -summary.updated, -summary.id)


def shelve(conversations: Iterable[ConversationSummary]) -> Shelving:
    """Return the conversations by place."""
    known = {one.id: one for one in conversations}
    pinned: list[ConversationSummary] = []
    recent: list[ConversationSummary] = []
    archived: list[ConversationSummary] = []
    filed: dict[MatterId, list[ConversationSummary]] = {}
    for one in sorted(known.values(), key=order):
        if one.archived:
            archived.append(one)
        elif one.matter != GENERAL:
            filed.setdefault(one.matter, []).append(one)
        else:
            (pinned if one.pinned else recent).append(one)
    folders = {matter: tuple(members) for matter, members in filed.items()}
    return Shelving(tuple(pinned), tuple(recent), MappingProxyType(folders), tuple(archived), MappingProxyType(known))
