"""Where things lie on this machine: the profile of the user and the resources of the program."""

import os
import sys
from pathlib import Path

from desktop.core.value import value


@value
class Profile:
    """The folder that holds everything of one user; the only place the program writes to."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted SQLite store."""
        return self.root / "store.db"

    @property
    def key_file(self) -> Path:
        """The wrapped vault key, JSON."""
        return self.root / "vault.json"

    @property
    def local_key(self) -> Path:
        """The wrapping key of a machine with neither keyring nor passphrase."""
        return self.root / "vault.key"

    @property
    def settings(self) -> Path:
        """Settings, JSON."""
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        """The instance lock."""
        return self.root / "instance.lock"

    @property
    def door(self) -> Path:
        """Address and secret of the running instance."""
        return self.root / "instance.json"

    @property
    def backups(self) -> Path:
        """Copies of the store, encrypted as it is."""
        return self.root / "backups"

    @property
    def files(self) -> Path:
        """Sealed files."""
        return self.root / "files"

    @property
    def recordings(self) -> Path:
        """Recordings under way, sealed."""
        return self.root / "recordings"

    @property
    def models(self) -> Path:
        """Model files of the user."""
        return self.root / "models"

    @property
    def log(self) -> Path:
        """The log; ids, sizes and names of errors only."""
        return self.root / "logs" / "inglenook.log"


def default_profile() -> Profile:
    """Return INGLENOOK_PROFILE, or the platform's folder for application data."""
    chosen = os.environ.get("INGLENOOK_PROFILE")
    if chosen:
        return Profile(Path(chosen).expanduser().resolve())
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Inglenook"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support" / "Inglenook"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "inglenook"
    return Profile(base)


def resources() -> Path:
    """Return the folder of icons, prompts and small models that comes with the program."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return base / "resources"
