"""The group of privacy: what guards the conversations, and that nothing leaves."""

from PySide6.QtCore import Signal

from desktop.core.events import Event, VaultChanged
from desktop.ui.i18n import translate
from desktop.ui.settings.finding import Words
from desktop.ui.settings.group import Group
from desktop.ui.settings.row import ButtonRow
from desktop.ui.widgets.buttons import TextButton


class ProtectionGroup(Group):
    """Says what protects, and leads to the page that changes it."""

    vault_asked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.button = TextButton(translate("settings", "Change…"), "", "shield")
        self.button.clicked.connect(self.vault_asked)
        self.guards = ButtonRow(
            Words(
                translate("settings", "Your conversations"),
                translate("settings", "They are stored encrypted on this computer."),
                translate("settings", "vault passphrase password recovery code keyring lock encryption security key"),
            ),
            self.button,
        )
        self.button.setAccessibleName(translate("settings", "Change what protects your conversations"))
        self.add(self.guards)
        self.add(
            ButtonRow(
                Words(
                    translate("settings", "Nothing leaves this computer"),
                    translate(
                        "settings",
                        "Inglenook opens no connection to the internet. What you ask, what you are answered and "
                        "how you use it stays here.",
                    ),
                    translate("settings", "network internet telemetry cloud offline tracking data privacy"),
                )
            )
        )

    def apply(self, event: Event) -> None:
        """Follow what guards the key."""
        if isinstance(event, VaultChanged):
            self.guards.say(_in_words(event.protections))


def _in_words(protections: tuple[str, ...]) -> str:
    names = {
        "passphrase": translate("settings", "your passphrase"),
        "keyring": translate("settings", "this computer's keyring"),
        "file": translate("settings", "a file that only your account can read"),
        "recovery": translate("settings", "a recovery code"),
    }
    told = [names[one] for one in protections if one in names]
    if not told:
        return translate("settings", "They are stored encrypted on this computer.")
    *first, last = told
    guards = translate("settings", "{first} and {last}", first=", ".join(first), last=last) if first else last
    return translate(
        "settings", "They are stored encrypted on this computer. What opens them: {guards}.", guards=guards
    )
