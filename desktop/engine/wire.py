"""What travels on the pipe between the app and the model process.

Commands go to the child, replies come back. A command ends with exactly one closing reply:
Load with Loaded, Generate with Finished, Count with Counted, Describe with Description; each may end with Failure
or Broken instead. Replies are unpickled by an allow-list (see core.child).

A turn tells the child the shapes of its pictures and sounds. Their bytes travel one at a time and only when the
encoder needs them: the child sends Wanted, the app Supply.
"""

import pickle
from dataclasses import dataclass

from desktop.core.attachments import Caption
from desktop.core.child import APP_ERRORS, unpickle
from desktop.core.child_replies import Broken as Broken
from desktop.core.child_replies import Failure as Failure
from desktop.core.child_replies import Quit as Quit
from desktop.core.generation import Counted, Finished, FinishReason, Loaded, Reading, SamplingOptions
from desktop.core.media import SAMPLE_BYTES
from desktop.core.messages import Message
from desktop.core.stream import Written
from desktop.core.tools import ToolDescription
from desktop.engine.fit import Plan

MAX_REPLY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Load:
    """Load this model file, once in the life of a process."""

    path: str
    name: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Shape:
    """A picture of this width and height, or a sound of so many samples. `id` is the hash of its content."""

    id: str
    width: int = 0
    height: int = 0
    samples: int = 0

    @property
    def size(self) -> int:
        """Bytes of its content."""
        return self.width * self.height * 3 + self.samples * SAMPLE_BYTES


Portion = Shape | Caption


@dataclass(frozen=True, slots=True)
class Generate:
    """Answer the conversation, which ends with the user's message."""

    messages: tuple[Message, ...]
    sampling: SamplingOptions
    aside: bool = False
    """Only when nothing that is kept of the conversation is lost by it."""
    media: tuple[tuple[Portion, ...], ...] = ()
    """What each attachment of the messages consists of, in their order; an aside needs none."""
    tools: tuple[ToolDescription, ...] = ()
    """What may be called; an aside needs none."""


@dataclass(frozen=True, slots=True)
class Supply:
    """The pixels or samples that were Wanted."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Count:
    """Count the tokens of a text that is no part of the conversation yet."""

    text: str


@dataclass(frozen=True, slots=True)
class Describe:
    """Tell what llama.cpp sees on this machine."""


@dataclass(frozen=True, slots=True)
class Alive:
    """A sign of life while nothing else can be told."""

    silence: float = 0.0
    """Seconds that the next sign may take, where that is longer than usual."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The child waits for the bytes of this picture or sound; Supply answers it."""

    id: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """Deltas of the last moments, in order."""

    deltas: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """Rows of words about the engine."""

    rows: tuple[tuple[str, str], ...]


Command = Load | Generate | Supply | Count | Describe | Quit
Reply = Alive | Wanted | Loaded | Reading | Fragment | Finished | Counted | Failure | Broken | Description

DECLINED = Finished(FinishReason.CONTEXT, 0, 0, 0, 0.0, 0.0)
"""How an aside ends that was not begun."""

CLOSING = (Loaded, Finished, Counted, Failure, Broken, Description)
"""After one of these the child waits for the next command."""

_ALLOWED_NAMES = {
    "desktop.engine.wire": {"Alive", "Wanted", "Fragment", "Description"},
    "desktop.core.child_replies": {"Failure", "Broken"},
    "desktop.core.generation": {"Loaded", "Reading", "Finished", "FinishReason", "Counted"},
    "desktop.core.stream": {"TextDelta", "ThoughtDelta", "ToolCallDelta"},
    "desktop.core.tools": {"ToolCallPart", "BrokenCallPart"},
    "desktop.core.errors": APP_ERRORS,
}


def encode(reply: Reply) -> bytes:
    """Return the bytes of a reply."""
    return pickle.dumps(reply, protocol=5)


def decode(data: bytes) -> Reply:
    """Return the reply that these bytes hold.

    Raises:
        pickle.UnpicklingError: they hold something else.
    """
    reply = unpickle(data, _ALLOWED_NAMES)
    if not isinstance(reply, Reply):
        raise pickle.UnpicklingError("the model process sent something else than a reply")
    return reply
