"""What the app is made of when its window opens, and the opening itself."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QApplication

from desktop.core.paths import Profile
from desktop.services.announcer import Announcer
from desktop.services.attach import AttachService
from desktop.services.chat import ChatService
from desktop.services.doorway import Doorway
from desktop.services.embedders import EmbeddersService
from desktop.services.export import ExportService
from desktop.services.history import HistoryService
from desktop.services.lanes import Work
from desktop.services.library_house import LibraryHouse
from desktop.services.measuring import MeasuringService
from desktop.services.models import ModelsService
from desktop.services.playing import PlayingService
from desktop.services.reading import ReadingService
from desktop.services.settings import SettingsService
from desktop.services.speech_models import SpeechModelsService
from desktop.services.vault import VaultService
from desktop.services.viewing import ViewingService
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.document_wiring import add_documents, add_sources
from desktop.ui.chat.examining import Examining
from desktop.ui.chat.media_wiring import add_media, player
from desktop.ui.shell.application import OpenWindow, open_window
from desktop.ui.theme import Theme
from desktop.ui.voice.commands import VoiceCommands


class Lock(Protocol):
    """The instance lock."""

    def acquire(self) -> bool:
        """Take it; False when another process holds it."""

    def release(self) -> None:
        """Let go."""


class House(Protocol):
    """The services of one profile."""

    @property
    def announcer(self) -> Announcer:
        """Where the events come from."""

    @property
    def chat(self) -> ChatService:
        """Send, stop."""

    @property
    def history(self) -> HistoryService:
        """The conversations."""

    @property
    def models(self) -> ModelsService:
        """The model files."""

    @property
    def speech(self) -> SpeechModelsService:
        """The models that write speech down."""

    @property
    def embedders(self) -> EmbeddersService:
        """The models that find documents by meaning."""

    @property
    def settings(self) -> SettingsService:
        """What the person chose."""

    @property
    def profile(self) -> Profile:
        """Where everything of this person lies."""

    @property
    def vault(self) -> VaultService:
        """What protects the key."""

    @property
    def measuring(self) -> MeasuringService:
        """The size of a draft in tokens."""

    @property
    def exports(self) -> ExportService:
        """Conversations as files."""

    @property
    def library(self) -> LibraryHouse:
        """The documents."""

    @property
    def attach(self) -> AttachService:
        """Files beside a question."""

    @property
    def viewing(self) -> ViewingService:
        """Kept files, looked at and saved."""

    @property
    def playing(self) -> PlayingService:
        """Films and sounds for eye and ear."""

    @property
    def voice(self) -> VoiceCommands:
        """Recordings, dictation, transcripts."""

    @property
    def reading(self) -> ReadingService:
        """Answers read aloud."""

    @property
    def drawing(self) -> Work:
        """Where formulas are drawn and colours of code are prepared."""

    @property
    def doorway(self) -> Doorway:
        """Where a second start and the command line come in."""

    def close(self) -> None:
        """Keep what is there and end every child."""


Prepare = Callable[[Profile], Lock]
Build = Callable[[Profile], House]


def show(house: House) -> OpenWindow:
    """Open the window of a house; its store is opened beside it, so that nothing waits."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return open_window(application, house, house.announcer, partial(_chat_page, house))


def _chat_page(house: House, theme: Theme) -> ChatPage:
    page = ChatPage(
        house.chat, house.history, theme, house.measuring, house.drawing.submit, house.exports, house.attach
    )
    page.illustrate_with(house.attach.illustrate)
    page.composer.set_send_key(house.settings.current.send_key)
    if (attaching := page.attaching) is not None:
        page.examining = Examining(page.composer, house.viewing, lambda: attaching.senses)
    page.add_voice(house.voice, house.settings)
    page.aloud.reading.commands = house.reading
    add_media(page, house.viewing, partial(player, page, house.playing))
    add_documents(page, house.library.library, house.library.indexing)
    add_sources(page, house.library.pages, house.settings, theme)
    return page
