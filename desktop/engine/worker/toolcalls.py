r"""Tells the calls of tools from what the model says, however the text is cut into pieces.

Two spellings are known: Gemma 4's `<|tool_call>call:NAME{key:value,…}<tool_call|>`, with texts in `<|"|>` and
everything else much like JSON, and that of Hermes and Qwen, `<tool_call>{"name": …, "arguments": {…}}</tool_call>`.

Why a mark: where these signs are tokens of their own, the vocabulary writes a random mark before each of them. What
a document says and the model repeats letter by letter carries none, so that it stays text and calls nothing.
"""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, NoReturn

from desktop.core.stream import ToolCallDelta, Written
from desktop.core.tools import BrokenCallPart, ToolCallPart, canonical
from desktop.engine.worker.thinking import ThoughtSplitter, overlap

GEMMA_OPEN, GEMMA_CLOSE, GEMMA_QUOTE = "<|tool_call>", "<tool_call|>", '<|"|>'
HERMES_OPEN, HERMES_CLOSE = "<tool_call>", "</tool_call>"
LITERALS = frozenset({GEMMA_OPEN, GEMMA_CLOSE, GEMMA_QUOTE, "<tool_response|>", HERMES_OPEN, HERMES_CLOSE})
"""The signs that the vocabulary marks."""
DEEPEST = 32
"""So many values may stand in one another."""

