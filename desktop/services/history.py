"""The conversations: list, open, search, rename, pin, archive, delete."""

from collections.abc import Callable

from desktop.core.conversations import (
    NEW_CONVERSATION,
    ConversationId,
    ConversationSummary,
    MessageId,
    Thread,
)
from desktop.core.events import (
    ConversationChanged,
    ConversationDeleted,
    ConversationsListed,
    SearchFinished,
)
from desktop.core.ports import Publish
from desktop.services.lanes import Work
from desktop.services.running import RunningTurns
from desktop.services.shelf import Shelf


class HistoryService:
    """Works on the desk lane, so that nothing waits for a running answer."""

    def __init__(self, shelf: Shelf, running: RunningTurns, lane: Work, publish: Publish) -> None:
        self._shelf = shelf
        self._running = running
        self._lane = lane
        self._publish = publish
        self._searched = ""

    def list(self) -> None:
        """Announce ConversationsListed."""
        self._lane.submit(lambda: self._publish(ConversationsListed(self._shelf.conversations.list_all())))

    def new(self) -> None:
        """Announce ThreadOpened for a chat that is stored with its first question."""

        def job() -> None:
            draft = self._shelf.conversations.draft(NEW_CONVERSATION)
            self._running.announce(lambda: Thread(ConversationSummary(NEW_CONVERSATION, "", 0.0), (), draft))

        self._lane.submit(job)

    def open(self, conversation: ConversationId, focus: MessageId | None = None) -> None:
        """Announce ThreadOpened; a focused message on another branch becomes the shown one."""

        def job() -> None:
            store = self._shelf.conversations
            if focus is not None and all(one.id != focus for one in store.thread(conversation).messages):
                store.show_branch(focus)
            self._running.announce(lambda: store.thread(conversation), focus)

        self._lane.submit(job)

    def search(self, query: str) -> None:
        """Announce SearchFinished; a query that a newer one has overtaken is not run."""
        self._searched = query

        def job() -> None:
            if query == self._searched:
                self._publish(SearchFinished(query, self._shelf.conversations.search(query)))

        self._lane.submit(job)

    def rename(self, conversation: ConversationId, title: str) -> None:
        """Give a title; an empty one changes nothing."""
        if cleaned := " ".join(title.split()):
            self._change(lambda: self._shelf.conversations.mark(conversation, title=cleaned))

    def pin(self, conversation: ConversationId, on: bool) -> None:
        """Keep it at the top of the list, or no longer."""
        self._change(lambda: self._shelf.conversations.mark(conversation, pinned=on))

    def archive(self, conversation: ConversationId, on: bool) -> None:
        """Take it out of the list, or put it back."""
        self._change(lambda: self._shelf.conversations.mark(conversation, archived=on))

    def delete(self, conversation: ConversationId) -> None:
        """Delete it for good; a running answer in it is stopped first."""
        self._running.stop(conversation)

        def job() -> None:
            self._shelf.conversations.delete(conversation)
            self._publish(ConversationDeleted(conversation))

        self._lane.submit(job)

    def save_draft(self, conversation: ConversationId, text: str) -> None:
        """Keep what is typed and not sent."""
        self._lane.submit(lambda: self._shelf.conversations.save_draft(conversation, text))

    def show_branch(self, conversation: ConversationId, message: MessageId) -> None:
        """Show the branch of this message."""

        def job() -> None:
            store = self._shelf.conversations
            store.show_branch(message)
            self._running.announce(lambda: store.thread(conversation), message)

        self._lane.submit(job)

    def _change(self, change: Callable[[], ConversationSummary]) -> None:
        self._lane.submit(lambda: self._publish(ConversationChanged(change())))
