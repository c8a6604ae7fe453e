"""The page that says what protects the conversations, and changes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.events import Event, RecoveryCodeMade, VaultChanged
from desktop.ui.i18n import translate
from desktop.ui.vault.commands import VaultCommands
from desktop.ui.vault.passphrase_form import PassphraseForm
from desktop.ui.vault.protections import Protection, known
from desktop.ui.widgets.buttons import IconButton, TextButton
from desktop.ui.widgets.labels import Pictogram, PlainLabel

WIDTH = 560


class VaultPage(QScrollArea):
    """Protection in plain words, the passphrase, the recovery code."""

    left = Signal()

    def __init__(self, vault: VaultCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._protections: tuple[str, ...] = ()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("vault", "Protection of your conversations"))
        self.close_button = IconButton("close", translate("vault", "Back to the conversation"))
        self.close_button.clicked.connect(self.left)
        self.form = PassphraseForm()
        self.form.submitted.connect(vault.set_passphrase)
        self.make_button = TextButton(translate("vault", "Make a recovery code"))
        self.make_button.clicked.connect(vault.make_recovery_code)
        self.code = PlainLabel("", "code", wraps=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(translate("vault", "Your recovery code"))
        self.copy_button = TextButton(translate("vault", "Copy"), "", "copy")
        self.copy_button.clicked.connect(self._copy)
        self.done_button = TextButton(translate("vault", "I have kept it"), "primary")
        self.done_button.clicked.connect(self.forget)
        self._shown = QWidget()
        self._rows = {one.name: self._row(one) for one in known()}
        self._lay_out()
        self._shown.hide()

    def apply(self, event: Event) -> None:
        """Follow what protects the key."""
        match event:
            case VaultChanged(_, protections):
                self._protections = protections
                self._show_protections()
            case RecoveryCodeMade(code):
                self.code.setText(code)
                self._shown.show()
                self.make_button.hide()
                self.copy_button.setText(translate("vault", "Copy"))
                self.done_button.setFocus()
            case _:
                pass

    def forget(self) -> None:
        """Keep neither the code nor a typed passphrase on the screen."""
        self.code.setText("")
        self.form.forget()
        self._shown.hide()
        self.make_button.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.copy_button.setText(translate("vault", "Copied"))

    def _show_protections(self) -> None:
        for name, row in self._rows.items():
            row.setVisible(name in self._protections)
        self.form.show_state("passphrase" in self._protections)
        again = "recovery" in self._protections
        words_again = translate("vault", "Make a new recovery code")
        self.make_button.setText(words_again if again else translate("vault", "Make a recovery code"))

    def _row(self, protection: Protection) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(Pictogram(protection.icon, "accent", 20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(protection.heading, "heading"))
        words.addWidget(PlainLabel(protection.text, "muted", wraps=True))
        line.addLayout(words, 1)
        row.hide()
        return row

    def _lay_out(self) -> None:
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(24, 24, 24, 32)
        column = QVBoxLayout()
        column.setSpacing(12)
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        holder.setLayout(column)
        across.addStretch(1)
        across.addWidget(holder, 100)
        across.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(translate("vault", "Protection of your conversations"), "title", wraps=True), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(
            PlainLabel(
                translate(
                    "vault",
                    "Everything you ask and everything the model answers is stored encrypted on this computer. "
                    "This is what guards the key:",
                ),
                "muted",
                wraps=True,
            )
        )
        states = QVBoxLayout()
        states.setSpacing(14)
        for row in self._rows.values():
            states.addWidget(row)
        column.addWidget(self._card(states))
        column.addWidget(self._passphrase_card())
        column.addWidget(self._recovery_card())
        column.addStretch(1)
        self.setWidget(page)

    def _passphrase_card(self) -> QFrame:
        inside = QVBoxLayout()
        inside.setSpacing(8)
        inside.addWidget(PlainLabel(translate("vault", "Passphrase"), "heading"))
        inside.addWidget(
            PlainLabel(
                translate(
                    "vault",
                    "With a passphrase Inglenook asks for it at each start. "
                    "If you forget it, only a recovery code opens your conversations.",
                ),
                "muted",
                wraps=True,
            )
        )
        inside.addWidget(self.form)
        return self._card(inside)

    def _recovery_card(self) -> QFrame:
        inside = QVBoxLayout()
        inside.setSpacing(8)
        inside.addWidget(PlainLabel(translate("vault", "Recovery code"), "heading"))
        inside.addWidget(
            PlainLabel(
                translate(
                    "vault",
                    "The way back when the passphrase is forgotten or this computer loses its keyring. "
                    "Keep it on paper or in a safe place that is not this computer. An older code stops working.",
                ),
                "muted",
                wraps=True,
            )
        )
        shown = QVBoxLayout(self._shown)
        shown.setContentsMargins(0, 4, 0, 0)
        shown.setSpacing(8)
        shown.addWidget(self.code)
        shown.addWidget(PlainLabel(translate("vault", "It is shown only this once."), "small"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.done_button)
        buttons.addStretch(1)
        shown.addLayout(buttons)
        inside.addWidget(self._shown)
        row = QHBoxLayout()
        row.addWidget(self.make_button)
        row.addStretch(1)
        inside.addLayout(row)
        return self._card(inside)

    def _card(self, inside: QVBoxLayout) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        inside.setContentsMargins(20, 18, 20, 18)
        card.setLayout(inside)
        return card
