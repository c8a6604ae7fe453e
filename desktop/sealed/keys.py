"""Keys: made at random, derived by purpose, wrapped by something a person has.

AES-256-GCM wraps (NIST SP 800-38D), HKDF-SHA256 derives (RFC 5869), Argon2id stretches passphrases with the
second recommended parameters of RFC 9106: 64 MiB, 3 passes, 4 lanes.
"""

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Stretching:
    """Argon2id parameters, stored beside what they protect. Memory in KiB."""

    salt: bytes
    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


def new_key() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(KEY_BYTES)


def derive(key: bytes, purpose: str) -> bytes:
    """Return the 32-byte subkey of a purpose: "database", "files" or "names"."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"inglenook " + purpose.encode()).derive(key)


def wrap(key: bytes, wrapping: bytes, context: str) -> bytes:
    """Return nonce, ciphertext and tag of `key`, bound to `context`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, context.encode())


def unwrap(wrapped: bytes, wrapping: bytes, context: str) -> bytes | None:
    """Return the key, or None when `wrapping` is not the one that wrapped it."""
    try:
        return AESGCM(wrapping).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):
        return None


def new_stretching() -> Stretching:
    """Return today's parameters with a new salt."""
    return Stretching(os.urandom(SALT_BYTES))


def stretch(passphrase: str, how: Stretching) -> bytes:
    """Return a wrapping key from a passphrase (Argon2id, RFC 9106); takes tenths of a second by design.

    Why NFC: one keyboard sends ü as one character, another as two; the same passphrase must open on both.
    """
    text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    function = Argon2id(salt=how.salt, length=KEY_BYTES, iterations=how.passes, lanes=how.lanes, memory_cost=how.memory)
    return function.derive(text)


def file_name(names_key: bytes, name: str) -> str:
    """Return a name that tells nothing: HMAC-SHA256, so that a listing does not prove who holds a known file."""
    return hmac.new(names_key, name.encode(), hashlib.sha256).hexdigest()
