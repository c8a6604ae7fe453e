"""The form that sets or changes the passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.vault.strength import SHORTEST, Strength, strength
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel


class PassphraseForm(QWidget):
    """The passphrase twice, and how hard it is to guess."""

    submitted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = self._field(translate("vault", "New passphrase"))
        self.second = self._field(translate("vault", "The same again"))
        self.hint = PlainLabel("", "small", wraps=True)
        self.button = TextButton(translate("vault", "Set passphrase"), "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self.first, self.second, self.hint):
            column.addWidget(one)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        self.first.textChanged.connect(self._follow)
        self.second.textChanged.connect(self._follow)
        self.second.returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self._follow()

    def show_state(self, has_passphrase: bool) -> None:
        """Say whether it is the first passphrase or another one."""
        words = translate("vault", "Change passphrase") if has_passphrase else translate("vault", "Set passphrase")
        self.button.setText(words)
        self.button.setAccessibleName(words)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.first.clear()
        self.second.clear()

    def _field(self, text: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(text)
        field.setAccessibleName(text)
        return field

    def _follow(self) -> None:
        rated = strength(self.first.text())
        same = self.first.text() == self.second.text()
        self.hint.setText(_advice(rated, bool(self.first.text()), bool(self.second.text()), same))
        self.button.setEnabled(rated is not Strength.TOO_SHORT and same)

    def _submit(self) -> None:
        if self.button.isEnabled():
            text = self.first.text()
            self.forget()
            self.submitted.emit(text)


def _advice(rated: Strength, begun: bool, repeated: bool, same: bool) -> str:
    if not begun:
        return translate("vault", "Four or five words that do not belong together are easy to keep and hard to guess.")
    if repeated and not same and rated is not Strength.TOO_SHORT:
        return translate("vault", "The two do not match yet.")
    match rated:
        case Strength.TOO_SHORT:
            return translate("vault", "Too short: at least {count} characters.", count=SHORTEST)
        case Strength.WEAK:
            return translate("vault", "Easy to guess. Add a word or two.")
        case Strength.FAIR:
            return translate("vault", "Fair. One more word makes it strong.")
        case Strength.STRONG:
            return translate("vault", "Strong.")
