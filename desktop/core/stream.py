"""The one way an answer is assembled: fold each delta into the message so far.

The service that stores an answer and the screen that shows it use the same fold,
so what is seen and what is kept cannot differ.
"""

from dataclasses import replace
from typing import assert_never

from desktop.core.grounding import GroundPart
from desktop.core.messages import Message, TextPart, ThoughtPart
from desktop.core.tools import CallPart
from desktop.core.value import value


@value
class TextDelta:
    """More visible text of the answer."""

    text: str


@value
class ThoughtDelta:
    """More of what the model thinks."""

    text: str


@value
class ToolCallDelta:
    """A call of a tool, always a whole one."""

    call: CallPart


@value
class GroundAdded:
    """What the answer stands on, whole: passages that were found, a table's result, what was compared."""

    part: GroundPart


Written = TextDelta | ThoughtDelta | ToolCallDelta
"""What a model writes."""
Delta = Written | GroundAdded


def fold(message: Message, delta: Delta) -> Message:
    """Return the message with the delta at its end, merged into a last part of the same kind; calls stay apart."""
    match delta:
        case TextDelta(text):
            return _extend(message, TextPart(text))
        case ThoughtDelta(text):
            return _extend(message, ThoughtPart(text))
        case GroundAdded(part):
            return replace(message, parts=(*message.parts, part))
        case ToolCallDelta(call):
            return replace(message, parts=(*message.parts, call))
        case _:
            assert_never(delta)


def _extend(message: Message, part: TextPart | ThoughtPart) -> Message:
    last = message.parts[-1] if message.parts else None
    if isinstance(last, TextPart | ThoughtPart) and type(last) is type(part):
        return replace(message, parts=(*message.parts[:-1], replace(last, text=last.text + part.text)))
    return replace(message, parts=(*message.parts, part))
