"""The fields where a passphrase is chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.strength import SHORTEST, Strength, strength

SECRET = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhHiddenText
)


class PassphraseFields(QWidget):
    """The passphrase twice, and how hard it is to guess."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = _field(translate("vault", "New passphrase"))
        self.second = _field(translate("vault", "The same again"))
        self.hint = PlainLabel("", "small", wraps=True)
        self.setFocusProxy(self.first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self.first, self.second, self.hint):
            column.addWidget(one)
        self.first.textChanged.connect(self._follow)
        self.second.textChanged.connect(self._follow)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)
        self._follow()

    @property
    def are_ready(self) -> bool:
        """Whether the same passphrase of some length was typed twice."""
        text = self.first.text()
        return strength(text) is not Strength.TOO_SHORT and text == self.second.text()

    def take(self) -> str:
        """Return the passphrase and keep nothing of it."""
        text = self.first.text()
        self.forget()
        return text

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.first.clear()
        self.second.clear()

    def _follow(self) -> None:
        first, second = self.first.text(), self.second.text()
        self.hint.setText(_advice(strength(first), bool(first), bool(second), first == second))
        self.first.setAccessibleDescription(self.hint.text())
        self.changed.emit()


def _field(text: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(SECRET)
    field.setPlaceholderText(text)
    field.setAccessibleName(text)
    return field


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
