"""Conversations sorted into the places of the list."""

from desktop.core.conversations import ConversationId, ConversationSummary, MatterId
from desktop.core.events import ConversationsListed
from desktop.core.shelving import shelve


def conversation(number: int, updated: float, matter: int = 1, *, pinned: bool = False, archived: bool = False):
    return ConversationSummary(ConversationId(number), "", updated, MatterId(matter), pinned, archived)


def test_every_conversation_is_in_one_place_newest_first() -> None:
    shelving = shelve(
        (
            conversation(1, 10),
            conversation(2, 30),
            conversation(3, 5, pinned=True),
            conversation(4, 10, 7),
            conversation(5, 1, 7, pinned=True),
            conversation(6, 50, 7, archived=True, pinned=True),
            conversation(7, 60, archived=True),
        )
    )
    assert [one.id for one in shelving.pinned] == [3]
    assert [one.id for one in shelving.recent] == [2, 1]
    assert {matter: [one.id for one in members] for matter, members in shelving.filed.items()} == {7: [5, 4]}
    assert [one.id for one in shelving.archived] == [7, 6]
    assert set(shelving.known) == set(range(1, 8))


def test_the_announced_list_is_sorted_where_it_is_made() -> None:
    event = ConversationsListed((conversation(1, 10), conversation(2, 20)))
    assert [one.id for one in event.shelving.recent] == [2, 1]
    assert event == ConversationsListed((conversation(1, 10), conversation(2, 20)))
