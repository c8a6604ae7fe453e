"""Messages and figures as JSON, the form in which the store keeps them."""

import json
from dataclasses import asdict
from typing import assert_never

from desktop.core.conversations import TurnStats
from desktop.core.messages import Part, TextPart, ThoughtPart

_KINDS: dict[str, type[TextPart] | type[ThoughtPart]] = {"text": TextPart, "thought": ThoughtPart}


def dump_parts(parts: tuple[Part, ...]) -> str:
    """Return a JSON array of {kind, text}."""
    return json.dumps([_dump(part) for part in parts], ensure_ascii=False)


def _dump(part: Part) -> dict[str, str]:
    match part:
        case TextPart(text):
            return {"kind": "text", "text": text}
        case ThoughtPart(text):
            return {"kind": "thought", "text": text}
        case _:
            assert_never(part)


def load_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a JSON array that `dump_parts` made."""
    return tuple(_KINDS[one["kind"]](one["text"]) for one in json.loads(text))


def dump_stats(stats: TurnStats | None) -> str | None:
    """Return a JSON object, or None."""
    return None if stats is None else json.dumps(asdict(stats))


def load_stats(text: str | None) -> TurnStats | None:
    """Return the figures of a JSON object that `dump_stats` made."""
    if text is None:
        return None
    fields = json.loads(text)
    return TurnStats(**{**fields, "omitted": tuple(fields["omitted"])})
