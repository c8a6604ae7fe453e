"""Prompts and titles from stored messages: pure functions."""

from dataclasses import replace
from itertools import zip_longest

from desktop.core.conversations import MessageId, StoredMessage
from desktop.core.messages import Message, Part, Role, TextPart
from desktop.core.tools import ToolPart
from desktop.core.value import value
from desktop.services.source_text import grounded

TITLE_LENGTH = 48

SYSTEM = "You are a helpful assistant."
"""Without a system text small models drift into other languages; the large ones do not mind it."""


@value
class Prompt:
    """Messages for the model, and for each the ids of the stored messages it came from."""

    messages: tuple[Message, ...]
    sources: tuple[tuple[MessageId, ...], ...]

    def ids(self, indexes: tuple[int, ...]) -> tuple[MessageId, ...]:
        """Return the stored messages behind these indexes."""
        return tuple(id_ for index in indexes for id_ in self.sources[index])


def build(path: tuple[StoredMessage, ...]) -> Prompt:
    """Make the prompt for the message at the end of `path`.

    It begins with the system text. Attachments and pasted texts stand above their question, these fenced; so does
    what an answer stood on of the documents. The last question keeps what it asks of them, for who looks there.
    Thoughts are left out, as chat templates want it, but for those beside calls. An answer without text and calls
    (failed or stopped at once) is left out too, and the two questions around it become one, since templates ask for
    alternating roles.
    """
    messages = [Message.of(Role.SYSTEM, SYSTEM)]
    sources: list[tuple[MessageId, ...]] = [()]
    seen: set[int] = set()
    for stored, following in zip_longest(path, path[1:]):
        message = stored.message
        answer = _answer(following) if message.role is Role.USER else ()
        parts = _read(message, answer, seen, last=following is None)
        if not parts:
            continue
        if messages[-1].role is message.role:
            messages[-1] = _joined(messages[-1], parts)
            sources[-1] = (*sources[-1], stored.id)
        else:
            messages.append(replace(message, parts=parts))
            sources.append((stored.id,))
    return Prompt(tuple(messages), tuple(sources))


def _answer(following: StoredMessage | None) -> tuple[Part, ...]:
    """Return the parts of an answer; none where it has no words: what it stood on is forgotten with it.

    Its numbers are given out again with the next answer, and must not stand for two passages.
    """
    if following is None:
        return ()
    parts = following.message.parts
    return parts if following.message.text or any(isinstance(one, ToolPart) for one in parts) else ()


def _read(message: Message, answer: tuple[Part, ...], seen: set[int], *, last: bool) -> tuple[Part, ...]:
    """Return what a model reads of a message, and of a question below what the answer to it stood on.

    An answer with calls stays whole: its template wants calls, results and words apart, and the thoughts that led to
    a call which is being answered.
    """
    if any(isinstance(part, ToolPart) for part in message.parts):
        return message.parts
    text = grounded(message.whole, answer, seen) if answer else message.whole
    scope = (message.scope,) if last and message.scope else ()
    found = (message.found,) if message.found and text else ()
    return (*message.attached, *message.documents, *scope, *found, *([TextPart(text)] if text else []))


def _joined(message: Message, parts: tuple[Part, ...]) -> Message:
    """Put parts below a message, with an empty line between its words and what follows."""
    *before, last = message.parts
    if not isinstance(last, TextPart):
        return replace(message, parts=(*message.parts, *parts))
    first, *after = parts
    if isinstance(first, TextPart):
        return replace(message, parts=(*before, TextPart(f"{last.text}\n\n{first.text}"), *after))
    return replace(message, parts=(*before, TextPart(f"{last.text}\n\n"), *parts))


def title(text: str) -> str:
    """Make a title of the question's first words, cut between words at 48 characters."""
    line = " ".join(text.split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:.-–") + "…"
