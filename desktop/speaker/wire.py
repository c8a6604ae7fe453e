"""What travels on the pipe between the app and the speaking process.

Say is answered with Began, where the voice tells that, and closed by Ended, Stopped, Failure or Broken. Stop is
answered only while something is said: by the Stopped that closes it.
"""

import pickle
from dataclasses import dataclass

from desktop.core.child import unpickle
from desktop.core.child_replies import Broken as Broken
from desktop.core.child_replies import Ended as Ended
from desktop.core.child_replies import Failure as Failure
from desktop.core.child_replies import Quit as Quit
from desktop.core.child_replies import Stopped as Stopped

MAX_REPLY = 64 * 1024


@dataclass(frozen=True, slots=True)
class Say:
    """Say these words."""

    words: str
    language: str
    """A name such as `de` or `de_AT`."""
    rate: float
    """-1 to 1; 0 is the usual one."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Be silent."""


@dataclass(frozen=True, slots=True)
class Began:
    """The words are heard from now on."""


Command = Say | Stop | Quit
Reply = Began | Ended | Stopped | Failure | Broken
CLOSING = (Ended, Stopped, Failure, Broken)

_ALLOWED_NAMES = {
    "desktop.speaker.wire": {"Began"},
    "desktop.core.child_replies": {"Ended", "Stopped", "Failure", "Broken"},
    "desktop.core.errors": {"_rebuild"},
    "desktop.core.reading_errors": {"NoVoice"},
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
        raise pickle.UnpicklingError("the speaking process sent something else than a reply")
    return reply
