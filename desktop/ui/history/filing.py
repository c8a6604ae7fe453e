"""What is done with conversations and folders in the list, and what can be undone.

Deletions reach the service only when their notice closes. Why no dialog asks first: a dialog is answered without
being read; an undo is used when it is needed.
"""

from collections.abc import Callable
from functools import partial

from desktop.core.conversations import ConversationSummary, Matter, MatterId
from desktop.ui.history.commands import HistoryCommands, Some
from desktop.ui.history.list_model import ConversationListModel
from desktop.ui.history.wording import name_of, short, title_of
from desktop.ui.i18n import translate
from desktop.ui.notices import UNDO_SECONDS, Notice, Tone

Summaries = tuple[ConversationSummary, ...]


class Filing:
    """Asks the service and offers the undo."""

    def __init__(self, history: HistoryCommands, model: ConversationListModel, tell: Callable[[Notice], None]) -> None:
        self._history = history
        self._model = model
        self._tell = tell

    def pin(self, conversations: Summaries, on: bool) -> None:
        """Pin or unpin."""
        self._history.pin(_some(conversations), on)

    def archive(self, conversations: Summaries, on: bool) -> None:
        """Archive, or put back."""
        some = _some(conversations)
        self._history.archive(some, on)
        if not on:
            return
        if len(conversations) == 1:
            text = translate("history", "Archived. The search still finds it.")
        else:
            text = translate(
                "history", "{count} conversations were archived. The search still finds them.", count=len(conversations)
            )
        self._tell(Notice(text, Tone.INFO, translate("history", "Undo"), lambda: self._history.archive(some, False)))

    def move(self, conversations: Summaries, matter: MatterId) -> None:
        """Move into a folder; those that are in it already stay."""
        moved = tuple(one for one in conversations if one.matter != matter)
        if not moved:
            return
        self._history.move(_some(moved), matter)
        folder = self._model.arrangement.matters.get(matter)
        name = name_of(folder) if folder else translate("history", "General")
        text = translate("history", "Moved to “{name}”.", name=short(name))
        self._tell(Notice(text, Tone.INFO, translate("history", "Undo"), partial(self._move_back, moved)))

    def delete(self, conversations: Summaries) -> None:
        """Hide conversations at once and delete them later."""
        ids = tuple(one.id for one in conversations)
        back = self._leave_page(self._model.shown in ids)
        with self._model.rearranging() as rows:
            rows.hide(ids, on=True)

        def undo() -> None:
            with self._model.rearranging() as rows:
                rows.hide(ids, on=False)
            back()

        if len(conversations) == 1:
            text = translate("history", "“{title}” was deleted.", title=short(title_of(conversations[0])))
        else:
            text = translate("history", "{count} conversations were deleted.", count=len(conversations))
        self._offer(text, undo, lambda: self._history.delete(_some(conversations)))

    def make_folder(self, conversations: Summaries = ()) -> None:
        """Make a folder with these in it; its name is asked for when it is there."""
        self._history.make_folder(translate("history", "New folder"), tuple(one.id for one in conversations))

    def turn(self, matter: Matter) -> None:
        """Open a folder that is closed, close one that is open."""
        self._history.fold_folder(matter.id, not matter.folded)

    def delete_folder(self, matter: Matter, keep: bool) -> None:
        """Hide a folder at once and delete it later, with its conversations or without."""
        shown = self._model.find(self._model.shown)
        back = self._leave_page(not keep and shown is not None and shown.matter == matter.id)
        with self._model.rearranging() as rows:
            rows.doom(matter.id, keep)

        def undo() -> None:
            with self._model.rearranging() as rows:
                rows.spare(matter.id)
            back()

        name = short(name_of(matter))
        if keep:
            text = translate("history", "The folder “{name}” was deleted. Its conversations are kept.", name=name)
        else:
            text = translate("history", "The folder “{name}” and its conversations were deleted.", name=name)
        self._offer(text, undo, lambda: self._history.delete_folder(matter.id, keep))

    def _leave_page(self, leaves: bool) -> Callable[[], None]:
        """Take a conversation that goes away off the page; return what brings it back."""
        if not leaves:
            return _nothing
        shown = self._model.shown
        self._history.new()
        return lambda: self._history.open(shown)

    def _move_back(self, moved: Summaries) -> None:
        for matter in dict.fromkeys(one.matter for one in moved):
            self._history.move(_some(tuple(one for one in moved if one.matter == matter)), matter)

    def _offer(self, text: str, undo: Callable[[], None], closed: Callable[[], None]) -> None:
        self._tell(Notice(text, Tone.UNDO, translate("history", "Undo"), undo, closed, UNDO_SECONDS))


def _some(conversations: Summaries) -> Some:
    return conversations[0].id if len(conversations) == 1 else tuple(one.id for one in conversations)


def _nothing() -> None:
    pass
