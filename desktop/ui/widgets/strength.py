"""How hard a passphrase is to guess. Pure, rough, and honest about it."""

import math
from enum import Enum

SHORTEST = 8
FAIR_BITS = 45.0
STRONG_BITS = 70.0


class Strength(Enum):
    """What is said of a passphrase."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


def strength(text: str) -> Strength:
    """Rate a passphrase by length, kinds of letters and variety."""
    if len(text) < SHORTEST:
        return Strength.TOO_SHORT
    kinds = (
        (26, any(one.islower() for one in text)),
        (26, any(one.isupper() for one in text)),
        (10, any(one.isdigit() for one in text)),
        (20, any(not one.isalnum() for one in text)),
    )
    alphabet = sum(size for size, used in kinds if used)
    variety = len(set(text)) / min(len(text), 20)
    bits = 0.6 * len(text) * math.log2(max(alphabet, 2)) * min(1.0, variety * 1.4)
    if bits < FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < STRONG_BITS else Strength.STRONG
