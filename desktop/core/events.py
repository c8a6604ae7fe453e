"""What has happened: announced by the services, shown by the screens.

Every event of a turn carries conversation and turn, so that a screen that shows another one ignores it.
"""

from dataclasses import field

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
from desktop.core.value import value
from desktop.core.viewing_events import ViewingEvent
from desktop.core.voice_events import VoiceEvent


@value
class TurnStarted:
    """The question is stored and the answer has a place; `answer` is empty and PARTIAL."""

    conversation: ConversationId
    question: StoredMessage
    answer: StoredMessage
    regenerated: bool = False
    """The question was there before: only the answer is new."""
    token: str = ""
    """What the asker gave to the command, so that it knows its own question."""


@value
class SendFailed:
    """A question could not be stored. Failed or Broke, which tell why, come after it."""

    token: str


@value
class TurnLoading:
    """The model is being loaded for this turn."""

    conversation: ConversationId
    turn: MessageId
    model: str


@value
class TurnReading:
    """The prompt is being read, in tokens."""

    conversation: ConversationId
    turn: MessageId
    done: int
    total: int


@value
class TurnDelta:
    """More of the answer; fold it."""

    conversation: ConversationId
    turn: MessageId
    delta: Delta


@value
class TurnFinished:
    """The answer is stored: complete, stopped or failed. `error` tells why it failed."""

    conversation: ConversationId
    answer: StoredMessage
    error: AppError | None = None


@value
class ConversationsListed:
    """All conversations, archived ones too, and the folders; they are sorted on the thread that makes the event."""

    conversations: tuple[ConversationSummary, ...]
    matters: tuple[Matter, ...] = ()
    shelving: Shelving = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Sort them here, so that the screen only takes the lists over."""
        object.__setattr__(self, "shelving", shelve(self.conversations))


@value
class ConversationChanged:
    """A conversation was made, renamed, pinned, archived, moved or written to."""

    summary: ConversationSummary


@value
class ConversationDeleted:
    """A conversation is gone."""

    conversation: ConversationId


@value
class MatterChanged:
    """A folder was made, renamed, opened or folded."""

    matter: Matter


@value
class MatterDeleted:
    """A folder is gone; what became of its conversations was announced before."""

    matter: MatterId


@value
class ThreadOpened:
    """The asked-for conversation, to be shown."""

    thread: Thread
    focus: MessageId | None = None
    """The message to scroll to, when a search hit was opened."""
    token: str = ""
    """Set when the conversation was made for a question: what the asker gave to the command."""


@value
class SearchFinished:
    """Hits for a query, best first. `matter` is the folder that was searched, None for all."""

    query: str
    hits: tuple[SearchHit, ...]
    matter: MatterId | None = None


@value
class ModelsListed:
    """The model files of this machine and the one in use (None = there is none)."""

    models: tuple[ModelFile, ...]
    chosen: ModelFile | None


@value
class DraftMeasured:
    """How large a draft is, in answer to the command that named this token."""

    token: str
    size: DraftSize


@value
class ModelsWeighed:
    """What each model file needs in memory, and whether it fits now."""

    needs: tuple[ModelNeed, ...]


@value
class ContextMeasured:
    """How full the model's window is with a conversation."""

    use: ContextUse


@value
class TurnWasSlow:
    """The model in use is slow on this computer, and something would be faster. Once for each model."""

    faster: FasterSetting


@value
class ModelReady:
    """A model is in memory."""

    model: str
    info: Loaded
    key: str = ""
    """Names the file; `model` is what people call it."""


@value
class SettingsChanged:
    """Settings as they are now."""

    settings: Settings


@value
class MachineMeasured:
    """What this computer has; memory in bytes."""

    cores: int
    threads: int
    memory: int
    free: int


@value
class VaultChanged:
    """What protects the key now."""

    locked: bool
    protections: tuple[str, ...]
    """Any of: passphrase, keyring, recovery, file."""
    fresh: bool = False
    """The vault was made just now."""


@value
class RecoveryCodeMade:
    """A new recovery code, to be shown once and kept nowhere."""

    code: str


@value
class ConversationExported:
    """A conversation was written to a file of this name."""

    name: str


@value
class Raised:
    """A second start asks the window to come to the front."""


@value
class Failed:
    """A command outside a turn failed in a way the person should know."""

    error: AppError


@value
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
