"""Gives a command its verbs: from this process, or from the one that holds the profile."""

import getpass
import sys
import time
from collections.abc import Callable
from typing import Protocol

from desktop.core.errors import ProfileBusy, VaultLocked
from desktop.core.paths import Profile, default_profile
from desktop.services.library_verbs import LibraryVerbs
from desktop.services.models import ModelsService
from desktop.services.remote import RemoteVerbs
from desktop.services.remote_library import RemoteLibraryVerbs
from desktop.services.scribe import Scribe
from desktop.services.shelf import Shelf
from desktop.services.vault import VaultService
from desktop.services.verbs import LocalVerbs, Verbs

WAIT_SECONDS = 60.0
"""How long a command waits for another command of the same profile."""


class Lock(Protocol):
    """The instance lock of a profile."""

    def acquire(self) -> bool: ...  # noqa: D102

    def release(self) -> None: ...  # noqa: D102


class HasLibraryVerbs(Protocol):
    """The part of the library that commands use."""

    @property
    def verbs(self) -> LibraryVerbs: ...  # noqa: D102


class Services(Protocol):
    """What a command needs of the house."""

    @property
    def verbs(self) -> LocalVerbs: ...  # noqa: D102

    @property
    def vault(self) -> VaultService: ...  # noqa: D102

    @property
    def models(self) -> ModelsService: ...  # noqa: D102

    @property
    def shelf(self) -> Shelf: ...  # noqa: D102

    @property
    def library(self) -> HasLibraryVerbs: ...  # noqa: D102

    @property
    def scribe(self) -> Scribe: ...  # noqa: D102

    def close(self) -> None: ...  # noqa: D102


Prepare = Callable[[Profile], Lock]
Build = Callable[[Profile], Services]


class Host:
    """Opens the profile for one command and closes it after."""

    def __init__(self, prepare: Prepare, build: Build, profile: Profile | None = None) -> None:
        self.profile = profile or default_profile()
        self._prepare = prepare
        self._build = build
        self._services: Services | None = None
        self._lock: Lock | None = None

    def verbs(self) -> Verbs:
        """Return the verbs of this profile.

        Raises:
            ProfileBusy: another command held the profile for longer than a minute.
            VaultLocked: it needs a passphrase and there is no terminal to ask at.
        """
        services = self.services()
        return RemoteVerbs(self.profile) if services is None else services.verbs

    def library(self) -> LibraryVerbs:
        """Return the verbs of this profile's library; errors as of `verbs`."""
        services = self.services()
        return RemoteLibraryVerbs(self.profile) if services is None else services.library.verbs

    def services(self) -> Services | None:
        """Take the lock and open the store; None when a window holds the profile."""
        lock = self._prepare(self.profile)
        if not self._take(lock):
            return None
        self.profile.door.unlink(missing_ok=True)  # whoever held the lock before is gone, and so is its door
        self._lock, self._services = lock, self._build(self.profile)
        self._unlock(self._services)
        return self._services

    def scribe(self) -> Scribe:
        """Return who writes speech down, beside whoever holds the profile: nothing is kept, so nothing is opened."""
        self._prepare(self.profile)
        self._services = self._build(self.profile)
        return self._services.scribe

    def close(self) -> None:
        """Close what was opened."""
        if self._services is not None:
            self._services.close()
        if self._lock is not None:
            self._lock.release()

    def _take(self, lock: Lock) -> bool:
        told, until = False, time.monotonic() + WAIT_SECONDS
        while not lock.acquire():
            if self.profile.door.exists():
                return False
            if not told:
                print("Another command is at work; waiting for it to end.", file=sys.stderr)
                told = True
            if time.monotonic() > until:
                raise ProfileBusy
            time.sleep(0.1)
        return True

    def _unlock(self, services: Services) -> None:
        fresh = not self.profile.key_file.exists()
        services.vault.open_now()
        if not services.shelf.open:
            if not sys.stdin.isatty():
                raise VaultLocked
            services.vault.open_now(getpass.getpass("Passphrase: ", sys.stderr))
        if fresh and self.profile.local_key.exists():
            print(
                f"Your conversations are encrypted; this machine has no keyring, so the key lies in "
                f"{self.profile.local_key}, which only you can read.",
                file=sys.stderr,
            )
