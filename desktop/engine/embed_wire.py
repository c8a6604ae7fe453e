"""What travels on the pipe between the app and the embedding process. Each Embed ends with one closing reply."""

import pickle
from dataclasses import dataclass

from desktop.core.child import APP_ERRORS, unpickle
from desktop.core.child_replies import Broken as Broken
from desktop.core.child_replies import Failure as Failure
from desktop.core.child_replies import Quit as Quit
from desktop.core.child_replies import Stopped as Stopped
from desktop.core.library import EmbeddingModel

MAX_REPLY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Embed:
    """Turn these texts into vectors."""

    model: EmbeddingModel
    texts: tuple[str, ...]
    query: bool


@dataclass(frozen=True, slots=True)
class Alive:
    """Some of the texts are done."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """All vectors, one after the other, in the order of the texts."""

    rows: bytes


Command = Embed | Quit
Reply = Alive | Embedded | Stopped | Failure | Broken
CLOSING = (Embedded, Stopped, Failure, Broken)

_ALLOWED_NAMES = {
    "desktop.engine.embed_wire": {"Alive", "Embedded"},
    "desktop.core.child_replies": {"Stopped", "Failure", "Broken"},
    "desktop.core.errors": APP_ERRORS,
    "desktop.core.document_errors": {"EmbedderDamaged"},
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
        raise pickle.UnpicklingError("the embedding process sent something else than a reply")
    return reply
