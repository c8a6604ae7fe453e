"""What stands before the conversations: the page that unlocks them, and that of the first run."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.core.events import Broke, Event, Failed, VaultChanged
from desktop.ui.vault.commands import VaultCommands

if TYPE_CHECKING:
    from desktop.ui.vault.unlock_page import UnlockPage
    from desktop.ui.welcome.welcome_page import WelcomePage


class Gate(QObject):
    """Shows one page of a stack: a gate while there is a reason for one, else the house.

    Signals:
        opened: the conversations can be read, for the first time since the start; carries the VaultChanged.
        welcomed: the person has been through the first run.
    """

    opened = Signal(object)
    welcomed = Signal()

    def __init__(self, stack: QStackedWidget, house: QWidget, vault: VaultCommands, *, new_here: bool) -> None:
        """Show the house until the vault says otherwise.

        Args:
            stack: where the pages are put.
            house: the page behind the gate.
            vault: opens and protects.
            new_here: whether this person has not been through the first run.
        """
        super().__init__(stack)
        self._stack = stack
        self._house = house
        self._vault = vault
        self._new_here = new_here
        self._unlock_page: UnlockPage | None = None
        self._welcome_page: WelcomePage | None = None
        self._was_opened = False
        self.locked = True  # until the vault says that it is open

    @property
    def is_closed(self) -> bool:
        """Whether something stands before the conversations."""
        return self.locked or self._welcome_page is not None

    def apply(self, event: Event) -> bool:
        """Follow what happened; True when it concerned the gate alone."""
        if isinstance(event, VaultChanged):
            self._follow(event)
            return False
        if self._welcome_page is not None:
            self._welcome_page.apply(event)
        elif self.locked and isinstance(event, Failed | Broke):
            self.unlock_page().apply(event)
            self._stack.setCurrentWidget(self.unlock_page())
        else:
            return False
        return isinstance(event, Failed | Broke)

    def unlock_page(self) -> "UnlockPage":
        """Return the page that asks for the passphrase; it is made when it is first needed."""
        if self._unlock_page is None:
            from desktop.ui.vault.unlock_page import UnlockPage  # noqa: PLC0415 - not for the start

            self._unlock_page = UnlockPage(self._vault)
            self._stack.addWidget(self._unlock_page)
        return self._unlock_page

    def _follow(self, event: VaultChanged) -> None:
        self.locked = event.locked
        if event.locked:
            self._stack.setCurrentWidget(self.unlock_page())
            return
        if self._unlock_page is not None:
            self._unlock_page.forget()
        if self._new_here and event.fresh:
            self._welcome()
        if self._welcome_page is not None:
            self._welcome_page.apply(event)
        else:
            self._stack.setCurrentWidget(self._house)
        if not self._was_opened:
            self._was_opened = True
            self.opened.emit(event)

    def _welcome(self) -> None:
        from desktop.ui.welcome.welcome_page import WelcomePage  # noqa: PLC0415 - for the first run only

        self._welcome_page = WelcomePage(self._vault)
        self._welcome_page.finished.connect(self._let_in)
        self._stack.addWidget(self._welcome_page)
        self._stack.setCurrentWidget(self._welcome_page)

    def _let_in(self) -> None:
        page, self._welcome_page = self._welcome_page, None
        self._new_here = False
        self._stack.setCurrentWidget(self._house)
        if page is not None:
            page.forget()
            self._stack.removeWidget(page)
            page.deleteLater()
        self.welcomed.emit()
