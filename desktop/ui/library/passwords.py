"""Asks for the passwords of protected documents, without getting in anybody's way."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.core.library_events import PasswordWanted
from desktop.ui.i18n import translate
from desktop.ui.library.commands import IndexingCommands
from desktop.ui.library.password_sheet import PasswordSheet
from desktop.ui.library.wording import short
from desktop.ui.notices import Notice


class Passwords:
    """Opens the sheet when the person wants it, and again at once after a wrong password."""

    def __init__(self, page: QWidget, indexing: IndexingCommands, tell: Callable[[Notice], None]) -> None:
        self._page = page
        self._tell = tell
        self.sheet = PasswordSheet(page)
        self.sheet.given.connect(indexing.give_password)

    def apply(self, event: PasswordWanted) -> None:
        """Ask, or only say that a password is wanted: many documents may be locked."""
        source = event.source
        if not self._page.isVisible():
            return
        if event.wrong:
            self.sheet.ask(source, wrong=True)
            return
        words = translate("library", "“{name}” is protected with a password.", name=short(source.name))
        action = translate("library", "Enter the password")
        self._tell(Notice(words, action=action, act=lambda: self.sheet.ask(source), seconds=0))
