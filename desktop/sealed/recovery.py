"""Recovery codes: 160 random bits in eight groups of letters that are not mistaken for one another.

The alphabet is Crockford's base 32; a ninth group checks the others, so that a slip of the pen is told apart
from a wrong code.
"""

import hashlib
import os

from desktop.sealed import keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_CHARACTERS = 32
CHECK_CHARACTERS = 4
GROUP = 4

_READ = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return a new code, grouped by dashes."""
    number = int.from_bytes(os.urandom(SECRET_CHARACTERS * 5 // 8), "big")
    secret = "".join(ALPHABET[(number >> (5 * at)) & 31] for at in range(SECRET_CHARACTERS))
    whole = secret + _check(secret)
    return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))


def read_code(text: str) -> str | None:
    """Return the code's characters however it was typed, or None when it is not a whole, well-written code."""
    typed = "".join(one for one in text.upper().translate(_READ) if one not in " -\t\n")
    if len(typed) != SECRET_CHARACTERS + CHECK_CHARACTERS or any(one not in ALPHABET for one in typed):
        return None
    secret, check = typed[:SECRET_CHARACTERS], typed[SECRET_CHARACTERS:]
    return secret if _check(secret) == check else None


def wrapping_key(secret: str) -> bytes:
    """Return the wrapping key of a code that `read_code` returned."""
    return keys.derive(hashlib.sha256(secret.encode()).digest(), "recovery")


def _check(secret: str) -> str:
    digest = hashlib.sha256(b"inglenook recovery check " + secret.encode()).digest()
    return "".join(ALPHABET[one & 31] for one in digest[:CHECK_CHARACTERS])
