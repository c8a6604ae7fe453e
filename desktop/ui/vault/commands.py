"""What the vault pages ask of the service of the key."""

from typing import Protocol


class VaultCommands(Protocol):
    """Every command returns at once; the outcome arrives as an event."""

    def announce(self) -> None:
        """Open the store if no secret is needed for it; announces VaultChanged."""

    def unlock(self, secret: str, /) -> None:
        """Open the store with a passphrase or recovery code."""

    def set_passphrase(self, text: str, /) -> None:
        """Protect the key with this passphrase from now on."""

    def make_recovery_code(self) -> None:
        """Make a new recovery code; announces RecoveryCodeMade once."""
