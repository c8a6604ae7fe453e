"""What connects a conversation with the documents of the library."""

from typing import Protocol

from desktop.core.conversations import StoredMessage
from desktop.core.settings import Settings
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.commands import DocumentCommands, PasswordCommands
from desktop.ui.chat.documents_beside import DocumentsBeside
from desktop.ui.chat.scope_choosing import ScopeChoosing
from desktop.ui.sources.commands import PageCommands
from desktop.ui.sources.desk import SourcesDesk
from desktop.ui.theme import Theme


class WidthSettings(Protocol):
    """Where it is kept how wide the panel was left."""

    @property
    def current(self) -> Settings:
        """What is chosen now."""

    def change(self, *, sources_width: int) -> None:
        """Keep another width."""


def add_documents(page: ChatPage, library: DocumentCommands, passwords: PasswordCommands | None = None) -> None:
    """Let documents be put beside a question, and the library be asked."""
    if page.attaching is not None:
        page.attaching.documents = DocumentsBeside(library, page.composer.strip, passwords)
    page.scope = ScopeChoosing(page.composer, page.line, library, lambda: page.model.summary.matter)


def add_sources(page: ChatPage, pages: PageCommands, settings: WidthSettings, theme: Theme) -> SourcesDesk:
    """Let the sources of answers be opened beside the page."""
    desk = SourcesDesk(page, pages, theme, settings.current.sources_width)

    def show(answer: StoredMessage, number: int) -> None:
        if (found := answer.message.found) is not None:
            desk.open(found.passages, answer.message.checks, number)

    page.moments.source_requested.connect(show)
    desk.resized.connect(lambda width: settings.change(sources_width=width))
    page.sources = desk
    return desk
