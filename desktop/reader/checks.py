"""Single values as they come from the reader process: of the very type, within their range, or refused."""

import math
from collections.abc import Callable
from typing import TypeVar

LONGEST_WORDS = 1_000
_LARGEST = 1 << 53

One = TypeVar("One")


def count(value: object) -> int:
    """Return a number of things."""
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise TypeError
    return value


def seconds(value: object) -> float:
    """Return a length of time."""
    if type(value) is not float or not 0 <= value < math.inf:
        raise TypeError
    return value


def raw(value: object) -> bytes:
    """Return bytes."""
    if type(value) is not bytes:
        raise TypeError
    return value


def words(value: object, most: int = LONGEST_WORDS) -> str:
    """Return a text."""
    if type(value) is not str or len(value) > most:
        raise TypeError
    return value


def writing(value: object, most: int = LONGEST_WORDS) -> str:
    """Return a text that can be written down: no store takes half a character, for which this is a ValueError."""
    words(value, most).encode("utf-8")
    return words(value, most)


def yes_or_no(value: object) -> bool:
    """Return a truth."""
    if type(value) is not bool:
        raise TypeError
    return value


def many(value: object, most: int, one: Callable[[object], One]) -> tuple[One, ...]:
    """Return a tuple of no more than so many, each of them checked."""
    if type(value) is not tuple or len(value) > most:
        raise TypeError
    return tuple(map(one, value))
