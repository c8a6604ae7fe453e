"""Tools as values: what a model may call, how it called something, and what came of that."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ToolDescription:
    """What a model is told about a tool."""

    name: str
    description: str
    parameters: str = '{"type": "object", "properties": {}}'
    """A JSON schema of an object, as text."""


@dataclass(frozen=True, slots=True)
class ToolCallPart:
    """The model wants a tool to be used. Several calls of one answer are told apart by their order."""

    name: str
    arguments: str = "{}"
    """A JSON object as `canonical` writes it."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The arguments by name; none where they are not what they should be."""
        try:
            values = json.loads(self.arguments)
        except (ValueError, RecursionError):
            return {}
        return values if isinstance(values, dict) else {}

    @property
    def told(self) -> str:
        """The call in one line, for people: the tool, then what it is called with."""
        return ", ".join([_line(self.name), *(f"{_line(name)}: {_line(one)}" for name, one in self.values.items())])

    @property
    def line(self) -> str:
        """What a copy or an export holds."""
        return f"[Wants to use: {self.told}]"


@dataclass(frozen=True, slots=True)
class BrokenCallPart:
    """The model wanted a tool to be used, but wrote it in a way that cannot be read."""

    text: str
    """What it wrote, without the signs around it."""

    @property
    def told(self) -> str:
        """What it wrote in one line, for people."""
        return _line(self.text)

    @property
    def line(self) -> str:
        """What a copy or an export holds."""
        return f"[Wanted to use a tool, in words that cannot be read: {self.told}]"


@dataclass(frozen=True, slots=True)
class ToolResultPart:
    """What came of a call; it stands behind the call, in the order of the calls."""

    name: str
    """The tool that was called."""
    text: str

    @property
    def line(self) -> str:
        """What a copy or an export holds."""
        return f"[Result of {_line(self.name)}: {_line(self.text)}]"


_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

CallPart = ToolCallPart | BrokenCallPart
ToolPart = ToolCallPart | BrokenCallPart | ToolResultPart


def canonical(values: Mapping[str, Any]) -> str:
    """Return arguments as JSON, so that equal ones have equal texts.

    Raises:
        ValueError: a number is none, such as infinity.
    """
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _line(value: object) -> str:
    """Return a value in one line: a text as it is, anything else as JSON.

    Without the signs that turn the direction of writing: with them a call could look like another one.
    """
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.translate(_TURNS).split())
