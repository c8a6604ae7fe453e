"""Messages and tools as the values that chat templates take: roles, words, calls and what came of them.

All text that goes in is guarded by the caller's `guard`: it may come from a document, a tool or the model.

Why an answer falls into several turns: templates want a call, what came of it and what was said then one after the
other. Words before a call are told behind it: Gemma 4's template would put them between result and answer, where the
model's turn is then over.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.tools import BrokenCallPart, ToolCallPart, ToolDescription, ToolPart, ToolResultPart

Plain = dict[str, Any]
Guard = Callable[[str], str]

UNUSED = "This tool was not used."
"""What a model reads as the result of a call that has none."""
TYPES = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})


def has_tools(message: Message) -> bool:
    """Tell whether a message is more to a template than its text."""
    return any(isinstance(part, ToolPart) for part in message.parts)


def described(tools: Sequence[ToolDescription], guard: Guard) -> list[Plain]:
    """Return the tools as a template takes them."""
    return [
        {
            "type": "function",
            "function": {
                "name": guard(tool.name),
                "description": guard(tool.description),
                "parameters": _schema(tool.parameters, guard),
            },
        }
        for tool in tools
    ]


def in_words(message: Message, guard: Guard) -> Plain:
    """Return a message for a template that knows no calls."""
    words = [
        guard(part.line if isinstance(part, ToolPart) else part.text)
        for part in message.parts
        if isinstance(part, TextPart | ToolPart)
    ]
    return {"role": str(message.role), "content": "\n\n".join(words)}


@dataclass(slots=True)
class _Step:
    """Calls that were made together, and what came of them."""

    thought: str = ""
    calls: list[ToolCallPart] = field(default_factory=list)
    results: list[ToolResultPart] = field(default_factory=list)

    def result(self, call: ToolCallPart) -> str:
        """Take the first result of this tool that is left."""
        for one in self.results:
            if one.name == call.name:
                self.results.remove(one)
                return one.text
        return UNUSED


def with_calls(message: Message, guard: Guard, numbers: Iterator[int], *, is_last: bool) -> list[Plain]:
    """Return an answer with calls as turns.

    Args:
        message: the answer.
        guard: makes text harmless.
        numbers: gives each call of the prompt another number.
        is_last: nothing follows it: when it ends in a result, the model goes on from there.
    """
    goes_on = is_last and isinstance(message.parts[-1], ToolResultPart)
    steps, said = _steps(message)
    turns: list[Plain] = []
    for step in steps:
        ids = [f"call{next(numbers):05}" for _ in step.calls]
        pairs = list(zip(ids, step.calls, strict=True))
        turn = {"role": "assistant", "content": "", "tool_calls": [_call(id_, one, guard) for id_, one in pairs]}
        if goes_on and step.thought:
            turn["reasoning_content"] = guard(step.thought)
        turns.append(turn)
        turns += [
            {"role": "tool", "tool_call_id": id_, "name": guard(one.name), "content": guard(step.result(one))}
            for id_, one in pairs
        ]
    if not goes_on:
        turns.append({"role": str(Role.ASSISTANT), "content": "\n\n".join(guard(one) for one in said)})
    return turns


def _steps(message: Message) -> tuple[list[_Step], list[str]]:
    """Return what was done, and what was said."""
    steps: list[_Step] = []
    said: list[str] = []
    thought = ""
    for part in message.parts:
        if isinstance(part, TextPart | BrokenCallPart):
            said.append(part.text)
        elif isinstance(part, ThoughtPart):
            thought = part.text
        elif isinstance(part, ToolCallPart):
            if not steps or steps[-1].results:
                steps.append(_Step(thought))
            steps[-1].calls.append(part)
        elif isinstance(part, ToolResultPart):
            if steps:
                steps[-1].results.append(part)
            else:
                said.append(part.line)
    return steps, said


def _call(id_: str, call: ToolCallPart, guard: Guard) -> Plain:
    function = {"name": guard(call.name), "arguments": _guarded(dict(call.values), guard)}
    return {"id": id_, "type": "function", "function": function}


def _schema(text: str, guard: Guard) -> Plain:
    """Return a JSON schema; an empty one where the text is none."""
    schema: Any = {}
    with suppress(ValueError, RecursionError):
        schema = _guarded(_typed(json.loads(text)), guard)
    return schema if isinstance(schema, dict) else {}


def _typed(schema: Any) -> Any:
    """Return a JSON schema in which every type is one that there is.

    Why: templates write types in capitals, and in capitals a harmless text may be a sign that steers the model.
    """
    if isinstance(schema, list):
        return [_typed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    typed = {name: _typed(one) for name, one in schema.items()}
    kind = typed.get("type")
    named = kind if isinstance(kind, list) else [kind]
    if not isinstance(kind, dict | None) and not all(isinstance(one, str) and one in TYPES for one in named):
        typed["type"] = "string"
    return typed


def _guarded(value: Any, guard: Guard) -> Any:
    """Return a value with all its texts guarded."""
    match value:
        case str():
            return guard(value)
        case list():
            return [_guarded(one, guard) for one in value]
        case dict():
            return {guard(name): _guarded(one, guard) for name, one in value.items()}
        case _:
            return value
