"""Citations in an answer, such as [1], [1, 2] or [1–3]: where their numbers stand. Pure."""

import re
from collections.abc import Iterator, Mapping

from desktop.core.grounding import FoundPassage
from desktop.core.messages import Message
from desktop.ui.chat.moments import SCHEME

_CITED = re.compile(r"\[\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\]", re.ASCII)
_NUMBER = re.compile(r"\[?(\d{1,4})\]?", re.ASCII)
_PLACE = f"{SCHEME}source/"
_ADDRESS = re.compile(re.escape(_PLACE) + r"(\d{1,4})", re.ASCII)


def citations(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where the numbers of citations stand in a text, the brackets beside them too, and which they are."""
    for found in _CITED.finditer(text):
        for one in _NUMBER.finditer(found.group()):
            yield found.start() + one.start(), found.start() + one.end(), int(one.group(1))


def address_of(number: int) -> str:
    """Return the address of a source."""
    return f"{_PLACE}{number}"


def number_at(address: str) -> int | None:
    """Return which source an address means; None where it is none."""
    found = _ADDRESS.fullmatch(address)
    return int(found.group(1)) if found else None


def passages_of(message: Message) -> Mapping[int, FoundPassage]:
    """Return what a message may cite, by number."""
    found = message.found
    return {one.number: one for one in found.passages} if found is not None else {}


def quotes_of(message: Message) -> Mapping[int, str]:
    """Return the words that bear out what is cited, by number: the first of each."""
    checks = message.checks.checks if message.checks is not None else ()
    return {quote.number: quote.text for check in reversed(checks) for quote in reversed(check.quotes)}
