"""What the window asks of the floor below."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SignalInstance

from desktop.core.conversations import ConversationId
from desktop.core.events import Event
from desktop.core.paths import Profile
from desktop.ui.history.commands import HistoryCommands
from desktop.ui.library.commands import EmbedderCommands, LibraryCommands
from desktop.ui.models.commands import ModelsCommands
from desktop.ui.settings.commands import SettingsCommands, SpeechModelsCommands
from desktop.ui.theme import Theme
from desktop.ui.vault.commands import VaultCommands


class StopCommand(Protocol):
    """The one thing the window itself asks of the chat."""

    def stop(self, conversation: ConversationId | None = None, /) -> None:
        """End the answer under way."""


class Services(Protocol):
    """The services, one verb per method."""

    @property
    def chat(self) -> StopCommand:
        """Send, stop."""

    @property
    def history(self) -> HistoryCommands:
        """The conversations."""

    @property
    def library(self) -> LibraryCommands:
        """The documents."""

    @property
    def models(self) -> ModelsCommands:
        """The model files."""

    @property
    def speech(self) -> SpeechModelsCommands:
        """The models that write speech down."""

    @property
    def embedders(self) -> EmbedderCommands:
        """The models that find documents by meaning."""

    @property
    def settings(self) -> SettingsCommands:
        """What the person chose."""

    @property
    def profile(self) -> Profile:
        """Where everything of this person lies."""

    @property
    def vault(self) -> VaultCommands:
        """What protects the key."""


class Announcer(Protocol):
    """Where the events come from."""

    def subscribe(self, listener: Callable[[Event], None], /) -> Callable[[], None]:
        """Add a listener; the returned callable takes it away."""


class PageVoice(Protocol):
    """What the window asks of recording and dictation."""

    def toggle(self) -> None:
        """Begin a recording, or end the one under way."""

    def toggle_dictation(self) -> None:
        """Begin a dictation, or end the one under way."""

    def leave(self) -> None:
        """The window closes."""


class ConversationPage(Protocol):
    """The page of the conversation: a widget with these two signals."""

    @property
    def shown(self) -> SignalInstance:
        """Emitted with the id of the conversation that is on the page."""

    @property
    def link_requested(self) -> SignalInstance:
        """Emitted with the address of a link that was activated."""

    def apply(self, event: Event, /) -> None:
        """Follow what happened."""

    def apply_theme(self, theme: Theme, /) -> None:
        """Draw in these colours."""

    def open_find_bar(self) -> None:
        """Let the person look for words in the conversation."""

    def add_files(self) -> None:
        """Let the person choose files to put beside the question."""

    @property
    def told(self) -> SignalInstance:
        """Emitted with a Notice."""

    @property
    def voice(self) -> PageVoice | None:
        """Recording and dictation; None where nobody takes what is said."""

    def print_out(self) -> None:
        """Print the conversation, or save it as PDF."""

    def export(self) -> None:
        """Write the conversation where the person says."""