_HEAD = re.compile(r"\s*call:\s*([\w.:/-]{1,128})\s*(?={)")
_BARE = re.compile(r"[^:,{}\[\]]+")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a call begins and ends, and what reads what stands between; `read` raises ValueError."""

    opening: str
    closing: str
    read: Callable[[str], ToolCallPart]


def spellings(literals: Collection[str], mark: str, *, hermes: bool) -> tuple[Spelling, ...]:
    """Return the spellings that count for a model.

    Args:
        literals: its tokens that are no plain text.
        mark: what stands before those of LITERALS in its answers.
        hermes: whether its template teaches it that spelling, and tools were offered.
    """
    known = []
    if GEMMA_OPEN in literals:
        known.append(Spelling(mark + GEMMA_OPEN, mark + GEMMA_CLOSE, lambda body: _Gemma(body, mark).call()))
    if hermes:
        opening, closing = ((mark if one in literals else "") + one for one in (HERMES_OPEN, HERMES_CLOSE))
        known.append(Spelling(opening, closing, lambda body: _read_hermes(body.replace(mark, ""))))
    return tuple(known)


class CallSplitter:
    """Takes pieces of an answer, gives deltas; what is no call goes on to the splitter of thoughts.

    A call ends the thought it is written in. One that cannot be read, or that has no end, is given as it was written.
    """

    def __init__(self, thoughts: ThoughtSplitter, known: Collection[Spelling], mark: str = "") -> None:
        """Take what tells thoughts apart, the spellings that count, and the mark of signs that are tokens."""
        self._thoughts, self._mark = thoughts, mark
        self._openings = {one.opening: one for one in known}
        self._signs = {**_strays(mark, self._openings), **dict.fromkeys(self._openings, "")}
        self._inside: Spelling | None = None
        self._held = ""

    def feed(self, text: str) -> list[Written]:
        """Return the deltas that are certain now."""
        self._held += text
        deltas: list[Written] = []
        while self._step(deltas):
            pass
        return deltas

    def finish(self) -> list[Written]:
        """Return what was held back: half a call, or what turned out to be no sign."""
        if self._inside:
            deltas: list[Written] = [ToolCallDelta(self._broken(self._held))]
        else:
            deltas = self._thoughts.feed(self._held)
        self._held, self._inside = "", None
        return deltas + self._thoughts.finish()

    def _step(self, deltas: list[Written]) -> bool:
        """Handle what stands at the head of the held text; True when there may be more."""
        if self._inside:
            return self._close(self._inside, deltas)
        found = ((self._held.find(sign), sign) for sign in self._signs if sign in self._held)
        place, sign = min(found, default=(-1, ""))
        if place >= 0:
            deltas += self._thoughts.feed(self._held[:place] + self._signs[sign])
            self._held = self._held[place + len(sign) :]
            if sign in self._openings:
                deltas += self._thoughts.interrupt()
                self._inside = self._openings[sign]
            return True
        certain = len(self._held) - max((overlap(self._held, sign) for sign in self._signs), default=0)
        deltas += self._thoughts.feed(self._held[:certain])
        self._held = self._held[certain:]
        return False

    def _close(self, spelling: Spelling, deltas: list[Written]) -> bool:
        end = self._held.find(spelling.closing)
        if end < 0:
            return False
        body = self._held[:end]
        try:
            call: ToolCallPart | BrokenCallPart = spelling.read(body)
        except (ValueError, RecursionError):
            call = self._broken(body)
        deltas.append(ToolCallDelta(call))
        self._held, self._inside = self._held[end + len(spelling.closing) :], None
        return True

    def _broken(self, body: str) -> BrokenCallPart:
        """Return what was written, with plain quotation marks and without the other signs."""
        if self._mark:
            for sign, shown in self._signs.items():
                body = body.replace(sign, shown)
        return BrokenCallPart(body.strip())


def _strays(mark: str, openings: Collection[str]) -> dict[str, str]:
    """Return what is shown for a sign that stands where none belongs; those of a spelling that does not count stay."""
    if not mark:
        return {}
    shown = dict.fromkeys(LITERALS, "") | {GEMMA_QUOTE: '"'}
    if mark + HERMES_OPEN not in openings:
        shown |= {HERMES_OPEN: HERMES_OPEN, HERMES_CLOSE: HERMES_CLOSE}
    return {mark + literal: text for literal, text in shown.items()}


@dataclass(slots=True)
class _Gemma:
    """Reads one call, from left to right."""

    text: str
    mark: str
    at: int = 0

    def call(self) -> ToolCallPart:
        """Return the call.

        Raises:
            ValueError: it is none.
            RecursionError: its values lie too deep in one another.
        """
        head = _HEAD.match(self.text)
        if head is None:
            raise ValueError("no name")
        self.at = head.end()
        values = self._object()
        if self._next():
            raise ValueError("more than a call")
        return _checked(head[1], values)

    def _next(self) -> str:
        """Pass over white space; return the character that follows, empty at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def _take(self, *wanted: str) -> str:
        found = self._next()
        if found not in wanted or not found:
            raise ValueError(f"no {wanted[0]}")
        self.at += 1
        return found

    def _value(self) -> Any:
        match self._next():
            case "{":
                return self._object()
            case "[":
                return self._list()
        if self.text.startswith(self.mark + GEMMA_QUOTE, self.at):
            return self._quoted()
        if self.text.startswith("None", self.at):  # what the official template makes of null
            self.at += len("None")
            return None
        value, self.at = _JSON.raw_decode(self.text, self.at)
        return value

    def _object(self) -> dict[str, Any]:
        self._take("{")
        values: dict[str, Any] = {}
        ended = self._next() == "}"
        self.at += ended
        while not ended:
            name = self._name()
            self._take(":")
            values[name] = self._value()
            ended = self._take(",", "}") == "}"
        return values

    def _list(self) -> list[Any]:
        self._take("[")
        values: list[Any] = []
        ended = self._next() == "]"
        self.at += ended
        while not ended:
            values.append(self._value())
            ended = self._take(",", "]") == "]"
        return values

    def _name(self) -> str:
        self._next()
        if self.text.startswith(self.mark + GEMMA_QUOTE, self.at):
            return self._quoted()
        bare = _BARE.match(self.text, self.at)
        if bare is None:
            raise ValueError("no name")
        self.at = bare.end()
        return bare[0].strip().replace(self.mark, "")

    def _quoted(self) -> str:
        quote = self.mark + GEMMA_QUOTE
        start = self.at + len(quote)
        end = self.text.find(quote, start)
        if end < 0:
            raise ValueError("a text without end")
        self.at = end + len(quote)
        return self.text[start:end].replace(self.mark, "")


def _read_hermes(body: str) -> ToolCallPart:
    said = _JSON.decode(body)
    if not isinstance(said, dict) or not isinstance(said.get("name"), str) or not said["name"]:
        raise ValueError("no name")
    values = said.get("arguments", {})
    if isinstance(values, str):
        values = _JSON.decode(values)
    if not isinstance(values, dict):
        raise ValueError("no arguments")  # noqa: TRY004 - what it is depends on the model
    return _checked(said["name"], values)


def _checked(name: str, values: dict[str, Any]) -> ToolCallPart:
    if not _shallow(values, DEEPEST):
        raise ValueError("too deep")
    return ToolCallPart(name, canonical(values))


def _shallow(value: object, room: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return room > 0 and all(_shallow(one, room - 1) for one in inner)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


_JSON = json.JSONDecoder(parse_constant=_refuse)
