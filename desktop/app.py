"""Builds every object once and wires it once; the only module that sees all floors but the faces."""

import logging
import os
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.errors import StoreUnwritable
from desktop.core.paths import Profile, resources
from desktop.core.ports import ChatEngine
from desktop.core.tools import ToolDescription
from desktop.engine.catalog import Catalog, is_small
from desktop.engine.embedding_on_demand import OnDemandEmbedder, OnDemandEmbeddingModels
from desktop.engine.on_demand import OnDemandChatEngine
from desktop.engine.speech_models import SpeechCatalog
from desktop.engine.speech_on_demand import OnDemandTranscriber
from desktop.reader.documents_on_demand import OnDemandDocumentReader
from desktop.reader.on_demand import OnDemandMediaReader
from desktop.reader.scan_languages import scan_languages
from desktop.services import library_house
from desktop.services.announcer import Announcer
from desktop.services.answering import Answering
from desktop.services.attach import AttachService
from desktop.services.chat import ChatService
from desktop.services.context_use import ContextService
from desktop.services.dictation import Dictation
from desktop.services.doorway import Doorway
from desktop.services.embedders import EmbeddersService
from desktop.services.export import ExportService
from desktop.services.history import HistoryService
from desktop.services.keeping import Keeper
from desktop.services.knowing import KnowingEngine
from desktop.services.lanes import Lane
from desktop.services.library_house import LibraryHouse, LibraryLanes, LibraryParts
from desktop.services.measuring import MeasuringService
from desktop.services.models import ModelsService
from desktop.services.pacing import PaceService
from desktop.services.playing import PlayingService
from desktop.services.preparing import Preparer
from desktop.services.reading import ReadingService
from desktop.services.recording import Recorder
from desktop.services.running import RunningTurns
from desktop.services.scribe import Scribe
from desktop.services.settings import SettingsService
from desktop.services.shelf import Shelf
from desktop.services.showing import ShowingEngine
from desktop.services.speech_models import SpeechModelsService
from desktop.services.titles import TitleService
from desktop.services.transcribing import Transcribing
from desktop.services.vault import VaultService
from desktop.services.verbs import LocalVerbs
from desktop.services.viewing import ViewingService
from desktop.services.voice import VoiceService
from desktop.speaker.on_demand import OnDemandSpeaker
from desktop.store.instance_lock import InstanceLock
from desktop.store.settings_file import SettingsFile

if TYPE_CHECKING:
    from desktop.services.door import Door
    from desktop.services.grounding import Grounding
    from desktop.store.vault import Vault

LOG_BYTES = 500_000
LIBRARY_LANES = ("shelf", "intake", "library", "meaning", "finding", "pages")
"""As LibraryLanes has them."""

GUARDS = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "GGML_NO_BACKTRACE": "1",
}
"""Set before anything else is imported: libraries that would look for the network are told not to."""


@dataclass(frozen=True, slots=True)
class House:
    """The services of one profile, wired."""

    profile: Profile
    announcer: Announcer
    chat: ChatService
    history: HistoryService
    models: ModelsService
    settings: SettingsService
    vault: VaultService
    verbs: LocalVerbs
    measuring: MeasuringService
    exports: ExportService
    library: LibraryHouse
    attach: AttachService
    voice: VoiceService
    scribe: Scribe
    speech: SpeechModelsService
    embedders: EmbeddersService
    viewing: ViewingService
    playing: PlayingService
    reading: ReadingService
    preparing: Preparer
    keeper: Keeper
    titles: TitleService
    engine: ChatEngine
    drawing: Lane
    shelf: Shelf
    doorway: Doorway
    lanes: tuple[Lane, ...]

    def close(self) -> None:
        """Stop what runs, keep what arrived, end the model process, close the store."""
        self.titles.close()
        self.chat.stop()
        self.attach.stop()
        self.voice.stop()
        self.viewing.stop()
        self.playing.stop()
        self.reading.stop()
        self.library.stop()
        self.doorway.close()
        for lane in self.lanes:
            lane.close()
            self.chat.stop()  # what the desk still began
        self.preparing.cancel()
        self.engine.close()
        for lane in self.lanes:
            lane.close(2.0)  # what the engine's end set free is stored before the store closes
        with ExitStack() as closing:  # from the last to the first; the store closes whatever happens to the others
            closing.callback(self.shelf.clear)
            for one in (
                self.keeper, self.reading, self.playing, self.viewing, self.preparing, self.voice, self.library,
            ):  # fmt: skip
                closing.callback(one.close)


