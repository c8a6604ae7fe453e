"""The vault: one random key, wrapped by what a person or their computer has.

The key never changes; protections come and go around it, so a new passphrase rewrites a small file and no data.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.core.errors import KeyFileDamaged, KeyLost, VaultLocked, WrongPassphrase
from desktop.core.paths import Profile
from desktop.sealed import keys, recovery
from desktop.store.files import write_whole
from desktop.store.key_file import KeyFile, Wrap
from desktop.store.keyring import Keyring

FindKeyring = Callable[[], Keyring | None]

PASSPHRASE, KEYRING, RECOVERY, FILE = "passphrase", "keyring", "recovery", "file"


class Vault:
    """Opens and protects the key of one profile."""

    def __init__(self, profile: Profile, find_keyring: FindKeyring) -> None:
        """Look at nothing yet.

        Args:
            profile: whose key it is.
            find_keyring: returns the system's keyring or None; called only when one is needed.
        """
        self._profile = profile
        self._find_keyring = find_keyring

    def exists(self) -> bool:
        """Whether there is a key.

        Raises:
            KeyFileDamaged: there is a store, but the file with its key is gone.
        """
        if self._profile.key_file.exists() or self._old().exists():
            return True
        if self._profile.database.exists():
            raise KeyFileDamaged(name=self._profile.key_file)
        return False

    def protections(self) -> tuple[str, ...]:
        """Return what opens the vault: any of passphrase, keyring, recovery, file."""
        there = self._profile.key_file.exists() or self._old().exists()
        return tuple(one.kind for one in self._read().wraps) if there else ()

    def create(self) -> None:
        """Make a key, kept by the system's keyring, or else by a file that only the user can read.

        Raises:
            FileExistsError: there is a key already; a second one would lose the first.
            KeyFileDamaged: there is a store, but the file with its key is gone.
        """
        if self.exists():
            raise FileExistsError(self._profile.key_file)
        self._profile.root.mkdir(parents=True, exist_ok=True)
        file = KeyFile(secrets.token_hex(8), ())
        key, wrapping = keys.new_key(), keys.new_key()
        keyring = self._find_keyring()
        if keyring is not None and keyring.set(file.id, wrapping.hex()):
            kind = KEYRING
        else:
            kind = FILE
            write_whole(self._profile.local_key, wrapping.hex().encode(), 0o600)
        self._write(file.with_wrap(self._wrap(file, kind, key, wrapping)), key)

    def open(self, secret: str | None = None) -> bytes:
        """Return the vault's key.

        Without a secret the keyring and the local file are tried; with one, the passphrase and the recovery code.

        Raises:
            VaultLocked: a secret is needed.
            WrongPassphrase: the secret opens nothing.
            KeyLost: the keyring or the local file no longer holds what it should, and no secret was given.
            KeyFileDamaged: the file cannot be read.
        """
        file = self._read()
        if secret is not None:
            key = self._open_with(file, secret)
            if key is None:
                raise WrongPassphrase
            self._tidy(file)
            return key
        for wrap in file.wraps:
            wrapping = self._silent(file, wrap)
            if wrapping and (key := keys.unwrap(wrap.wrapped, wrapping, self._context(file, wrap.kind))):
                return key
        if file.wrap(PASSPHRASE):
            raise VaultLocked
        raise KeyLost

    def set_passphrase(self, key: bytes, text: str) -> None:
        """Protect the key with a passphrase; what opened it silently no longer does, a recovery code still does."""
        file = self._read()
        how = keys.new_stretching()
        wrapping = keys.stretch(text, how)
        new = file.without(KEYRING, FILE, PASSPHRASE).with_wrap(self._wrap(file, PASSPHRASE, key, wrapping, how))
        self._write(new, key)
        if file.wrap(KEYRING) and (keyring := self._find_keyring()):
            keyring.delete(file.id)
        self._profile.local_key.unlink(missing_ok=True)

    def make_recovery_code(self, key: bytes) -> str:
        """Return a new recovery code, which is kept nowhere; an older one stops working."""
        file = self._read()
        code = recovery.new_code()
        wrapping = recovery.wrapping_key(recovery.read_code(code) or "")
        self._write(file.without(RECOVERY).with_wrap(self._wrap(file, RECOVERY, key, wrapping)), key)
        return code

    def _open_with(self, file: KeyFile, secret: str) -> bytes | None:
        wrap = file.wrap(PASSPHRASE)
        if wrap and wrap.stretching:
            wrapping = keys.stretch(secret, wrap.stretching)
            if key := keys.unwrap(wrap.wrapped, wrapping, self._context(file, PASSPHRASE)):
                return key
        code = recovery.read_code(secret)
        wrap = file.wrap(RECOVERY)
        if code and wrap:
            return keys.unwrap(wrap.wrapped, recovery.wrapping_key(code), self._context(file, RECOVERY))
        return None

    def _tidy(self, file: KeyFile) -> None:
        """Finish a change of passphrase that a crash cut short: what opened the vault before must not stay."""
        if file.wrap(FILE) or file.wrap(KEYRING) or not self._profile.key_file.exists():
            return
        with suppress(OSError, ValueError):
            if KeyFile.load(self._profile.key_file.read_text(encoding="utf-8")) == file:
                self._old().unlink(missing_ok=True)
                self._profile.local_key.unlink(missing_ok=True)

    def _silent(self, file: KeyFile, wrap: Wrap) -> bytes | None:
        try:
            if wrap.kind == KEYRING and (keyring := self._find_keyring()):
                return bytes.fromhex(keyring.get(file.id) or "")
            if wrap.kind == FILE:
                return bytes.fromhex(self._profile.local_key.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return None

    def _wrap(self, file: KeyFile, kind: str, key: bytes, wrapping: bytes, how: keys.Stretching | None = None) -> Wrap:
        return Wrap(kind, keys.wrap(key, wrapping, self._context(file, kind)), how)

    def _context(self, file: KeyFile, kind: str) -> str:
        return f"vault {file.id} {kind}"

    def _read(self) -> KeyFile:
        """Read the key file, or the old one if a crash left the new one unreadable."""
        for path in (self._profile.key_file, self._old()):
            try:
                return KeyFile.load(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
        raise KeyFileDamaged(name=self._profile.key_file)

    def _write(self, file: KeyFile, key: bytes) -> None:
        """Swap in a new key file; the old one stays beside it until the new one was read back and holds the key."""
        path, old = self._profile.key_file, self._old()
        if path.exists():
            write_whole(old, path.read_bytes())
        write_whole(path, file.dump().encode())
        if KeyFile.load(path.read_text(encoding="utf-8")) != file or len(key) != keys.KEY_BYTES:
            old.replace(path)
            raise KeyFileDamaged(name=path)
        old.unlink(missing_ok=True)

    def _old(self) -> Path:
        return self._profile.key_file.with_suffix(".old")
