"""The page in place of everything else while the conversations are locked."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.errors import KeyLost, VaultLocked, WrongPassphrase
from desktop.core.events import Broke, Event, Failed
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence
from desktop.ui.vault.commands import VaultCommands
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import Pictogram, PlainLabel

WIDTH = 400
SECRET_HELPS = (KeyLost, VaultLocked, WrongPassphrase)
"""Failures that another secret can mend; with every other there is nothing to ask for."""


class UnlockPage(QWidget):
    """Asks for the passphrase; what went wrong is said beside the field."""

    def __init__(self, vault: VaultCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self.setAccessibleName(translate("vault", "Unlock your conversations"))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(translate("vault", "Passphrase or recovery code"))
        self.field.setAccessibleName(translate("vault", "Passphrase or recovery code"))
        self.button = TextButton(translate("vault", "Unlock"), "primary")
        self.problem = PlainLabel("", "danger", wraps=True)
        self.problem.hide()
        self._title = PlainLabel("", "title", wraps=True)
        self._request = PlainLabel(
            translate("vault", "They are encrypted on this computer. Enter your passphrase to open them."),
            "muted",
            wraps=True,
        )
        self._hint = PlainLabel(translate("vault", "Your recovery code works here too."), "small", wraps=True)
        self._lay_out()
        self._ask_for_secret(True)
        self.button.setEnabled(False)
        self.field.textChanged.connect(self._follow)
        self.field.returnPressed.connect(self._unlock)
        self.button.clicked.connect(self._unlock)

    def apply(self, event: Event) -> None:
        """Say why it does not open."""
        match event:
            case Failed(error):
                self._refuse(sentence(error))
                self._ask_for_secret(isinstance(error, SECRET_HELPS))
            case Broke():
                self._refuse(
                    translate(
                        "vault", "Something unexpected happened. Nothing was changed. Restart Inglenook to try again."
                    )
                )
            case _:
                pass

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.field.clear()
        self.problem.hide()
        self._ask_for_secret(True)
        self._wait(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready to type."""
        super().showEvent(event)
        self.field.setFocus()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 32, 32, 28)
        column.setSpacing(12)
        column.addWidget(Pictogram("lock", "accent", 28))
        column.addSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._request)
        column.addSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.problem)
        column.addWidget(self.button)
        column.addWidget(self._hint)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, WIDTH)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)

    def _follow(self, text: str) -> None:
        self.button.setEnabled(bool(text))

    def _unlock(self) -> None:
        if secret := self.field.text():
            self.problem.hide()
            self._wait(True)
            self._vault.unlock(secret)

    def _refuse(self, text: str) -> None:
        self._wait(False)
        self.problem.setText(text)
        self.problem.show()
        self.field.setFocus()
        self.field.selectAll()

    def _ask_for_secret(self, on: bool) -> None:
        locked = translate("vault", "Your conversations are locked")
        self._title.setText(locked if on else translate("vault", "Your conversations cannot be opened"))
        for one in (self._request, self.field, self.button, self._hint):
            one.setVisible(on)

    def _wait(self, waiting: bool) -> None:
        self.field.setEnabled(not waiting)
        self.button.setEnabled(not waiting and bool(self.field.text()))
        self.button.setText(translate("vault", "Unlocking…") if waiting else translate("vault", "Unlock"))
