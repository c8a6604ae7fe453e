"""Messages: pure values without ids, equal when their content is equal."""

import re
from enum import StrEnum

from desktop.core.taking import AttachmentPart
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
    """What the model thought before it answered; never sent back to it."""

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


Part = TextPart | ThoughtPart | PastedPart | AttachmentPart


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
        """The visible text, without thoughts and pasted texts."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def pasted(self) -> tuple[PastedPart, ...]:
        """The texts from elsewhere."""
        return tuple(part for part in self.parts if isinstance(part, PastedPart))

    @property
    def attached(self) -> tuple[AttachmentPart, ...]:
        """The files beside the question."""
        return tuple(part for part in self.parts if isinstance(part, AttachmentPart))

    @property
    def whole(self) -> str:
        """The visible text below all that was put beside it: what the model reads."""
        return "\n\n".join([*(part.fenced for part in self.pasted), *([self.text] if self.text else [])])

    @property
    def copied(self) -> str:
        """What a copy or an export holds: the files beside it by their names, then all that is text."""
        files = "\n".join(
            f"[{one.attachment.facts.kind}: {' '.join(one.attachment.name.split())}]" for one in self.attached
        )
        return "\n\n".join(one for one in (files, self.whole) if one)

    @property
    def thoughts(self) -> str:
        """What was thought, without the visible text."""
        return "".join(part.text for part in self.parts if isinstance(part, ThoughtPart))
