"""The middle of the window: top bar, the conversation or the vault page, notices."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.events import Event, VaultChanged
from desktop.ui.notices import WIDTH, NoticeBar
from desktop.ui.shell.services import ConversationPage
from desktop.ui.shell.top_bar import TopBar
from desktop.ui.vault.commands import VaultCommands

if TYPE_CHECKING:
    from desktop.ui.vault.vault_page import VaultPage


class Centre(QWidget):
    """Shows one page at a time; the vault page is made when it is first asked for."""

    def __init__(
        self,
        top_bar: TopBar,
        chat: ConversationPage,
        notices: NoticeBar,
        vault: VaultCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        assert isinstance(chat, QWidget)
        self._top_bar = top_bar
        self._chat = chat
        self._notices = notices
        self._vault = vault
        self._vault_page: VaultPage | None = None
        self._protection = VaultChanged(False, ())
        self._title = ""
        self._pages = QStackedWidget()
        self._pages.addWidget(chat)
        self._chat_widget: QWidget = chat
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(notices, WIDTH)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top_bar)
        column.addWidget(self._pages, 1)
        column.addLayout(across)

    @property
    def shows_chat(self) -> bool:
        """Whether the conversation is in sight."""
        return self._pages.currentWidget() is self._chat_widget

    def apply(self, event: Event) -> None:
        """Hand an event to the pages and the notices."""
        if isinstance(event, VaultChanged):
            self._protection = event
        self._chat.apply(event)
        if self._vault_page is not None:
            self._vault_page.apply(event)
        self._notices.apply(event)

    def show_title(self, title: str) -> None:
        """Name the conversation in the top bar."""
        self._title = " ".join(title.split())
        self._top_bar.title.show_text(self._title if self.shows_chat else "")

    def show_chat(self) -> None:
        """Show the conversation."""
        if self._vault_page is not None:
            self._vault_page.forget()
        self._pages.setCurrentWidget(self._chat_widget)
        self.show_title(self._title)
        self._chat_widget.setFocus()

    def show_vault(self) -> None:
        """Show what protects the conversations."""
        page = self.vault_page()
        page.apply(self._protection)
        self._pages.setCurrentWidget(page)
        self.show_title(self._title)
        page.setFocus()

    def vault_page(self) -> "VaultPage":
        """Return the vault page."""
        if self._vault_page is None:
            from desktop.ui.vault.vault_page import VaultPage  # noqa: PLC0415 - not for the start

            self._vault_page = VaultPage(self._vault)
            self._vault_page.left.connect(self.show_chat)
            self._pages.addWidget(self._vault_page)
        return self._vault_page
