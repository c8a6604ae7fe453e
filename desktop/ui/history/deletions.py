"""Deletions that can be undone: they reach the service only when their notice closes."""

from collections.abc import Callable

from desktop.core.conversations import ConversationSummary
from desktop.ui.history.commands import HistoryCommands
from desktop.ui.history.list_model import ConversationListModel, title_of
from desktop.ui.i18n import translate
from desktop.ui.notices import UNDO_SECONDS, Notice, Tone

LONGEST = 48


class Deletions:
    """Hides a conversation at once and deletes it later.

    Why: a dialog that asks first is answered without being read; an undo is used when it is needed.
    """

    def __init__(self, history: HistoryCommands, model: ConversationListModel, tell: Callable[[Notice], None]) -> None:
        self._history = history
        self._model = model
        self._tell = tell

    def begin(self, summary: ConversationSummary, undone: Callable[[], None]) -> None:
        """Hide a conversation and offer to undo that; `undone` is called when the person does."""
        self._model.hide(summary.id, True)

        def undo() -> None:
            self._model.hide(summary.id, False)
            undone()

        text = translate("history", "“{title}” was deleted.", title=_short(title_of(summary)))
        self._tell(
            Notice(
                text,
                Tone.UNDO,
                translate("history", "Undo"),
                undo,
                closed=lambda: self._history.delete(summary.id),
                seconds=UNDO_SECONDS,
            )
        )


def _short(title: str) -> str:
    flat = " ".join(title.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"
