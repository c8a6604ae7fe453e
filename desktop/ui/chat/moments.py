"""Moments that an answer names, such as [01:23]: how long into a file they are, and which file above has them. Pure."""

import re
from collections.abc import Iterator, Sequence

from desktop.core.attachments import Attachment
from desktop.core.conversations import MessageId, StoredMessage

SCHEME = "app:"
"""Addresses that the app follows itself, and never hands to a browser."""

_MOMENT = re.compile(r"\[(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)\]", re.ASCII)
_PLACE = f"{SCHEME}moment/"
_ADDRESS = re.compile(re.escape(_PLACE) + r"(\d{1,6})", re.ASCII)


def moments(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where moments stand in a text, from one letter to another, and how many seconds into a file they are."""
    for found in _MOMENT.finditer(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        yield found.start(), found.end(), (hours * 60 + minutes) * 60 + seconds


def address_of(seconds: int) -> str:
    """Return the address of a moment."""
    return f"{_PLACE}{seconds}"


def seconds_at(address: str) -> int | None:
    """Return which moment an address means; None where it is none."""
    found = _ADDRESS.fullmatch(address)
    return int(found.group(1)) if found else None


def above(rows: Sequence[StoredMessage], answer: MessageId) -> Iterator[Attachment]:
    """Yield the videos and sounds above a message of the shown branch, the nearest first."""
    at = next((at for at, one in enumerate(rows) if one.id == answer), 0)
    for row in reversed(rows[:at]):
        for part in reversed(row.message.attached):
            if part.attachment.facts.seconds > 0:
                yield part.attachment


def reach(rows: Sequence[StoredMessage], answer: MessageId) -> float:
    """Return the last moment that an answer can name: how long the longest file above it is; 0 where there is none."""
    return max((one.facts.seconds for one in above(rows, answer)), default=0.0)


def file_with(rows: Sequence[StoredMessage], answer: MessageId, seconds: float) -> Attachment | None:
    """Return the nearest file above an answer that is at least so long."""
    return next((one for one in above(rows, answer) if one.facts.seconds >= seconds), None)
