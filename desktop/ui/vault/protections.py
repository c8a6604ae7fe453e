"""What protects the key, in plain words."""

from dataclasses import dataclass

from desktop.ui.assets import IconName
from desktop.ui.i18n import translate


@dataclass(frozen=True, slots=True)
class Protection:
    """One way the key is guarded; `name` is the word of VaultChanged."""

    name: str
    icon: IconName
    heading: str
    text: str


def known() -> tuple[Protection, ...]:
    """Return all that can protect a key, in the order of the page."""
    return (
        Protection(
            "passphrase",
            "key",
            translate("vault", "Passphrase"),
            translate("vault", "Inglenook asks for it at each start. Without it nobody can read your conversations."),
        ),
        Protection(
            "keyring",
            "shield",
            translate("vault", "This computer's keyring"),
            translate("vault", "The key is kept by the system and opens when you log in to your account."),
        ),
        Protection(
            "file",
            "alert",
            translate("vault", "A file on this computer"),
            translate(
                "vault",
                "This computer has no keyring, so the key lies in a file that only your account can read. "
                "Whoever gets hold of this disk can read your conversations. A passphrase changes that.",
            ),
        ),
        Protection(
            "recovery",
            "check",
            translate("vault", "Recovery code"),
            translate("vault", "A code exists that opens your conversations if everything else is lost."),
        ),
    )
