"""Messages and figures as JSON, the form in which the store keeps them."""

import json
from dataclasses import asdict, fields, replace
from typing import Any, assert_never

from desktop.core.attachment_json import dump_attached, load_attached
from desktop.core.conversations import TurnStats
from desktop.core.grounding import ChecksPart, DocumentPart, FindingsPart, FoundPart, ScopePart, TablePart
from desktop.core.grounding_json import KINDS, dump_ground, load_ground
from desktop.core.messages import Message, Part, PastedPart, TextPart, ThoughtPart
from desktop.core.taking import AttachmentPart
from desktop.core.tools import BrokenCallPart, ToolCallPart, ToolPart, ToolResultPart

_KINDS: dict[type[ToolPart], str] = {
    ToolCallPart: "call",
    BrokenCallPart: "broken_call",
    ToolResultPart: "result",
}
_TOOLS = {kind: part for part, kind in _KINDS.items()}


def sound(text: str) -> str:
    """Return text that UTF-8 can hold: halves of characters are joined, or replaced by U+FFFD when alone.

    Why: the clipboard and command lines hand over lone surrogates, and a question must not be lost for one.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def sound_message(message: Message) -> Message:
    """Return the message with sound text in every part."""
    return replace(message, parts=tuple(_sound_part(part) for part in message.parts))


def _sound_part(part: Part) -> Part:
    if isinstance(part, PastedPart):
        return PastedPart(sound(part.name), sound(part.text))
    if isinstance(part, AttachmentPart):
        return replace(part, attachment=replace(part.attachment, name=sound(part.attachment.name)))
    if isinstance(part, ToolCallPart):
        return ToolCallPart(sound(part.name), sound(part.arguments))
    if isinstance(part, ToolResultPart):
        return ToolResultPart(sound(part.name), sound(part.text))
    if isinstance(part, TextPart | ThoughtPart | BrokenCallPart):
        return replace(part, text=sound(part.text))
    return part if isinstance(part, ChecksPart) else load_ground(_sound_json(dump_ground(part)))


def _sound_json(value: Any) -> Any:
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, dict):
        return {key: _sound_json(one) for key, one in value.items()}
    return [_sound_json(one) for one in value] if isinstance(value, list | tuple) else value


def searched(message: Message) -> str:
    """Return what the search finds a message by: its words, those beside it, and the names of its files."""
    names = [*(one.attachment.name for one in message.attached), *(one.name for one in message.documents)]
    return "\n\n".join(one for one in (message.whole, *names) if one)


def dump_parts(parts: tuple[Part, ...]) -> str:
    """Return a JSON array of {kind, …}; nothing for plain text: that has its own column."""
    if len(parts) == 1 and isinstance(parts[0], TextPart):
        return ""
    return json.dumps([_dump(part) for part in parts], ensure_ascii=False)


def _dump(part: Part) -> dict[str, object]:
    match part:
        case TextPart(text):
            return {"kind": "text", "text": text}
        case ThoughtPart(text):
            return {"kind": "thought", "text": text}
        case PastedPart(name, text):
            return {"kind": "pasted", "name": name, "text": text}
        case AttachmentPart():
            return {"kind": "attachment", **dump_attached(part)}
        case DocumentPart() | ScopePart() | FoundPart() | ChecksPart() | TablePart() | FindingsPart():
            return dump_ground(part)
        case ToolCallPart() | BrokenCallPart() | ToolResultPart():
            return {"kind": _KINDS[type(part)], "text": part.line, **asdict(part)}  # older versions show the line
        case _:
            assert_never(part)


def load_parts(dumped: str, text: str) -> tuple[Part, ...]:
    """Return the parts that `dump_parts` made a text of; `text` is the message's visible text."""
    if not dumped:
        return (TextPart(text),)
    return tuple(_load(one) for one in json.loads(dumped))


def _load(dumped: dict[str, Any]) -> Part:
    if dumped["kind"] in KINDS:
        return load_ground(dumped)
    match dumped["kind"]:
        case "attachment":
            return load_attached(dumped)
        case "pasted":
            return PastedPart(dumped["name"], dumped["text"])
        case "thought":
            return ThoughtPart(dumped["text"])
        case kind if kind in _TOOLS:
            return _TOOLS[kind](**{field.name: dumped[field.name] for field in fields(_TOOLS[kind])})
        case _:
            return TextPart(dumped["text"])


def dump_stats(stats: TurnStats | None) -> str | None:
    """Return a JSON object, or None."""
    return None if stats is None else json.dumps(asdict(stats))


def load_stats(text: str | None) -> TurnStats | None:
    """Return the figures of a JSON object that `dump_stats` made."""
    if text is None:
        return None
    fields = json.loads(text)
    return TurnStats(**{**fields, "omitted": tuple(fields["omitted"])})
