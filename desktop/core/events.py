"""What has happened: announced by the services, shown by the screens.

Every event of a turn carries conversation and turn, so that a screen that shows another one ignores it.
"""

from dataclasses import dataclass, field

from desktop.core.attachment_events import AttachmentEvent
from desktop.core.context_use import ContextUse
from desktop.core.conversations import (
    ConversationId,
    ConversationSummary,
    Matter,
    MatterId,
    MessageId,
    SearchHit,
    StoredMessage,
    Thread,
)
from desktop.core.drafts import DraftSize
from desktop.core.errors import AppError
from desktop.core.generation import Loaded
from desktop.core.library_events import LibraryEvent
from desktop.core.models import ModelFile, ModelNeed
from desktop.core.pace import FasterSetting
from desktop.core.settings import Settings
from desktop.core.shelving import Shelving, shelve
from desktop.core.stream import Delta
from desktop.core.viewing_events import ViewingEvent
from desktop.core.voice_events import VoiceEvent


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """The question is stored and the answer has a place; `answer` is empty and PARTIAL."""

    conversation: ConversationId
    question: StoredMessage
    answer: StoredMessage
    regenerated: bool = False
    """The question was there before: only the answer is new."""
    token: str = ""
    """What the asker gave to the command, so that it knows its own question."""


@dataclass(frozen=True, slots=True)
class SendFailed:
    """A question could not be stored. Failed or Broke, which tell why, come after it."""

    token: str


@dataclass(frozen=True, slots=True)
class TurnLoading:
    """The model is being loaded for this turn."""

    conversation: ConversationId
    turn: MessageId
    model: str


@dataclass(frozen=True, slots=True)
class TurnReading:
    """The prompt is being read, in tokens."""

    conversation: ConversationId
    turn: MessageId
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TurnDelta:
    """More of the answer; fold it."""

    conversation: ConversationId
    turn: MessageId
    delta: Delta


@dataclass(frozen=True, slots=True)
class TurnFinished:
    """The answer is stored: complete, stopped or failed. `error` tells why it failed."""

    conversation: ConversationId
    answer: StoredMessage
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class ConversationsListed:
    """All conversations, archived ones too, and the folders; they are sorted on the thread that makes the event."""

    conversations: tuple[ConversationSummary, ...]
    matters: tuple[Matter, ...] = ()
    shelving: Shelving = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Sort them here, so that the screen only takes the lists over."""
        object.__setattr__(self, "shelving", shelve(self.conversations))


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """A conversation was made, renamed, pinned, archived, moved or written to."""

    summary: ConversationSummary


@dataclass(frozen=True, slots=True)
class ConversationDeleted:
    """A conversation is gone."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class MatterChanged:
    """A folder was made, renamed, opened or folded."""

    matter: Matter


@dataclass(frozen=True, slots=True)
class MatterDeleted:
    """A folder is gone; what became of its conversations was announced before."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class ThreadOpened:
    """The asked-for conversation, to be shown."""

    thread: Thread
    focus: MessageId | None = None
    """The message to scroll to, when a search hit was opened."""
    token: str = ""
    """Set when the conversation was made for a question: what the asker gave to the command."""


@dataclass(frozen=True, slots=True)
class SearchFinished:
    """Hits for a query, best first. `matter` is the folder that was searched, None for all."""

    query: str
    hits: tuple[SearchHit, ...]
    matter: MatterId | None = None


@dataclass(frozen=True, slots=True)
class ModelsListed:
    """The model files of this machine and the one in use (None = there is none)."""

    models: tuple[ModelFile, ...]
    chosen: ModelFile | None


@dataclass(frozen=True, slots=True)
class DraftMeasured:
    """How large a draft is, in answer to the command that named this token."""

    token: str
    size: DraftSize


@dataclass(frozen=True, slots=True)
class ModelsWeighed:
    """What each model file needs in memory, and whether it fits now."""

    needs: tuple[ModelNeed, ...]


@dataclass(frozen=True, slots=True)
class ContextMeasured:
    """How full the model's window is with a conversation."""

    use: ContextUse


@dataclass(frozen=True, slots=True)
class TurnWasSlow:
    """The model in use is slow on this computer, and something would be faster. Once for each model."""

    faster: FasterSetting


@dataclass(frozen=True, slots=True)
class ModelReady:
    """A model is in memory."""

    model: str
    info: Loaded
    key: str = ""
    """Names the file; `model` is what people call it."""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Settings as they are now."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class MachineMeasured:
    """What this computer has; memory in bytes."""

    cores: int
    threads: int
    memory: int
    free: int


@dataclass(frozen=True, slots=True)
class VaultChanged:
    """What protects the key now."""

    locked: bool
    protections: tuple[str, ...]
    """Any of: passphrase, keyring, recovery, file."""
    fresh: bool = False
    """The vault was made just now."""


@dataclass(frozen=True, slots=True)
class RecoveryCodeMade:
    """A new recovery code, to be shown once and kept nowhere."""

    code: str


@dataclass(frozen=True, slots=True)
class ConversationExported:
    """A conversation was written to a file of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Raised:
    """A second start asks the window to come to the front."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A command outside a turn failed in a way the person should know."""

    error: AppError


@dataclass(frozen=True, slots=True)
class Broke:
    """A bug: logged once, announced once. `where` is the lane, `what` the exception's class."""

    where: str
    what: str


Event = (
    TurnStarted
    | SendFailed
    | TurnLoading
    | TurnReading
    | TurnDelta
    | TurnFinished
    | AttachmentEvent
    | ViewingEvent
    | VoiceEvent
    | LibraryEvent
    | ConversationsListed
    | ConversationChanged
    | ConversationDeleted
    | MatterChanged
    | MatterDeleted
    | ThreadOpened
    | SearchFinished
    | ModelsListed
    | DraftMeasured
    | ModelsWeighed
    | ContextMeasured
    | TurnWasSlow
    | ModelReady
    | SettingsChanged
    | MachineMeasured
    | VaultChanged
    | RecoveryCodeMade
    | ConversationExported
    | Raised
    | Failed
    | Broke
)
