"""What opens the vault, what does not, and that no change can lock a person out."""

import json
from pathlib import Path

import pytest

from desktop.core.errors import KeyFileDamaged, KeyLost, VaultLocked, WrongPassphrase
from desktop.core.paths import Profile
from desktop.store.vault import Vault


class FakeKeyring:
    """A keyring in memory."""

    def __init__(self, *, takes: bool = True) -> None:
        self.secrets: dict[str, str] = {}
        self._takes = takes

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> bool:
        if self._takes:
            self.secrets[name] = secret
        return self._takes

    def delete(self, name: str) -> None:
        self.secrets.pop(name, None)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "p")


def made(profile: Profile, keyring: FakeKeyring | None = None) -> Vault:
    vault = Vault(profile, lambda: keyring)
    vault.create()
    return vault


def test_without_a_keyring_the_key_lies_in_a_file_only_the_user_can_read(profile: Profile) -> None:
    vault = made(profile)
    assert vault.protections() == ("file",)
    assert len(vault.open()) == 32
    assert profile.local_key.stat().st_mode & 0o077 == 0
    assert vault.open().hex() not in profile.key_file.read_text() + profile.local_key.read_text()


def test_with_a_keyring_no_file_opens_it(profile: Profile) -> None:
    keyring = FakeKeyring()
    vault = made(profile, keyring)
    assert vault.protections() == ("keyring",)
    assert len(vault.open()) == 32
    assert not profile.local_key.exists()


def test_a_keyring_that_does_not_take_the_secret_is_not_relied_on(profile: Profile) -> None:
    assert made(profile, FakeKeyring(takes=False)).protections() == ("file",)


def test_a_passphrase_takes_the_place_of_what_opened_silently(profile: Profile) -> None:
    keyring = FakeKeyring()
    vault = made(profile, keyring)
    key = vault.open()
    vault.set_passphrase(key, "correct horse")
    assert vault.protections() == ("passphrase",)
    assert keyring.secrets == {}
    with pytest.raises(VaultLocked):
        vault.open()
    with pytest.raises(WrongPassphrase):
        vault.open("wrong horse")
    assert vault.open("correct horse") == key
    vault.set_passphrase(key, "another")
    with pytest.raises(WrongPassphrase):
        vault.open("correct horse")
    assert vault.open("another") == key


def test_a_recovery_code_opens_when_the_passphrase_is_forgotten(profile: Profile) -> None:
    vault = made(profile)
    key = vault.open()
    first = vault.make_recovery_code(key)
    vault.set_passphrase(key, "forgotten")
    assert vault.open(first.lower()) == key
    second = vault.make_recovery_code(key)
    assert vault.open(second) == key
    with pytest.raises(WrongPassphrase):
        vault.open(first)
    assert second not in profile.key_file.read_text()


def test_a_lost_keyring_is_told_and_the_recovery_code_opens(profile: Profile) -> None:
    keyring = FakeKeyring()
    vault = made(profile, keyring)
    key = vault.open()
    code = vault.make_recovery_code(key)
    keyring.secrets.clear()
    with pytest.raises(KeyLost):
        vault.open()
    assert vault.open(code) == key


def test_a_store_without_its_key_file_never_gets_a_new_key(profile: Profile) -> None:
    vault = made(profile)
    profile.database.write_bytes(b"there")
    profile.key_file.unlink()
    with pytest.raises(KeyFileDamaged):
        vault.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 2}', '{"version": 1, "id": "x", "wraps": [{}]}'])
def test_a_damaged_key_file_is_told(profile: Profile, content: str) -> None:
    vault = made(profile)
    profile.key_file.write_text(content)
    with pytest.raises(KeyFileDamaged):
        vault.open()


def test_a_crash_between_old_and_new_key_file_still_opens(profile: Profile) -> None:
    vault = made(profile)
    key = vault.open()
    profile.key_file.with_suffix(".old").write_bytes(profile.key_file.read_bytes())
    profile.key_file.write_text("{ torn")
    assert vault.open() == key


def test_a_changed_wrap_does_not_open(profile: Profile) -> None:
    vault = made(profile)
    found = json.loads(profile.key_file.read_text())
    found["wraps"][0]["kind"] = "keyring"
    profile.key_file.write_text(json.dumps(found))
    with pytest.raises(KeyLost):
        vault.open()
