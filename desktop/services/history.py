"""The conversations: list, open, search, drafts, branches; what is done with them in the list is inherited."""

from desktop.core.conversations import (
    GENERAL,
    NEW_CONVERSATION,
    ConversationId,
    ConversationSummary,
    MatterId,
    MessageId,
    Thread,
)
from desktop.core.events import SearchFinished
from desktop.core.ports import Publish
from desktop.services.filing import FilingService
from desktop.services.lanes import Work
from desktop.services.running import RunningTurns
from desktop.services.shelf import Shelf


class HistoryService(FilingService):
    """Works on the desk lane, so that nothing waits for a running answer."""

    def __init__(self, shelf: Shelf, running: RunningTurns, lane: Work, publish: Publish) -> None:
        super().__init__(shelf, running, lane, publish)
        self._searched: tuple[str, MatterId | None] = ("", None)

    def list(self) -> None:
        """Announce ConversationsListed."""
        self._lane.submit(lambda: self._publish(self._listed()))

    def new(self, matter: MatterId = GENERAL) -> None:
        """Announce ThreadOpened for a chat that is stored, in this folder, with its first question."""

        def job() -> None:
            draft = self._shelf.conversations.draft(NEW_CONVERSATION)
            summary = ConversationSummary(NEW_CONVERSATION, "", 0.0, matter)
            self._running.announce(lambda: Thread(summary, (), draft))

        self._lane.submit(job)

    def open(self, conversation: ConversationId, focus: MessageId | None = None) -> None:
        """Announce ThreadOpened; a focused message on another branch becomes the shown one."""

        def job() -> None:
            store = self._shelf.conversations
            if focus is not None and all(one.id != focus for one in store.thread(conversation).messages):
                store.show_branch(focus)
            self._running.announce(lambda: store.thread(conversation), focus)

        self._lane.submit(job)

    def search(self, query: str, matter: MatterId | None = None) -> None:
        """Announce SearchFinished, of one folder or of all; a query that a newer one has overtaken is not run."""
        self._searched = (query, matter)

        def job() -> None:
            if (query, matter) == self._searched:
                hits = self._shelf.conversations.search(query, matter=matter)
                self._publish(SearchFinished(query, hits, matter))

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
