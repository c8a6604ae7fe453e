"""The operating system's keyring, where it has a real one.

The package `keyring` is loaded only when it is asked for, and not at all on a Linux without a D-Bus session:
its import takes a tenth of a second. Backends that fail, do nothing or keep plain text are refused.
"""

import os
import sys
from importlib import import_module
from typing import Protocol

SERVICE = "Inglenook"

_REAL = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
)


class Keyring(Protocol):
    """Keeps one secret text for a name."""

    def get(self, name: str) -> str | None:
        """Return the secret, or None when there is none or the keyring does not answer."""

    def set(self, name: str, secret: str) -> bool:
        """Keep the secret; False when the keyring does not take it."""

    def delete(self, name: str) -> None:
        """Forget it."""


class SystemKeyring:
    """The keyring that the package `keyring` finds on this machine."""

    def __init__(self) -> None:
        self._keyring = import_module("keyring")
        self._errors: type[Exception] = import_module("keyring.errors").KeyringError

    @property
    def real(self) -> bool:
        """Whether it is the system's own, encrypted keyring."""
        backend = self._keyring.get_keyring()
        candidates = getattr(backend, "backends", None) or [backend]
        return any(type(one).__module__.startswith(_REAL) for one in candidates[:1])

    def get(self, name: str) -> str | None:
        """Return the secret, or None when there is none or the keyring does not answer."""
        try:
            secret: str | None = self._keyring.get_password(SERVICE, name)
        except self._errors:
            return None
        return secret

    def set(self, name: str, secret: str) -> bool:
        """Keep the secret and read it back; False when the keyring does not take it."""
        try:
            self._keyring.set_password(SERVICE, name, secret)
        except self._errors:
            return False
        return self.get(name) == secret

    def delete(self, name: str) -> None:
        """Forget it, if it is there."""
        try:
            self._keyring.delete_password(SERVICE, name)
        except self._errors:
            return


def system_keyring() -> Keyring | None:
    """Return the system's keyring, or None where there is none."""
    if sys.platform.startswith("linux") and not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None
    found = SystemKeyring()
    return found if found.real else None
