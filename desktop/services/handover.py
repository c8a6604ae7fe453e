"""What passes through the door between a running instance and a second start.

It is a pipe of this machine (a Unix socket in the profile, a named pipe on Windows), authenticated by a secret
that only the user can read; the one named exception to the rule that nothing opens a socket.
"""

import json
import os
import secrets
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from desktop.core.conversations import SearchHit, Thread
from desktop.core.library import Keeping
from desktop.core.paths import Profile
from desktop.services.beside import NOTHING, Beside
from desktop.services.found_place import FoundPlace

Result = tuple[SearchHit, ...] | tuple[FoundPlace, ...] | Thread | None

SOCKET_PATH_LIMIT = 100
"""Unix socket paths end at 104 bytes on macOS and 108 on Linux."""


@dataclass(frozen=True, slots=True)
class Raise:
    """Bring the window to the front."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer in a new conversation; `asker` is who asks, chosen by the guest."""

    text: str
    model: str
    asker: str
    beside: Beside = NOTHING


@dataclass(frozen=True, slots=True)
class Search:
    """Find messages."""

    query: str
    limit: int


@dataclass(frozen=True, slots=True)
class Read:
    """Read a conversation."""

    conversation: int


@dataclass(frozen=True, slots=True)
class Bring:
    """Take files and folders into a collection and read them; the paths are absolute."""

    paths: tuple[str, ...]
    collection: str
    keeping: Keeping
    asker: str


@dataclass(frozen=True, slots=True)
class Find:
    """Find passages of the library."""

    query: str
    collection: str
    limit: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop the answer or the import that this guest asked for."""

    asker: str


@dataclass(frozen=True, slots=True)
class Leave:
    """End the door itself."""


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more follows; `result` is what Search, Find and Read return."""

    result: Result = None


Request = Raise | Ask | Search | Read | Bring | Find | Stop | Leave


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where the door is and the secret that opens it; lies in the profile, readable by its user only."""

    address: str
    secret: bytes

    @classmethod
    def make(cls, profile: Profile) -> "Invitation":
        """Choose a new address and secret."""
        return cls(_address(profile), secrets.token_bytes(32))

    def write(self, profile: Profile) -> None:
        """Write it down where guests look; the door must be open by then."""
        profile.door.unlink(missing_ok=True)
        descriptor = os.open(profile.door, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"address": self.address, "secret": self.secret.hex()}, file)

    @classmethod
    def read(cls, profile: Profile) -> "Invitation":
        """Read what the running instance wrote.

        Raises:
            OSError: there is none.
            ValueError: it is not whole yet.
        """
        found = json.loads(profile.door.read_text(encoding="utf-8"))
        return cls(str(found["address"]), bytes.fromhex(found["secret"]))


def _address(profile: Profile) -> str:
    if sys.platform == "win32":
        return rf"\\.\pipe\inglenook-{secrets.token_hex(8)}"
    path = profile.root / "instance.sock"
    if len(os.fsencode(path)) > SOCKET_PATH_LIMIT:
        path = Path(tempfile.mkdtemp(prefix="inglenook-")) / "door"
    path.unlink(missing_ok=True)
    return str(path)
