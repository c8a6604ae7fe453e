"""The vault: opens the store with its key, changes what protects the key."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.core.errors import KeyLost, VaultLocked
from desktop.core.events import RecoveryCodeMade, VaultChanged
from desktop.core.ports import Publish
from desktop.services.lanes import Work
from desktop.services.shelf import Shelf

if TYPE_CHECKING:
    from desktop.store.vault import Vault


class VaultService:
    """Works on the desk lane: a passphrase takes a good part of a second by design."""

    def __init__(
        self,
        make_vault: "Callable[[], Vault]",
        open_store: Callable[[bytes, Shelf], None],
        shelf: Shelf,
        lane: Work,
        publish: Publish,
    ) -> None:
        """Look at nothing yet.

        Args:
            make_vault: called when the vault is first needed; cryptography is no part of the app's start.
            open_store: puts the store that this key opens on the shelf.
            shelf: where the store is found.
            lane: where the work is done.
            publish: announces.
        """
        self._make_vault = make_vault
        self._open_store = open_store
        self._shelf = shelf
        self._lane = lane
        self._publish = publish
        self._key = b""

    def announce(self) -> None:
        """Open the store if no secret is needed for it, and announce VaultChanged."""
        self._lane.submit(self.open_now)

    def unlock(self, secret: str) -> None:
        """Open the store with a passphrase or recovery code; Failed is announced when it does not open."""
        self._lane.submit(lambda: self.open_now(secret))

    def set_passphrase(self, text: str) -> None:
        """Protect the key with this passphrase from now on."""

        def job() -> None:
            self._vault.set_passphrase(self._opened(), text)
            self._announce()

        self._lane.submit(job)

    def make_recovery_code(self) -> None:
        """Make a new recovery code (an older one stops working); announces RecoveryCodeMade once."""

        def job() -> None:
            code = self._vault.make_recovery_code(self._opened())
            self._publish(RecoveryCodeMade(code))
            self._announce()

        self._lane.submit(job)

    def open_now(self, secret: str | None = None) -> None:
        """Open the store on the calling thread; for the command line and the lane.

        Raises:
            WrongPassphrase: the secret does not open it.
            KeyLost: the keyring has lost the key.
            KeyFileDamaged: there is a store but no key file.
        """
        if self._shelf.open:
            self._announce()
            return
        fresh = not self._vault.exists()
        if fresh:
            self._vault.create()
        try:
            self._key = self._vault.open(secret)
        except VaultLocked:
            self._announce()
            return
        except KeyLost:
            self._announce()
            raise
        self._open_store(self._key, self._shelf)
        self._announce(fresh=fresh)

    @cached_property
    def _vault(self) -> "Vault":
        return self._make_vault()

    def _opened(self) -> bytes:
        if not self._key:
            raise VaultLocked
        return self._key

    def _announce(self, *, fresh: bool = False) -> None:
        self._publish(VaultChanged(not self._shelf.open, self._vault.protections(), fresh))
