"""What a person is told when the disk, the file or what they typed is not as it should be."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop.core.conversations import GENERAL, NEW_CONVERSATION, MessageId
from desktop.core.errors import AppError, StoreDamaged, WrongPassphrase
from desktop.core.messages import Message, Role
from desktop.core.paths import Profile
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.settings_file import SettingsFile
from desktop.store.vault import Vault
from tests.store.conftest import KEY

ROOT = Path(__file__).resolve().parents[2]


def user(text: str) -> Message:
    return Message.of(Role.USER, text)


def test_damage_met_while_reading_is_told_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    database = Database(path, KEY)
    database.migrate(tmp_path / "backups")
    store = ConversationStore(database)
    made = store.create("t", GENERAL)
    ids = [store.add(made.id, None, user("word " * 200)).id for _ in range(100)]
    database.close()
    good = path.read_bytes()
    for at in range(5000, len(good), len(good) // 15):
        path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(StoreDamaged):
            read_all(path, ids)


def read_all(path: Path, ids: list[MessageId]) -> None:
    database = Database(path, KEY)
    try:
        database.migrate(path.parent / "backups")
        store = ConversationStore(database)
        for one in ids:
            store.path_to(one)
        store.search("word")
        with database.write() as db:
            db.execute("pragma quick_check")
            assert db.execute("pragma cipher_integrity_check").fetchall() == []
    except AssertionError as error:  # the changed byte lies in a page nobody reads
        raise StoreDamaged(name=path.name) from error
    finally:
        database.close()


def test_a_mistake_of_ours_is_not_told_as_damage(store: ConversationStore) -> None:
    made = store.create("t", GENERAL)
    with pytest.raises(dbapi2.IntegrityError):
        store.add(made.id, MessageId(999), user("x"))
    assert store.thread(made.id).messages == ()


FULL = """
import resource, sys
from pathlib import Path
from desktop.core.errors import StoreFull
from desktop.core.messages import Message, Role
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
database = Database(Path(sys.argv[1]), bytes(range(32)))
database.migrate(Path(sys.argv[1]).parent / "backups")
store = ConversationStore(database)
made = store.create("t", 1)
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, unlimited))
saved = 0
try:
    while True:
        store.add(made.id, None, Message.of(Role.USER, "x " * 2000))
        saved += 1
except StoreFull:
    resource.setrlimit(resource.RLIMIT_FSIZE, (unlimited, unlimited))
    store.add(made.id, None, Message.of(Role.USER, "x after"))
    assert len(store.search("x", 1000)) == saved + 1
    database.close()
    print(*sorted(one.name for one in Path(sys.argv[1]).parent.iterdir()))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no RLIMIT_FSIZE to play a full disk with")
def test_a_full_disk_is_called_full_and_saving_goes_on_when_there_is_room(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    command = [sys.executable, "-c", FULL, str(folder / "s.db")]
    out = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.split()
    assert out == ["s.db"]


def test_half_a_character_does_not_lose_the_question(store: ConversationStore) -> None:
    made = store.create("t \ud83d", GENERAL)
    question, answer = store.ask(made.id, None, user("one \ud83d two \ud83d\ude00"), "")
    store.update(answer.id, Message.of(Role.ASSISTANT, "\udcff"))
    store.save_draft(NEW_CONVERSATION, "draft \udcff")
    assert question.message.text == "one � two 😀"
    assert store.thread(made.id).messages[0] == question
    assert store.draft(NEW_CONVERSATION) == "draft �"
    assert store.search("\ud83d") == ()


def test_an_accent_typed_as_two_characters_is_found(store: ConversationStore) -> None:
    made = store.create("t", GENERAL)
    store.add(made.id, None, user("die cafés in Genf"))
    store.add(made.id, None, user(unicodedata.normalize("NFD", "die cafés in Bern")))
    for query in ("cafés", unicodedata.normalize("NFD", "cafés"), "cafes"):
        assert len(store.search(query)) == 2


@pytest.mark.parametrize("content", ['{"theme": []}', '{"theme": {}}', '{"load": {"kv_type": []}}'])
def test_a_setting_of_the_wrong_kind_does_not_keep_the_program_from_starting(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content)
    defaults = SettingsFile(tmp_path / "none.json").load()
    assert SettingsFile(file).load() == defaults


def test_a_passphrase_opens_however_the_keyboard_sends_its_accents(tmp_path: Path) -> None:
    vault = Vault(Profile(tmp_path / "p"), lambda: None)
    vault.create()
    key = vault.open()
    vault.set_passphrase(key, "Grüße")
    assert vault.open(unicodedata.normalize("NFD", "Grüße")) == key
    with pytest.raises(WrongPassphrase):
        vault.open("\ud83d")


def test_a_second_key_is_never_made_over_the_first(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "p")
    vault = Vault(profile, lambda: None)
    vault.create()
    key = vault.open()
    with pytest.raises(FileExistsError):
        vault.create()
    profile.database.write_bytes(b"x")
    profile.key_file.rename(tmp_path / "away")
    with pytest.raises(AppError):
        vault.create()
    (tmp_path / "away").rename(profile.key_file)
    assert vault.open() == key


def test_what_a_crash_leaves_of_the_old_protection_goes_with_the_next_opening(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "p")
    vault = Vault(profile, lambda: None)
    vault.create()
    key = vault.open()
    before, local = profile.key_file.read_bytes(), profile.local_key.read_bytes()
    vault.set_passphrase(key, "words")
    old = profile.key_file.with_suffix(".old")
    old.write_bytes(before)
    profile.local_key.write_bytes(local)
    assert vault.open("words") == key
    assert not old.exists()
    assert not profile.local_key.exists()
