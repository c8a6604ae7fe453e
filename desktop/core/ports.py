"""Ports: what the services ask of the floor below, so that a test can hand in a scripted part."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.core.attachments import Attachment, Prepared, Wishes
from desktop.core.conversations import (
    ConversationId,
    ConversationSummary,
    Matter,
    MatterId,
    MessageId,
    SearchHit,
    StoredMessage,
    Thread,
    TurnState,
    TurnStats,
)
from desktop.core.events import Event
from desktop.core.generation import Counted, EngineEvent, GenerateRequest, LoadOptions
from desktop.core.media import (
    Facts,
    Frame,
    FramesWish,
    Moment,
    Picture,
    PictureWish,
    PlayWish,
    Progress,
    SoundBlock,
    SoundWish,
    Source,
    Step,
    ThumbnailWish,
)
from desktop.core.messages import Message
from desktop.core.taking import AttachmentPart

Publish = Callable[[Event], None]
"""Announces an event; safe from any thread; returns at once."""


class ChatEngine(Protocol):
    """A language model in a process of its own. One user thread, `stop` from any."""

    def generate(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        """Answer one request; the last event is Finished.

        Raises:
            AppError: the model cannot be loaded, or its process ended.
        """

    def count(self, model: Path, load: LoadOptions, text: str) -> Counted | None:
        """Count the tokens of a text; None unless this model is in memory, loaded so, and idle. Loads nothing."""

    def stop(self) -> None:
        """End the running turn soon; it finishes with FinishReason.STOPPED."""

    def close(self) -> None:
        """End the process and give its memory back."""


class Filing(Protocol):
    """Folders, and what is done with several conversations at once. Every write is one durable transaction."""

    def matters(self) -> tuple[Matter, ...]:
        """All folders, oldest first; General is none of them."""

    def make(self, name: str) -> Matter:
        """Make a folder."""

    def change(self, matter: MatterId, *, name: str | None = None, folded: bool | None = None) -> Matter | None:
        """Rename, open or fold; None leaves as is. Returns None when the folder is not there."""

    def remove(self, matter: MatterId) -> None:
        """Delete a folder; the conversations that are in it go to General."""

    def mark(
        self,
        conversations: Iterable[ConversationId],
        *,
        pinned: bool | None = None,
        archived: bool | None = None,
        matter: MatterId | None = None,
    ) -> None:
        """Pin, archive or move; None leaves as is, and so does a folder that is not there."""

    def delete(self, conversations: Iterable[ConversationId]) -> None:
        """Remove them with all their messages, drafts and search rows."""


class Titles(Protocol):
    """The titles that no person gave."""

    def is_provisional(self, conversation: ConversationId) -> bool:
        """Whether the title is still the question's first words."""

    def give(self, conversation: ConversationId, title: str) -> ConversationSummary | None:
        """Take the model's title in place of the first words; None when there is another one by now."""


class MediaReader(Protocol):
    """Reads foreign pictures, video and sound in a process of its own. One user thread, `cancel` from any.

    Every method raises AppError when the file cannot be read, and Cancelled after `cancel`.
    """

    def describe(self, source: Source) -> Facts:
        """Tell what a file is, by its content."""

    def picture(self, source: Source, wish: PictureWish) -> Picture:
        """Prepare a picture for a model."""

    def thumbnail(self, source: Source, wish: ThumbnailWish) -> Picture:
        """Make a small picture of a picture or of a video."""

    def frames(self, source: Source, wish: FramesWish) -> Iterator[Frame | Progress]:
        """Choose frames of a video, in order of time. Leaving the iterator early stops reading."""

    def sound(self, source: Source, wish: SoundWish) -> Iterator[SoundBlock | Progress]:
        """Read sound block by block, in order. Leaving the iterator early stops reading."""

    def play(self, source: Source, wish: PlayWish) -> Iterator[Moment | Progress]:
        """Read frames and sound, each in order of time, as fast as they are fetched."""

    def cancel(self) -> None:
        """End what is being read soon; its caller gets Cancelled."""

    def close(self) -> None:
        """End the process and give its memory back."""


