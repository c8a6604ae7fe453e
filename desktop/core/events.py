"""What has happened: announced by the services, shown by the screens.

Every event of a turn carries conversation and turn, so that a screen that shows another one ignores it.
"""

from dataclasses import dataclass

from desktop.core.conversations import (
    ConversationId,
    ConversationSummary,
    MessageId,
    SearchHit,
    StoredMessage,
    Thread,
)
from desktop.core.errors import AppError
from desktop.core.generation import Loaded
from desktop.core.models import ModelFile
from desktop.core.settings import Settings
from desktop.core.stream import Delta


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """The question is stored and the answer has a place; `answer` is empty and PARTIAL."""

    conversation: ConversationId
    question: StoredMessage
    answer: StoredMessage
    regenerated: bool = False
    """The question was there before: only the answer is new."""


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
    """The list of conversations, newest first."""

    conversations: tuple[ConversationSummary, ...]


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """A conversation was made, renamed, pinned, archived or written to."""

    summary: ConversationSummary


@dataclass(frozen=True, slots=True)
class ConversationDeleted:
    """A conversation is gone."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class ThreadOpened:
    """The asked-for conversation, to be shown."""

    thread: Thread
    focus: MessageId | None = None
    """The message to scroll to, when a search hit was opened."""


@dataclass(frozen=True, slots=True)
class SearchFinished:
    """Hits for a query, best first."""

    query: str
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class ModelsListed:
    """The model files of this machine and the one in use (None = there is none)."""

    models: tuple[ModelFile, ...]
    chosen: ModelFile | None


@dataclass(frozen=True, slots=True)
class ModelReady:
    """A model is in memory."""

    model: str
    info: Loaded


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Settings as they are now."""

    settings: Settings


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
    | TurnLoading
    | TurnReading
    | TurnDelta
    | TurnFinished
    | ConversationsListed
    | ConversationChanged
    | ConversationDeleted
    | ThreadOpened
    | SearchFinished
    | ModelsListed
    | ModelReady
    | SettingsChanged
    | VaultChanged
    | RecoveryCodeMade
    | Raised
    | Failed
    | Broke
)
