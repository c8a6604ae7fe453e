"""Whose a title is."""

import shutil
from pathlib import Path

from desktop.core.conversations import GENERAL, ConversationId
from desktop.core.messages import Message, Role
from desktop.core.paths import Profile
from desktop.sealed import keys
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.vault import Vault
from tests.migrate.freeze import PROFILES


def test_first_words_give_way_to_the_title_of_a_model(store: ConversationStore) -> None:
    made = store.create("What notice period …", GENERAL)
    assert store.titles.is_provisional(made.id)
    given = store.titles.give(made.id, "Notice period")
    assert given is not None
    assert (given.title, given.updated) == ("Notice period", made.updated)
    assert not store.titles.is_provisional(made.id)


def test_a_model_names_a_conversation_once(store: ConversationStore) -> None:
    made = store.create("words", GENERAL)
    store.titles.give(made.id, "First")
    assert store.titles.give(made.id, "Second") is None
    assert store.summary(made.id).title == "First"


def test_what_a_person_named_stays(store: ConversationStore) -> None:
    made = store.create("words", GENERAL)
    store.mark(made.id, title="Mine")
    assert not store.titles.is_provisional(made.id)
    assert store.titles.give(made.id, "Other") is None
    assert store.summary(made.id).title == "Mine"


def test_a_pin_is_no_title(store: ConversationStore) -> None:
    made = store.create("words", GENERAL)
    store.mark(made.id, pinned=True)
    assert store.titles.is_provisional(made.id)


def test_a_conversation_that_is_gone_takes_no_title(store: ConversationStore) -> None:
    assert not store.titles.is_provisional(ConversationId(99))
    assert store.titles.give(ConversationId(99), "Other") is None


def test_title_is_found_in_the_search(store: ConversationStore) -> None:
    made = store.create("words", GENERAL)
    store.ask(made.id, None, Message.of(Role.USER, "words"), "")
    store.titles.give(made.id, "Walrus law")
    assert {one.conversation for one in store.search("walrus")} == {made.id}


def test_titles_from_before_the_mark_count_as_the_persons_own(tmp_path: Path) -> None:
    shutil.copytree(PROFILES / "v1", tmp_path / "p")
    profile = Profile(tmp_path / "p")
    database = Database(profile.database, keys.derive(Vault(profile, lambda: None).open(), "database"))
    database.migrate(profile.backups)
    store = ConversationStore(database)
    assert not any(store.titles.is_provisional(one.id) for one in store.list_all())
    database.close()
