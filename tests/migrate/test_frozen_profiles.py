"""Every profile that was ever released opens, with everything in it."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from desktop.core.paths import Profile
from desktop.sealed import keys
from desktop.sealed.reader import SealedReader
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.vault import Vault
from tests.migrate.freeze import PROFILES, RECOVERY, files_of, freeze, recordings_of
from tests.migrate.reading import plain

FROZEN = sorted(one.name for one in PROFILES.iterdir()) if PROFILES.exists() else []


def holds_what_is_expected(profile: Profile) -> None:
    vault = Vault(profile, lambda: None)
    key = vault.open()
    assert vault.open((profile.root / RECOVERY).read_text()) == key
    database = Database(profile.database, keys.derive(key, "database"))
    database.migrate(profile.backups)
    attachments = AttachmentStore(database, files_of(profile, key))
    attachments.sweep()
    store = ConversationStore(database, freed=attachments.collect)
    expected = json.loads((profile.root / "expected.json").read_text())
    spoken, recorded = expected.pop("spoken", {}), expected.pop("recordings", [])
    assert plain(store) == expected
    for word, titles in spoken.items():
        assert [one.title for one in store.search(word)] == titles
    assert [one.seconds for one in recordings_of(profile, key).broken_off()] == recorded
    assert [one.title for one in store.search("three months")] == ["Notice periods"]
    named = [one["attached"] for talk in expected["conversations"] for one in talk["messages"] if "attached" in one]
    for file in (one for attached in named for one in attached):
        with attachments.open(file["digest"], file["name"]) as source:
            assert hashlib.sha256(SealedReader(source.file, source.key or b"").read()).hexdigest() == file["digest"]
    database.close()


@pytest.mark.parametrize("name", FROZEN)
def test_a_frozen_profile_opens_with_everything_in_it(name: str, tmp_path: Path) -> None:
    shutil.copytree(PROFILES / name, tmp_path / "p")
    holds_what_is_expected(Profile(tmp_path / "p"))


def test_a_profile_of_today_opens(tmp_path: Path) -> None:
    freeze(tmp_path / "p")
    holds_what_is_expected(Profile(tmp_path / "p"))
