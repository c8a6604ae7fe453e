"""Splits Markdown, as it arrives, into blocks that can no longer change.

Only whole lines are looked at, so any way of cutting the text into pieces gives the same blocks
(CommonMark 0.31: fenced code 4.5, block quotes 5.1, list items 5.2).
"""

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$")
_ITEM = re.compile(r"^ {0,3}([-+*]|\d{1,9}[.)])( |$)")
_INNER_FENCE = re.compile(r"^\s+(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Block:
    """A finished top-level block of Markdown, without fenced code."""

    text: str


@dataclass(frozen=True, slots=True)
class FenceOpened:
    """Fenced code begins."""

    language: str


@dataclass(frozen=True, slots=True)
class CodeLines:
    """Whole lines of code, each with its line end."""

    text: str


@dataclass(frozen=True, slots=True)
class FenceClosed:
    """Fenced code ends."""


Piece = Block | FenceOpened | CodeLines | FenceClosed


class Splitter:
    """Feed it text; it hands out finished pieces and keeps the rest in `pending`."""

    def __init__(self) -> None:
        self._rest = ""
        self._block: list[str] = []
        self._blank = False
        self._fence = ""
        self._inner = False

    @property
    def in_code(self) -> bool:
        """Whether the pending text belongs to an open fence."""
        return bool(self._fence)

    @property
    def pending(self) -> str:
        """What may still change: the open block, or the unfinished line of code."""
        return self._rest if self._fence else "".join(self._block) + self._rest

    def feed(self, text: str, *, last: bool = False) -> list[Piece]:
        """Take more text; with `last` nothing stays pending."""
        self._rest += text
        *lines, self._rest = self._rest.split("\n")
        if last and self._rest:
            lines, self._rest = [*lines, self._rest], ""
        pieces: list[Piece] = []
        for line in lines:
            self._take(line, pieces)
        if last:
            self._flush(pieces)
            if self._fence:
                self._fence = ""
                pieces.append(FenceClosed())
        return pieces

    def _take(self, line: str, pieces: list[Piece]) -> None:
        if self._fence:
            self._take_code(line, pieces)
        elif not self._inner and (opening := _FENCE.match(line)):
            self._flush(pieces)
            self._fence = opening.group(1)
            pieces.append(FenceOpened(opening.group(2)))
        elif not line.strip():
            self._blank = bool(self._block)
            if self._block:
                self._block.append("\n")
        else:
            if self._blank and not self._inner and not self._continues(line):
                self._flush(pieces)
            self._blank = False
            self._inner ^= bool(self._block and _INNER_FENCE.match(line))
            self._block.append(line + "\n")

    def _take_code(self, line: str, pieces: list[Piece]) -> None:
        closing = line.strip()
        if closing and set(closing) == {self._fence[0]} and len(closing) >= len(self._fence):
            self._fence = ""
            pieces.append(FenceClosed())
        elif pieces and isinstance(pieces[-1], CodeLines):
            pieces[-1] = CodeLines(f"{pieces[-1].text}{line}\n")
        else:
            pieces.append(CodeLines(line + "\n"))

    def _continues(self, line: str) -> bool:
        """Whether a line after a blank one still belongs to the open block: only lists go on."""
        return bool(_ITEM.match(self._block[0])) and (line.startswith(("  ", "\t")) or bool(_ITEM.match(line)))

    def _flush(self, pieces: list[Piece]) -> None:
        text = "".join(self._block).strip("\n")
        if text:
            pieces.append(Block(text))
        self._block, self._blank, self._inner = [], False, False
