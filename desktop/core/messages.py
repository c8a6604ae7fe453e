"""Messages: pure values without ids, equal when their content is equal."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who speaks, in the words of chat templates."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text as the person or the model wrote it (Markdown)."""

    text: str


@dataclass(frozen=True, slots=True)
class ThoughtPart:
    """What the model thought before it answered; never sent back to it."""

    text: str


Part = TextPart | ThoughtPart


@dataclass(frozen=True, slots=True)
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
        """The visible text, without thoughts."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def thoughts(self) -> str:
        """What was thought, without the visible text."""
        return "".join(part.text for part in self.parts if isinstance(part, ThoughtPart))
