"""Messages: pure values without ids, equal when their content is equal."""

import re
from collections.abc import Iterator
from enum import StrEnum

from desktop.core.grounding import (
    ChecksPart,
    DocumentPart,
    FindingsPart,
    FoundPart,
    GroundPart,
    ScopePart,
    TablePart,
)
from desktop.core.taking import AttachmentPart
from desktop.core.tools import BrokenCallPart, CallPart, ToolCallPart, ToolPart, ToolResultPart
from desktop.core.value import value


class Role(StrEnum):
    """Who speaks, in the words of chat templates."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@value
class TextPart:
    """Text as the person or the model wrote it (Markdown)."""

    text: str


@value
class ThoughtPart:
    """What the model thought before it answered; sent back to it only while a call that it led to is being answered."""

    text: str


@value
class PastedPart:
    """A text from elsewhere that the person put beside the question; `name` is how it is called towards people."""

    name: str
    text: str

    @property
    def fenced(self) -> str:
        """The text as the model reads it: below its name, in a fence that nothing in the text can close."""
        longest = max((len(run) for run in re.findall("`+", self.text)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{' '.join(self.name.split())}:\n{fence}\n{self.text}\n{fence}"


Part = (
    TextPart | ThoughtPart | PastedPart | AttachmentPart | GroundPart | ToolCallPart | BrokenCallPart | ToolResultPart
)


@value
class Message:
    """One turn of a conversation: a role and its parts in order."""

    role: Role
    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, role: Role, text: str) -> "Message":
        """Make a message of one text part."""
        return cls(role, (TextPart(text),))

    @property
    def text(self) -> str:
        """The visible text, without thoughts and pasted texts; what a call stands between are paragraphs."""
        return "\n\n".join(one for one in self._passages() if isinstance(one, str))

    @property
    def pasted(self) -> tuple[PastedPart, ...]:
        """The texts from elsewhere."""
        return tuple(part for part in self.parts if isinstance(part, PastedPart))

    @property
    def attached(self) -> tuple[AttachmentPart, ...]:
        """The files beside the question."""
        return tuple(part for part in self.parts if isinstance(part, AttachmentPart))

    @property
    def documents(self) -> tuple[DocumentPart, ...]:
        """The documents beside the question."""
        return tuple(part for part in self.parts if isinstance(part, DocumentPart))

    @property
    def scope(self) -> ScopePart | None:
        """Which collections the question is asked of."""
        return next((part for part in self.parts if isinstance(part, ScopePart)), None)

    @property
    def found(self) -> FoundPart | None:
        """What an answer stands on."""
        return next((part for part in self.parts if isinstance(part, FoundPart)), None)

    @property
    def checks(self) -> ChecksPart | None:
        """What of an answer was compared with it."""
        return next((part for part in self.parts if isinstance(part, ChecksPart)), None)

    @property
    def table(self) -> TablePart | None:
        """What was asked of tables."""
        return next((part for part in self.parts if isinstance(part, TablePart)), None)

    @property
    def findings(self) -> FindingsPart | None:
        """What an exhaustive reading found."""
        return next((part for part in self.parts if isinstance(part, FindingsPart)), None)

    @property
    def calls(self) -> tuple[CallPart, ...]:
        """The tools that the model wants to be used."""
        return tuple(part for part in self.parts if isinstance(part, CallPart))

    @property
    def whole(self) -> str:
        """The visible text below all that was put beside it: what the model reads."""
        return "\n\n".join([*(part.fenced for part in self.pasted), *([self.text] if self.text else [])])

    @property
    def copied(self) -> str:
        """What a copy or an export holds: files beside it by name, all text, calls as lines, then its sources."""
        files = "\n".join(
            f"[{one.attachment.facts.kind}: {' '.join(one.attachment.name.split())}]" for one in self.attached
        )
        documents = "\n".join(f"[document: {' '.join(one.name.split())}]" for one in self.documents)
        from desktop.core.source_lines import sources  # noqa: PLC0415 - its patterns are not for the start

        passages = (one if isinstance(one, str) else one.line for one in self._passages())
        told = (files, documents, *(part.fenced for part in self.pasted), *passages, sources(self.found, self.text))
        return "\n\n".join(one for one in told if one)

    @property
    def thoughts(self) -> str:
        """What was thought, without the visible text."""
        return "".join(part.text for part in self.parts if isinstance(part, ThoughtPart))

    def _passages(self) -> Iterator[str | ToolPart]:
        """Yield the visible text in pieces, and between them what has to do with tools."""
        said = ""
        for part in self.parts:
            if isinstance(part, TextPart):
                said += part.text
            elif isinstance(part, ToolPart):
                if said:
                    yield said
                said = ""
                yield part
        if said:
            yield said
