"""The page of the first run: protection, then the recovery code."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.events import Broke, Event, Failed, RecoveryCodeMade, VaultChanged
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence
from desktop.ui.welcome.choices import Choice
from desktop.ui.welcome.commands import WelcomeCommands
from desktop.ui.welcome.keeping import Keeper
from desktop.ui.welcome.protection_step import ProtectionStep
from desktop.ui.welcome.recovery_step import RecoveryStep

WIDTH = 560


class WelcomePage(QScrollArea):
    """Leads through both steps; emits `finished` when the person may begin."""

    finished = Signal()

    def __init__(self, vault: WelcomeCommands, keeper: Keeper | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._choice: Choice | None = None
        self._waits_for_passphrase = False
        self._waits_for_code = False
        self.protection = ProtectionStep()
        self.recovery = RecoveryStep(keeper or Keeper())
        self._lay_out()
        self._turn_to(self.protection)
        self.protection.chosen.connect(self._protect)
        self.recovery.asked.connect(self._make_code)
        self.recovery.went_back.connect(self._go_back)
        self.recovery.done.connect(self._finish)

    def apply(self, event: Event) -> None:
        """Follow what became of what was asked."""
        match event:
            case VaultChanged(_, protections):
                self.protection.show_ways(protections)
                if self._waits_for_passphrase and "passphrase" in protections:
                    self._waits_for_passphrase = False
                    self._go_on()
                    self._make_code()
            case RecoveryCodeMade(code) if self._waits_for_code:
                self._waits_for_code = False
                self.recovery.show_code(code)
            case Failed(error):
                self._fail(sentence(error))
            case Broke():
                self._fail(translate("welcome", "Something unexpected happened. Nothing was changed. Try again."))
            case _:
                pass

    def forget(self) -> None:
        """Keep no secret, in sight or out of sight."""
        self._waits_for_passphrase = self._waits_for_code = False
        self.protection.forget()
        self.recovery.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for the keyboard."""
        super().showEvent(event)
        if not event.spontaneous() and self.recovery.isHidden():
            self.protection.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep no secret once another page is in sight."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.forget()

    def _protect(self, choice: Choice, secret: str) -> None:
        self._choice = choice
        if choice is Choice.PASSPHRASE:
            self._waits_for_passphrase = True
            self.protection.wait()
            self._vault.set_passphrase(secret)
        else:
            self._go_on()

    def _make_code(self) -> None:
        self._waits_for_code = True
        self.recovery.wait()
        self._vault.make_recovery_code()

    def _go_on(self) -> None:
        assert self._choice is not None
        self.protection.forget()
        self._turn_to(self.recovery)
        self.recovery.begin(self._choice)

    def _go_back(self) -> None:
        self.recovery.forget()
        self._turn_to(self.protection)
        self.protection.begin()

    def _finish(self) -> None:
        self.forget()
        self.finished.emit()

    def _fail(self, text: str) -> None:
        """Say it where it was asked for; what else fails is no matter of this page."""
        if self._waits_for_passphrase:
            self._waits_for_passphrase = False
            self.protection.fail(text)
        elif self._waits_for_code:
            self._waits_for_code = False
            self.recovery.fail(text)

    def _turn_to(self, step: QWidget) -> None:
        for one in (self.protection, self.recovery):
            one.setVisible(one is step)
        self.setAccessibleName(
            translate("welcome", "Recovery code")
            if step is self.recovery
            else translate("welcome", "Protection of your conversations")
        )
        self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page, holder = QWidget(), QWidget()
        holder.setMaximumWidth(px(WIDTH))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addWidget(self.protection)
        column.addWidget(self.recovery)
        column.addStretch(3)
        across = QHBoxLayout(page)
        across.setContentsMargins(24, 32, 24, 32)
        across.addStretch(1)
        across.addWidget(holder, 100)
        across.addStretch(1)
        self.setWidget(page)
