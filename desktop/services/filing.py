"""What is done with the conversations in the list: rename, pin, archive, move, delete, and the folders."""

from desktop.core.conversations import ConversationId, MatterId
from desktop.core.events import (
    ConversationChanged,
    ConversationDeleted,
    ConversationsListed,
    MatterChanged,
    MatterDeleted,
)
from desktop.core.ports import Publish
from desktop.services.lanes import Work
from desktop.services.running import RunningTurns
from desktop.services.shelf import Shelf

Some = ConversationId | tuple[ConversationId, ...]
"""One conversation or several."""


class FilingService:
    """Works on the desk lane. One conversation is announced by itself; after a change of several the list is."""

    def __init__(self, shelf: Shelf, running: RunningTurns, lane: Work, publish: Publish) -> None:
        self._shelf = shelf
        self._running = running
        self._lane = lane
        self._publish = publish

    def rename(self, conversation: ConversationId, title: str) -> None:
        """Give a title; an empty one changes nothing."""
        if cleaned := " ".join(title.split()):
            self._lane.submit(
                lambda: self._publish(ConversationChanged(self._shelf.conversations.mark(conversation, title=cleaned)))
            )

    def pin(self, conversations: Some, on: bool) -> None:
        """Keep them at the top of their place in the list, or no longer."""
        self._mark(conversations, pinned=on)

    def archive(self, conversations: Some, on: bool) -> None:
        """Take them out of the list, or put them back."""
        self._mark(conversations, archived=on)

    def move(self, conversations: Some, matter: MatterId) -> None:
        """Put them into a folder; GENERAL takes them out of theirs."""
        self._mark(conversations, matter=matter)

    def delete(self, conversations: Some) -> None:
        """Delete them for good; running answers in them are stopped first."""
        chosen = _ids(conversations)
        for one in chosen:
            self._running.stop(one)
        self._lane.submit(lambda: self._delete(chosen))

    def make_folder(self, name: str, conversations: tuple[ConversationId, ...] = ()) -> None:
        """Make a folder, with these conversations in it; announces MatterChanged."""

        def job() -> None:
            filing = self._shelf.conversations.filing
            made = filing.make(" ".join(name.split()))
            self._publish(MatterChanged(made))
            if conversations:
                filing.mark(conversations, matter=made.id)
                self._announce(conversations)

        self._lane.submit(job)

    def rename_folder(self, matter: MatterId, name: str) -> None:
        """Give a folder a name; an empty one changes nothing."""
        if cleaned := " ".join(name.split()):
            self._change(matter, name=cleaned)

    def fold_folder(self, matter: MatterId, on: bool) -> None:
        """Remember whether the list shows a folder's name only."""
        self._change(matter, folded=on)

    def delete_folder(self, matter: MatterId, keep: bool) -> None:
        """Delete a folder; its conversations go to General, or are deleted too."""

        def job() -> None:
            store = self._shelf.conversations
            if not keep:
                inside = tuple(one.id for one in store.list_all(archived=None) if one.matter == matter)
                for one in inside:
                    self._running.stop(one)
                self._delete(inside)
            store.filing.remove(matter)
            self._publish(self._listed())
            self._publish(MatterDeleted(matter))

        self._lane.submit(job)

    def _delete(self, conversations: tuple[ConversationId, ...]) -> None:
        self._shelf.conversations.filing.delete(conversations)
        for one in conversations:
            self._publish(ConversationDeleted(one))

    def _change(self, matter: MatterId, *, name: str | None = None, folded: bool | None = None) -> None:
        def job() -> None:
            if changed := self._shelf.conversations.filing.change(matter, name=name, folded=folded):
                self._publish(MatterChanged(changed))

        self._lane.submit(job)

    def _mark(
        self,
        conversations: Some,
        *,
        pinned: bool | None = None,
        archived: bool | None = None,
        matter: MatterId | None = None,
    ) -> None:
        chosen = _ids(conversations)

        def job() -> None:
            self._shelf.conversations.filing.mark(chosen, pinned=pinned, archived=archived, matter=matter)
            self._announce(chosen)

        self._lane.submit(job)

    def _announce(self, conversations: tuple[ConversationId, ...]) -> None:
        if len(conversations) == 1:
            self._publish(ConversationChanged(self._shelf.conversations.summary(conversations[0])))
        else:
            self._publish(self._listed())

    def _listed(self) -> ConversationsListed:
        store = self._shelf.conversations
        return ConversationsListed(store.list_all(archived=None), store.filing.matters())


def _ids(conversations: Some) -> tuple[ConversationId, ...]:
    return conversations if isinstance(conversations, tuple) else (conversations,)
