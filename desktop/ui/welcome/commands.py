"""What the first run asks of the service of the key."""

from typing import Protocol


class WelcomeCommands(Protocol):
    """Every command returns at once; the outcome arrives as an event."""

    def set_passphrase(self, text: str, /) -> None:
        """Protect the key with this passphrase from now on."""

    def make_recovery_code(self) -> None:
        """Make a new recovery code; announces RecoveryCodeMade once."""
