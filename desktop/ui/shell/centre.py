"""The middle of the window: top bar, one page at a time, notices."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.events import Event, ModelReady, VaultChanged
from desktop.core.library_events import IndexingProgress
from desktop.ui.notices import WIDTH, NoticeBar
from desktop.ui.shell.services import ConversationPage, Services
from desktop.ui.shell.top_bar import TopBar
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.library.page import LibraryPage
    from desktop.ui.settings.page import SettingsPage
    from desktop.ui.vault.vault_page import VaultPage


class Centre(QWidget):
    """Shows the conversation, the library, the settings or the vault; all but the first are made when asked for."""

    def __init__(
        self,
        top_bar: TopBar,
        chat: ConversationPage,
        notices: NoticeBar,
        services: Services,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        assert isinstance(chat, QWidget)
        self._top_bar = top_bar
        self._chat = chat
        self._notices = notices
        self._services = services
        self._vault_page: VaultPage | None = None
        self._settings_page: SettingsPage | None = None
        self._library_page: LibraryPage | None = None
        self._theme = theme
        self._latest: dict[type, Event] = {VaultChanged: VaultChanged(False, ())}
        self._title = ""
        self.show_protection: Callable[[], None] = self.show_vault
        self._pages = QStackedWidget()
        self._pages.addWidget(chat)
        self._chat_widget: QWidget = chat
        self._chat.told.connect(notices.tell)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(notices, WIDTH)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top_bar)
        column.addLayout(across)
        column.addWidget(self._pages, 1)

    @property
    def shows_chat(self) -> bool:
        """Whether the conversation is in sight."""
        return self._pages.currentWidget() is self._chat_widget

    def apply(self, event: Event) -> None:
        """Hand an event to the pages and the notices."""
        if isinstance(event, VaultChanged | ModelReady | IndexingProgress):
            self._latest[type(event)] = event
        self._chat.apply(event)
        for page in (self._vault_page, self._settings_page, self._library_page):
            if page is not None:
                page.apply(event)
        self._notices.apply(event)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self._chat.apply_theme(theme)
        if self._library_page is not None:
            self._library_page.apply_theme(theme)

    def show_title(self, title: str) -> None:
        """Name the conversation in the top bar."""
        self._title = " ".join(title.split())
        self._top_bar.title.show_text(self._title if self.shows_chat else "")

    def show_chat(self) -> None:
        """Show the conversation."""
        if self._vault_page is not None:
            self._vault_page.forget()
        self._show(self._chat_widget)

    def record(self) -> None:
        """Begin a recording where it is seen, or end the one under way."""
        self.show_chat()
        if self._chat.voice is not None:
            self._chat.voice.toggle()

    def dictate(self) -> None:
        """Begin a dictation where it is seen, or end the one under way."""
        self.show_chat()
        if self._chat.voice is not None:
            self._chat.voice.toggle_dictation()

    def show_vault(self) -> None:
        """Show what protects the conversations."""
        page = self.vault_page()
        page.apply(self._latest[VaultChanged])
        self._show(page)

    def show_settings(self) -> None:
        """Show the settings."""
        self._show(self.settings_page())

    def show_library(self) -> None:
        """Show the documents."""
        page = self.library_page()
        page.arrive()
        self._show(page)

    def take_keyboard(self) -> None:
        """Give the keyboard to the page in sight."""
        if (page := self._pages.currentWidget()) is not None:
            page.setFocus()

    def vault_page(self) -> "VaultPage":
        """Return the vault page."""
        if self._vault_page is None:
            from desktop.ui.vault.vault_page import VaultPage  # noqa: PLC0415 - not for the start

            self._vault_page = VaultPage(self._services.vault)
            self._vault_page.left.connect(self.show_chat)
            self._pages.addWidget(self._vault_page)
        return self._vault_page

    def settings_page(self) -> "SettingsPage":
        """Return the page of settings."""
        if self._settings_page is None:
            from desktop.ui.settings.page import SettingsPage  # noqa: PLC0415 - not for the start

            services = self._services
            page = SettingsPage(
                services.settings,
                services.models,
                services.speech,
                services.embedders,
                services.profile,
                self._notices.tell,
            )
            page.left.connect(self.show_chat)
            page.vault_asked.connect(lambda: self.show_protection())
            for event in self._latest.values():
                page.apply(event)
            self._pages.addWidget(page)
            self._settings_page = page
        return self._settings_page

    def library_page(self) -> "LibraryPage":
        """Return the page of the documents."""
        if self._library_page is None:
            from desktop.ui.library.page import LibraryPage  # noqa: PLC0415 - not for the start

            page = LibraryPage(self._services.library, self._services.embedders, self._notices.tell, self._theme)
            page.left.connect(self.show_chat)
            for event in self._latest.values():
                page.apply(event)
            self._pages.addWidget(page)
            self._library_page = page
        return self._library_page

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.show_title(self._title)
        if self.isVisible():  # not from behind the first run, which has the keyboard
            page.setFocus()
