"""Conversations as files: Markdown for people, plain values for programs; for the command line and the window."""

from datetime import UTC, datetime
from pathlib import Path

from desktop.core.conversations import ConversationId, StoredMessage, Thread, TurnState
from desktop.core.errors import StoreUnwritable
from desktop.core.events import ConversationExported
from desktop.core.messages import Message, Role
from desktop.core.ports import Publish
from desktop.core.taking import AttachmentPart
from desktop.core.tools import BrokenCallPart
from desktop.services.lanes import Work
from desktop.services.shelf import Shelf


class ExportService:
    """Writes a conversation where the person says; works on the desk lane."""

    def __init__(self, shelf: Shelf, lane: Work, publish: Publish) -> None:
        self._shelf = shelf
        self._lane = lane
        self._publish = publish

    def save(self, conversation: ConversationId, path: str) -> None:
        """Write the shown branch as Markdown; announces ConversationExported, or Failed."""

        def job() -> None:
            text = markdown(self._shelf.conversations.thread(conversation))
            place = Path(path)
            try:
                place.write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                raise StoreUnwritable(name=place.parent) from error
            self._publish(ConversationExported(place.name))

        self._lane.submit(job)


def markdown(thread: Thread) -> str:
    """Return a conversation as Markdown: a heading for its title, and one for each message."""
    return "\n\n".join((f"# {thread.summary.title}", *(section(one) for one in thread.messages)))


def section(stored: StoredMessage) -> str:
    """Return one message below a heading that says who wrote it, and how it ended if it is not complete."""
    who = "You" if stored.message.role is Role.USER else stored.model or "Assistant"
    note = "" if stored.state is TurnState.COMPLETE else f" ({stored.state})"
    return f"## {who}{note}\n\n{stored.message.copied.rstrip()}"


def plain(thread: Thread) -> dict[str, object]:
    """Return a conversation as plain values, thoughts included."""
    return {
        "id": thread.summary.id,
        "title": thread.summary.title,
        "messages": [
            {
                "role": one.message.role,
                "text": one.message.text,
                "pasted": [{"name": part.name, "text": part.text} for part in one.message.pasted],
                "attached": [_attached(part) for part in one.message.attached],
                "thoughts": one.message.thoughts,
                "calls": calls(one.message),
                "state": one.state,
                "model": one.model,
                "time": moment(one.created),
            }
            for one in thread.messages
        ],
    }


def moment(seconds: float) -> str:
    """Return a time in ISO 8601, UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def calls(message: Message) -> list[dict[str, object]]:
    """Return the tools that an answer wants to use, as plain values; those that cannot be read as they were written."""
    return [
        {"unreadable": one.text} if isinstance(one, BrokenCallPart) else {"name": one.name, "arguments": one.values}
        for one in message.calls
    ]


def _attached(part: AttachmentPart) -> dict[str, object]:
    return {"name": part.attachment.name, "kind": part.attachment.facts.kind}