def build(profile: Profile, engine: ChatEngine | None = None, tools: tuple[ToolDescription, ...] = ()) -> House:
    """Build the house of a profile; nothing heavy is loaded and nothing is opened yet.

    Args:
        profile: the folder of the user, which must be locked by this process.
        engine: a scripted engine for tests; the real one otherwise.
        tools: what models may call; nothing yet, since nothing carries a call out.
    """
    announcer = Announcer()
    publish = announcer.publish
    names = "desk chat door guest drawing attach viewing playing record voice dictate aloud"
    lanes = tuple(Lane(name, publish) for name in names.split())
    desk, chat_lane, door, guest, drawing, attach_lane = lanes[:6]
    viewing_lane, playing_lane, record, voice_lane, dictate, aloud = lanes[6:]
    carrier, models_lane, *for_library = (Lane(name, publish) for name in ("carrier", "embedders", *LIBRARY_LANES))
    shelf, running = Shelf(), RunningTurns(publish)
    settings = SettingsService(SettingsFile(profile.settings), desk, publish)
    folders = (resources() / "models", profile.models)
    models = ModelsService(Catalog(folders), settings, desk, publish)
    keeper = Keeper(shelf, OnDemandMediaReader())
    spoken = SpeechCatalog(folders)
    scribe = Scribe(spoken, settings, shelf, OnDemandMediaReader(), OnDemandTranscriber())
    preparing = Preparer(keeper, shelf, OnDemandMediaReader(), scribe, publish)
    attach = AttachService(keeper, shelf, attach_lane, publish)
    dictation = Dictation(scribe, OnDemandTranscriber(), dictate, publish)
    transcribing = Transcribing(scribe, viewing_lane, voice_lane, publish, time.monotonic)
    voice = VoiceService(Recorder(shelf, record, publish), dictation, transcribing, scribe, viewing_lane, publish)
    engine = engine or OnDemandChatEngine()
    library = _library(shelf, folders, settings, LibraryLanes(*for_library), announcer)
    knowing = KnowingEngine(ShowingEngine(engine, models, preparing), partial(_grounding, library, shelf))
    answering = Answering(knowing, models, settings, shelf, running, publish, time.monotonic, tools=tools)
    chat = ChatService(shelf, running, answering, desk, chat_lane, publish)

    measuring = MeasuringService(engine, settings, desk, chat_lane, publish)
    titles = TitleService(engine, models, settings, shelf, chat_lane, publish)
    context = ContextService(models, settings, shelf, desk, publish)
    pace = PaceService(models, shelf, desk, publish)
    embedders = EmbeddersService(OnDemandEmbeddingModels(folders), scan_languages, settings, models_lane, publish)
    for service in (embedders, measuring, titles, context, pace, attach, voice, library):
        announcer.subscribe(service.follow)
    verbs = LocalVerbs(chat, models, preparing, shelf, announcer)

    def make_vault() -> "Vault":
        from desktop.store.keyring import system_keyring  # noqa: PLC0415 - loaded on the desk lane
        from desktop.store.vault import Vault  # noqa: PLC0415

        return Vault(profile, system_keyring)

    def make_door() -> "Door":
        from desktop.services.door import Door  # noqa: PLC0415

        return Door(profile, verbs, library.verbs, guest, carrier, publish)

    return House(
        profile=profile,
        announcer=announcer,
        chat=chat,
        history=HistoryService(shelf, running, desk, publish),
        models=models,
        settings=settings,
        vault=VaultService(make_vault, partial(_open_store, profile), shelf, desk, publish),
        verbs=verbs,
        measuring=measuring,
        exports=ExportService(shelf, desk, publish),
        library=library,
        attach=attach,
        voice=voice,
        scribe=scribe,
        embedders=embedders,
        speech=SpeechModelsService(spoken, settings, desk, publish),
        viewing=ViewingService(shelf, OnDemandMediaReader(), viewing_lane, publish),
        playing=PlayingService(shelf, OnDemandMediaReader(), playing_lane, publish),
        reading=ReadingService(OnDemandSpeaker(), settings, aloud, publish),
        preparing=preparing,
        keeper=keeper,
        titles=titles,
        engine=engine,
        drawing=drawing,
        shelf=shelf,
        doorway=Doorway(make_door, door),
        lanes=(*lanes, carrier, models_lane, *for_library),
    )


