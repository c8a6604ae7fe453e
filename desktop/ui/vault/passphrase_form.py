"""The form that sets or changes the passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.passphrase_fields import PassphraseFields


class PassphraseForm(QWidget):
    """The passphrase twice, and the button that sets it."""

    submitted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = PassphraseFields()
        self.first, self.second, self.hint = self._fields.first, self._fields.second, self._fields.hint
        self.button = TextButton(translate("vault", "Set passphrase"), "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._fields)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        self._fields.changed.connect(self._follow)
        self._fields.entered.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self._follow()

    def show_state(self, has_passphrase: bool) -> None:
        """Say whether it is the first passphrase or another one."""
        words = translate("vault", "Change passphrase") if has_passphrase else translate("vault", "Set passphrase")
        self.button.setText(words)
        self.button.setAccessibleName(words)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._fields.forget()

    def _follow(self) -> None:
        self.button.setEnabled(self._fields.are_ready)

    def _submit(self) -> None:
        if self._fields.are_ready:
            self.submitted.emit(self._fields.take())
