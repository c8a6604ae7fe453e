"""What travels on the pipe between the app and the speech process.

The child asks for each block of sound with Want, so neither side ever waits to write while the other does.
A command ends with one closing reply: Begin with Ended, Stopped, Failure or Broken.
"""

import pickle
from dataclasses import dataclass

from desktop.core.child import APP_ERRORS, unpickle
from desktop.core.child_replies import Broken as Broken
from desktop.core.child_replies import Ended as Ended
from desktop.core.child_replies import Failure as Failure
from desktop.core.child_replies import Quit as Quit
from desktop.core.child_replies import Stopped as Stopped
from desktop.core.media import SoundBlock
from desktop.core.speech import Heard, Language, Said, Segment, SpeechWish

MAX_REPLY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Begin:
    """Write down the sound that follows."""

    wish: SpeechWish


@dataclass(frozen=True, slots=True)
class Want:
    """The next block, or None after the last, please."""


Command = Begin | SoundBlock | None | Quit
Reply = Want | Language | Segment | Heard | Said | Ended | Stopped | Failure | Broken
CLOSING = (Ended, Stopped, Failure, Broken)

_ALLOWED_NAMES = {
    "desktop.engine.speech_wire": {"Want"},
    "desktop.core.child_replies": {"Ended", "Stopped", "Failure", "Broken"},
    "desktop.core.speech": {"Language", "Segment", "Word", "Heard", "Said"},
    "desktop.core.errors": APP_ERRORS,
    "desktop.core.speech_errors": {"SpeechModelDamaged"},
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
        raise pickle.UnpicklingError("the speech process sent something else than a reply")
    return reply