class Attachments(Protocol):
    """The files beside the questions, sealed, each kept once; and what was made of them. Thread safe."""

    def put(self, source: BinaryIO, name: str, step: Step | None = None) -> tuple[str, int]:
        """Keep the bytes of an open file; returns their SHA-256 and size. Held until a message or draft names it."""

    def open(self, digest: str, name: str) -> AbstractContextManager[Source]:
        """Open one for a reader; AttachmentMissing or SealedDamaged when it cannot be."""

    def content(self, digest: str, name: str) -> Iterator[bytes]:
        """Yield its bytes piece by piece; AttachmentMissing or SealedDamaged when they cannot be had."""

    def size(self, digest: str) -> int | None:
        """In bytes; None when it is not kept."""

    def set_aside(self, digest: str) -> None:
        """Somebody may want it back: keep it until `let_go` or `take_back`, though nothing names it."""

    def take_back(self, digest: str) -> None:
        """Somebody wanted it back: it is held again until a message or draft names it."""

    def once_settled(self, digest: str, deed: Callable[[], None]) -> None:
        """Do this as soon as a message or draft names a file that is held, or it is deleted."""

    def let_go(self, digest: str) -> None:
        """Nobody means to send it any more: delete it, unless a message or draft names it."""

    def collect(self) -> None:
        """Delete what nothing names and nobody holds any more."""

    def recall(self, digest: str, recipe: str) -> bytes | None:
        """Return what was made of it by this recipe and remembered, if it is still there."""

    def remember(self, digest: str, recipe: str, pieces: Iterable[bytes]) -> None:
        """Keep what was made of it for as long as it is kept itself and there is room; not having room is no error."""

    def make_findable(self, digest: str, words: str) -> None:
        """Let a search find the messages that name it by these words, which are spoken in it."""

    def sweep(self) -> None:
        """Remove what a crash left behind."""


class Preparing(Protocol):
    """Keeps what is put beside a question, and makes of it what a model takes. One user thread, `cancel` from any."""

    def writes(self) -> bool:
        """Whether speech can be written down; looks at the disk."""

    def keep(self, path: Path) -> Attachment:
        """Keep a file, sealed; AppError when it cannot be read or kept."""

    def prepare(self, part: AttachmentPart, wishes: Wishes) -> Prepared:
        """Return an attachment as a model takes it; AppError when it cannot be read, Cancelled after `cancel`."""

    def cancel(self) -> None:
        """End what is being prepared soon; its caller gets Cancelled."""


class Conversations(Protocol):
    """The tree of messages on disk. Thread safe; every write is one durable transaction."""

    @property
    def filing(self) -> Filing:
        """The folders."""

    @property
    def titles(self) -> Titles:
        """The titles that no person gave."""

    def create(self, title: str, matter: MatterId) -> ConversationSummary:
        """Make an empty conversation; in General when there is no such folder."""

    def list_all(self, *, archived: bool | None = False) -> tuple[ConversationSummary, ...]:
        """Pinned first, then newest first; None = those in the list and the archived ones."""

    def summary(self, conversation: ConversationId) -> ConversationSummary:
        """Read one line of the list; ConversationMissing when it is not there."""

    def thread(self, conversation: ConversationId) -> Thread:
        """Read the shown branch and the draft; ConversationMissing when it is not there."""

    def path_to(self, message: MessageId) -> tuple[StoredMessage, ...]:
        """Read the messages from the root to this one, included."""

    def add(
        self,
        conversation: ConversationId,
        parent: MessageId | None,
        message: Message,
        state: TurnState = TurnState.COMPLETE,
        model: str = "",
    ) -> StoredMessage:
        """Add a message below `parent` and make it the shown leaf."""

    def ask(
        self, conversation: ConversationId, parent: MessageId | None, question: Message, model: str
    ) -> tuple[StoredMessage, StoredMessage]:
        """Store a question and the empty PARTIAL answer below it in one transaction; clear the draft."""

    def update(self, message: MessageId, content: Message) -> None:
        """Commit what a PARTIAL answer holds so far."""

    def finish(
        self,
        message: MessageId,
        content: Message,
        state: TurnState,
        stats: TurnStats | None,
        failure: str = "",
        model: str = "",
    ) -> StoredMessage:
        """Close an answer: content, state, figures, model in one transaction; it becomes searchable."""

    def show_branch(self, message: MessageId) -> None:
        """Make the newest leaf below this message the shown one."""

    def draft(self, conversation: ConversationId) -> str:
        """What is typed and not sent; conversation 0 is the new chat that does not exist yet."""

    def save_draft(self, conversation: ConversationId, text: str) -> None:
        """Keep what is typed and not sent, for conversation 0 too."""

    def mark(
        self,
        conversation: ConversationId,
        *,
        title: str | None = None,
        pinned: bool | None = None,
        archived: bool | None = None,
    ) -> ConversationSummary:
        """Rename, pin or archive; None leaves as is."""

    def delete(self, conversation: ConversationId) -> None:
        """Remove it with all its messages, drafts and search rows."""

    def search(self, query: str, limit: int = 50, matter: MatterId | None = None) -> tuple[SearchHit, ...]:
        """Find messages that hold all words of the query (the last one as a prefix), best first."""