def _library(
    shelf: Shelf, folders: tuple[Path, ...], settings: SettingsService, lanes: LibraryLanes, announcer: Announcer
) -> LibraryHouse:
    parts = LibraryParts(
        reader=OnDemandDocumentReader(),
        drawer=OnDemandDocumentReader(),
        embedder=OnDemandEmbedder(),
        models=OnDemandEmbeddingModels(folders),
        wanted=lambda: settings.current.embedding_model,
    )
    return library_house.build(shelf, parts, lanes, announcer)


def _grounding(library: LibraryHouse, shelf: Shelf, engine: ChatEngine) -> "Grounding":
    from desktop.services.grounding import Grounding  # noqa: PLC0415 - made with the first question that needs it
    from desktop.store.table_asker import TableAsker  # noqa: PLC0415

    return Grounding(engine, library.retriever, lambda: shelf.library, TableAsker(), is_small, time.monotonic)


def _open_store(profile: Profile, key: bytes, shelf: Shelf) -> None:
    """Put the store that this key opens on the shelf; what it needs is loaded on the desk lane."""
    from desktop.sealed import keys  # noqa: PLC0415
    from desktop.store.attachments import AttachmentStore  # noqa: PLC0415
    from desktop.store.conversations import ConversationStore  # noqa: PLC0415
    from desktop.store.database import Database  # noqa: PLC0415
    from desktop.store.library import LibraryStore  # noqa: PLC0415
    from desktop.store.library_folders import FolderStore  # noqa: PLC0415
    from desktop.store.recordings import RecordingStore  # noqa: PLC0415
    from desktop.store.sealed_folder import SealedFolder  # noqa: PLC0415

    database = Database(profile.database, keys.derive(key, "database"))
    database.migrate(profile.backups)
    files_key = keys.derive(key, "files")
    files = SealedFolder(profile.files, files_key, keys.derive(key, "names"))
    attachments, documents = AttachmentStore(database, files), LibraryStore(database)

    def collect() -> None:
        documents.collect()  # first: a source names its kept copy
        attachments.collect()

    shelf.put_files(attachments, RecordingStore(profile.recordings, files_key, time.time))
    shelf.put_library(documents, FolderStore(database))
    shelf.put(ConversationStore(database, freed=collect), database.close)


def prepare(profile: Profile) -> InstanceLock:
    """Make the profile folder and the log; return its lock, not yet taken.

    Raises:
        StoreUnwritable: the folder cannot be written.
    """
    try:
        profile.log.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            profile.root.chmod(0o700)
        _turn_over(profile.log)
        handler = logging.FileHandler(profile.log, encoding="utf-8", delay=True)
    except OSError as error:
        raise StoreUnwritable(name=profile.root) from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    return InstanceLock(profile.lock)


def _turn_over(log: Path) -> None:
    """Begin a new log when the old one has grown; one older log is kept."""
    with suppress(FileNotFoundError):
        if log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".old.log"))


def guard_environment() -> None:
    """Set GUARDS in this process and for its children."""
    os.environ.update(GUARDS)
