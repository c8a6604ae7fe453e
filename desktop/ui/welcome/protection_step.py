"""The first step: how the conversations shall be protected."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.welcome.choice_card import ChoiceCard
from desktop.ui.welcome.choices import Choice, offered, way
from desktop.ui.welcome.waiting import Waiting
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import Pictogram, PlainLabel
from desktop.ui.widgets.passphrase_fields import PassphraseFields


class ProtectionStep(QWidget):
    """Offers the ways to protect the key, one card each."""

    chosen = Signal(object, str)
    """The Choice, and the passphrase if that is the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = PassphraseFields()
        self.cards = {one: ChoiceCard(way(one), self._body(one)) for one in Choice}
        self.button = TextButton(translate("welcome", "Continue"), "primary")
        self.problem = PlainLabel("", "danger", wraps=True)
        self.problem.hide()
        self._waiting = Waiting()
        self._waits = False
        self._radios = QButtonGroup(self)
        for card in self.cards.values():
            self._radios.addButton(card.radio)
            card.radio.toggled.connect(self._follow)
        self._lay_out()
        self.show_ways(())
        self.fields.changed.connect(self._follow)
        self.fields.entered.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self._follow()

    @property
    def choice(self) -> Choice | None:
        """What is chosen at the moment."""
        return next((one for one, card in self.cards.items() if card.radio.isChecked()), None)

    def show_ways(self, protections: Collection[str]) -> None:
        """Offer what this computer can do."""
        for choice, card in self.cards.items():
            card.setVisible(choice in offered(protections))

    def begin(self) -> None:
        """Be ready for the keyboard."""
        if self.choice is Choice.PASSPHRASE:
            self.fields.setFocus()
        else:
            self.cards[self.choice or Choice.PASSPHRASE].radio.setFocus()

    def wait(self) -> None:
        """Take no more until it has worked out, or not."""
        self._set_waiting(True)
        self._waiting.begin(translate("welcome", "Protecting your conversations. This takes a moment by design."))

    def fail(self, text: str) -> None:
        """Say what went wrong, and let it be tried again."""
        self._set_waiting(False)
        self.problem.setText(text)
        self.problem.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.problem, text))
        self.begin()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.fields.forget()
        self.problem.hide()
        self._set_waiting(False)

    def _body(self, choice: Choice) -> QWidget | None:
        return self.fields if choice is Choice.PASSPHRASE else None

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Pictogram("shield", "accent", 28))
        column.addWidget(
            PlainLabel(translate("welcome", "How should your conversations be protected?"), "title", wraps=True)
        )
        column.addWidget(
            PlainLabel(
                translate(
                    "welcome",
                    "Welcome to Inglenook. What you write and what is answered stays on this computer, encrypted. "
                    "Choose who can open it.",
                ),
                "muted",
                wraps=True,
            )
        )
        column.addSpacing(4)
        for card in self.cards.values():
            column.addWidget(card)
        column.addWidget(self.problem)
        column.addWidget(self._waiting)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        column.addLayout(row)

    def _follow(self) -> None:
        secret = self.choice is not Choice.PASSPHRASE or self.fields.are_ready
        self.button.setEnabled(self.choice is not None and secret and not self._waits)

    def _set_waiting(self, on: bool) -> None:
        self._waits = on
        if not on:
            self._waiting.end()
        self.fields.setEnabled(not on)
        for card in self.cards.values():
            card.radio.setEnabled(not on)
        self._follow()

    def _submit(self) -> None:
        choice = self.choice
        if choice is not None and self.button.isEnabled():
            self.problem.hide()
            self.chosen.emit(choice, self.fields.take() if choice is Choice.PASSPHRASE else "")
