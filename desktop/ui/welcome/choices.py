"""The ways to protect the conversations at the first start, and plainly what each means."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from desktop.ui.i18n import translate


class Choice(StrEnum):
    """What the person chose; the last two ask for no secret."""

    PASSPHRASE = "passphrase"
    KEYRING = "keyring"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to protect the conversations, in words."""

    choice: Choice
    heading: str
    text: str
    means: str
    """What somebody else could do."""
    code: str
    """What the recovery code is for."""
    skipping: str = ""
    """What it means to have no recovery code; empty when there must be one."""
    tag: str = ""


def offered(protections: Collection[str]) -> tuple[Choice, ...]:
    """Return the choices on a computer whose key is guarded by these, as the vault names them.

    Where there is a keyring the key is in it already, so "no extra protection" would be another name for the same.
    """
    return (Choice.PASSPHRASE, Choice.KEYRING if "keyring" in protections else Choice.NOTHING)


def way(choice: Choice) -> Way:
    """Return the words of a choice."""
    match choice:
        case Choice.PASSPHRASE:
            return Way(
                choice,
                translate("welcome", "A passphrase"),
                translate("welcome", "Inglenook asks for it at each start."),
                translate("welcome", "Without it nobody can read them, even if this computer is stolen."),
                translate("welcome", "The code opens your conversations if you forget the passphrase."),
                tag=translate("welcome", "Safest"),
            )
        case Choice.KEYRING:
            return Way(
                choice,
                translate("welcome", "This computer's keyring"),
                translate("welcome", "Nothing to type: it opens when you log in to your account."),
                translate("welcome", "Anyone who can use your account can read them."),
                translate("welcome", "The code opens your conversations if this computer loses its keyring."),
                translate(
                    "welcome",
                    "Without a code, your conversations are lost if this computer loses its keyring. "
                    "You can make one later.",
                ),
            )
        case Choice.NOTHING:
            return Way(
                choice,
                translate("welcome", "No extra protection for now"),
                translate("welcome", "Nothing to type: the key lies in a file on this computer."),
                translate(
                    "welcome",
                    "Anyone who can use your account can read them, and so can whoever gets hold of this disk. "
                    "You can set a passphrase later.",
                ),
                translate("welcome", "The code opens your conversations if the file with the key is lost."),
                translate(
                    "welcome",
                    "Without a code, your conversations are lost if the file with the key is lost. "
                    "You can make one later.",
                ),
            )
