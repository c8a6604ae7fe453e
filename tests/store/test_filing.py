"""Folders, and what is done with several conversations at once, as the store keeps it."""

import pytest

from desktop.core.conversations import GENERAL, ConversationId, Matter, MatterId
from desktop.core.errors import ConversationMissing
from desktop.core.messages import Message, Role
from desktop.core.ports import Filing
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database


def made(store: ConversationStore, title: str, text: str, matter: MatterId = GENERAL) -> ConversationId:
    conversation = store.create(title, matter).id
    store.add(conversation, None, Message.of(Role.USER, text))
    return conversation


def test_the_store_is_the_port(store: ConversationStore) -> None:
    port: Filing = store.filing
    assert port.matters() == ()


def test_folders_are_made_renamed_and_folded(store: ConversationStore) -> None:
    lease, tax = store.filing.make("Lease"), store.filing.make("Tax")
    assert store.filing.change(lease.id, name="Lease 2025") == Matter(lease.id, "Lease 2025")
    assert store.filing.change(tax.id, folded=True) == Matter(tax.id, "Tax", folded=True)
    assert store.filing.matters() == (Matter(lease.id, "Lease 2025"), Matter(tax.id, "Tax", folded=True))


def test_general_can_neither_be_renamed_nor_removed(store: ConversationStore) -> None:
    assert store.filing.change(GENERAL, name="Mine") is None
    store.filing.remove(GENERAL)
    assert store.create("still works", GENERAL).matter == GENERAL


def test_moved_conversations_are_found_in_their_new_folder_only(store: ConversationStore) -> None:
    folder = store.filing.make("Lease").id
    first, second = made(store, "one", "walrus"), made(store, "two", "walrus")
    store.save_draft(first, "half")
    store.filing.mark([first], matter=folder)
    assert store.summary(first).matter == folder
    assert [hit.conversation for hit in store.search("walrus", matter=folder)] == [first]
    assert [hit.conversation for hit in store.search("walrus", matter=GENERAL)] == [second]
    assert {hit.conversation: hit.matter for hit in store.search("walrus")} == {first: folder, second: GENERAL}
    assert store.draft(first) == "half"


def test_titles_are_searched_in_one_folder_too(store: ConversationStore) -> None:
    folder = store.filing.make("Lease").id
    inside, outside = made(store, "Deposit", "x", folder), made(store, "Deposit", "y")
    assert [hit.conversation for hit in store.search("deposit", matter=folder)] == [inside]
    assert {hit.conversation for hit in store.search("deposit")} == {inside, outside}


def test_hits_in_archived_conversations_say_so(store: ConversationStore) -> None:
    first, second = made(store, "Deposit", "walrus"), made(store, "two", "walrus")
    store.filing.mark([first], archived=True)
    assert {hit.conversation: hit.archived for hit in store.search("walrus")} == {first: True, second: False}
    assert [hit.archived for hit in store.search("deposit")] == [True]


def test_several_are_pinned_and_archived_at_once(store: ConversationStore) -> None:
    ids = [made(store, str(number), "x") for number in range(3)]
    store.filing.mark(ids[:2], pinned=True, archived=True)
    assert [(store.summary(one).pinned, store.summary(one).archived) for one in ids] == [
        (True, True),
        (True, True),
        (False, False),
    ]
    assert len(store.list_all(archived=None)) == 3


def test_a_folder_that_is_not_there_takes_nothing(store: ConversationStore) -> None:
    conversation = made(store, "one", "x")
    store.filing.mark([conversation], matter=MatterId(99))
    assert store.summary(conversation).matter == GENERAL
    assert store.create("new", MatterId(99)).matter == GENERAL
    assert store.filing.change(MatterId(99), name="x") is None


def test_a_removed_folder_leaves_its_conversations_in_general(store: ConversationStore) -> None:
    folder = store.filing.make("Lease").id
    conversation = made(store, "one", "walrus", folder)
    store.save_draft(conversation, "half")
    store.filing.remove(folder)
    assert store.filing.matters() == ()
    assert store.summary(conversation).matter == GENERAL
    assert [hit.matter for hit in store.search("walrus", matter=GENERAL)] == [GENERAL]


def test_several_are_deleted_whole(store: ConversationStore, database: Database) -> None:
    ids = [made(store, f"title{number}", "walrus") for number in range(3)]
    store.save_draft(ids[0], "half")
    store.filing.delete(ids[:2])
    assert [hit.conversation for hit in store.search("walrus")] == ids[2:]
    assert store.search("title0") == ()
    with pytest.raises(ConversationMissing):
        store.summary(ids[0])
    assert database.read().execute("select count(*) from draft").fetchone()[0] == 0
