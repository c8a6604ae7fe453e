"""Asks for the password of a document beside a question."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.sources.wording import shortened
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.popup import Popup

WIDTH = 340
LONGEST = 60


class PasswordPopup(Popup):
    """One field.

    Signals:
        given: the password; it is kept in memory only.
    """

    given = Signal(str)

    def __init__(self, name: str, parent: QWidget, *, wrong: bool) -> None:
        super().__init__(translate("chat", "Password of the document"), px(WIDTH), parent)
        words = translate("chat", "Password of {name}", name=shortened(name, LONGEST))
        if wrong:
            words = translate("chat", "That password does not open {name}", name=shortened(name, LONGEST))
        self.content.addWidget(PlainLabel(words, "", self, wraps=True))
        note = translate("chat", "It opens the document now and is not stored.")
        self.content.addWidget(PlainLabel(note, "small", self, wraps=True))
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(words)
        self.field.returnPressed.connect(self._give)
        self.button = TextButton(translate("chat", "Open"), "primary", parent=self)
        self.button.clicked.connect(self._give)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.content.addLayout(row)

    def _give(self) -> None:
        if password := self.field.text():
            self.field.clear()
            self.close()
            self.given.emit(password)
