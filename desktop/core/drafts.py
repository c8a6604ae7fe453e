"""What is typed and not sent: its words, the texts and files beside it, and how much of the model's memory it takes."""

import json
from enum import StrEnum

from desktop.core.attachment_json import dump_attached, load_attached
from desktop.core.grounding import DocumentPart, ScopePart
from desktop.core.grounding_json import dump_ground, load_ground
from desktop.core.messages import Message, Part, PastedPart, Role, TextPart
from desktop.core.taking import AttachmentPart
from desktop.core.value import value

SIGN = "\ue0d7"
"""Begins a stored draft that is JSON: private use, in no language's text."""
LARGEST_RESERVE = 1024
BYTES_A_TOKEN = 4
WORTH_TELLING = 200
"""Smaller drafts change nothing that a person would want to know."""


@value
class Draft:
    """A question that is being written."""

    text: str = ""
    pasted: tuple[PastedPart, ...] = ()
    attached: tuple[AttachmentPart, ...] = ()
    documents: tuple[DocumentPart, ...] = ()
    scope: ScopePart | None = None
    """What of the library is asked; None: nothing of it."""

    def __bool__(self) -> bool:
        return bool(self.text or self.pasted or self.attached or self.documents)

    @property
    def message(self) -> Message:
        """The question, as it would be sent: what it is about stands before its words."""
        scope = [self.scope] if self.scope else []
        beside: tuple[Part, ...] = (*self.attached, *self.documents, *scope, *self.pasted)
        return Message(Role.USER, (*beside, *([TextPart(self.text)] if self.text else [])))

    @property
    def can_be_sent(self) -> bool:
        """Whether there is anything but white space."""
        return bool(self.text.strip() or self.pasted or self.attached or self.documents)

    @classmethod
    def of(cls, message: Message) -> "Draft":
        """Return a question as it was written."""
        return cls(message.text, message.pasted, message.attached, message.documents, message.scope)

    def then(self, later: "Draft") -> "Draft":
        """Return this draft with a later one below it."""
        text = "\n".join(one for one in (self.text, later.text) if one)
        documents = (*self.documents, *(one for one in later.documents if one not in self.documents))
        pasted, attached = (*self.pasted, *later.pasted), (*self.attached, *later.attached)
        return Draft(text, pasted, attached, documents, later.scope or self.scope)


def dump_draft(draft: Draft) -> str:
    """Return the draft as the store keeps it: its words, or JSON when there is more than words."""
    if draft == Draft(draft.text) and not draft.text.startswith(SIGN):
        return draft.text
    pasted = [{"name": one.name, "text": one.text} for one in draft.pasted]
    kept: dict[str, object] = {"text": draft.text, "pasted": pasted}
    if draft.attached:
        kept["attached"] = [dump_attached(one) for one in draft.attached]
    if draft.documents:
        kept["documents"] = [dump_ground(one) for one in draft.documents]
    if draft.scope:
        kept["scope"] = dump_ground(draft.scope)
    return SIGN + json.dumps(kept, ensure_ascii=False)


def load_draft(stored: str) -> Draft:
    """Return the draft that `dump_draft` made this of."""
    if not stored.startswith(SIGN):
        return Draft(stored)
    kept = json.loads(stored.removeprefix(SIGN))
    pasted = tuple(PastedPart(one["name"], one["text"]) for one in kept["pasted"])
    ground = [load_ground(one) for one in (*kept.get("documents", ()), *([kept["scope"]] if "scope" in kept else ()))]
    return Draft(
        kept["text"],
        pasted,
        tuple(load_attached(one) for one in kept.get("attached", ())),
        tuple(one for one in ground if isinstance(one, DocumentPart)),
        next((one for one in ground if isinstance(one, ScopePart)), None),
    )


class Verdict(StrEnum):
    """What a draft does to what the model can hold."""

    FITS = "fits"
    DISPLACES = "displaces"  # the oldest messages would not be read
    TOO_LONG = "too_long"  # it does not fit even alone


@value
class DraftSize:
    """How large a draft is, in tokens."""

    tokens: int
    held: int = 0
    """What the conversation takes before it."""
    context: int = 0
    """What the model can hold; 0 = not known, since none is loaded."""
    room: int = 0
    """How much of that may be a question and what was said before; the answer needs the rest."""
    about: bool = False
    """Some of it is an estimate."""

    @property
    def share(self) -> int:
        """How much of what the model can hold is taken, in percent."""
        return round(100 * (self.tokens + self.held) / self.context) if self.context else 0

    @property
    def verdict(self) -> Verdict:
        """Whether all of it would be read."""
        if not self.context or self.tokens + self.held <= self.room:
            return Verdict.FITS
        return Verdict.DISPLACES if self.held and self.tokens <= self.room else Verdict.TOO_LONG

    @property
    def matters(self) -> bool:
        """Whether a person would want to know."""
        return self.tokens > WORTH_TELLING or self.verdict is not Verdict.FITS


def prompt_room(context: int, max_tokens: int | None) -> int:
    """Return how many of the context's tokens a prompt may take, so that there is room for an answer."""
    reserve = min(context // 4, LARGEST_RESERVE, max_tokens or LARGEST_RESERVE)
    return context - max(reserve, 1)


def estimate(text: str) -> int:
    """Return about how many tokens a text has.

    Why bytes: an English word has about four letters a token; letters of other alphabets take more bytes, and more
    tokens.
    """
    return -(-len(text.encode("utf-8", "replace")) // BYTES_A_TOKEN)
