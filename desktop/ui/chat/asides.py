"""What stands around the words of an answer: thoughts above, calls of tools, and what it stands on below."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.models import is_demo
from desktop.ui.chat.call_cards import CallCards
from desktop.ui.chat.message_footer import INSET
from desktop.ui.chat.thought_fold import ThoughtFold

if TYPE_CHECKING:
    from desktop.ui.chat.answer_ground import AnswerGround
    from desktop.ui.chat.answer_lead import AnswerLead


class Asides:
    """Makes each when there is something to show.

    Args:
        view: the message they lie on.
        follow: shows the source with a number.
        refit: asks for another height.
    """

    def __init__(self, view: QWidget, follow: Callable[[int], None], refit: Callable[[], None]) -> None:
        self._view, self._follow, self._refit = view, follow, refit
        self.thoughts: ThoughtFold | None = None
        self.calls: CallCards | None = None
        self.lead: AnswerLead | None = None
        self.ground: AnswerGround | None = None

    def update(self, stored: StoredMessage, time: float | None) -> None:
        """Show what there is by now; `time` is how long was thought, in seconds."""
        message = stored.message
        if message.calls:
            self.calls = self.calls or CallCards(self._view)
            self.calls.show_calls(message)
        if message.found is not None:
            self.ground = self.ground or self._make_ground()
            self.ground.show_message(stored)
        self._lead(stored)
        if not message.thoughts:
            return
        if self.thoughts is None:
            self.thoughts = ThoughtFold(self._view)
            self.thoughts.folded.connect(self._refit)
        thinking = stored.state is TurnState.PARTIAL and not (message.text or message.calls)
        self.thoughts.show_thoughts(message.thoughts, thinking=thinking, time=time)

    @property
    def spoken(self) -> str:
        """What an answer stands on, for screen readers."""
        return self.ground.spoken if self.ground is not None else ""

    def place(self, width: int, text: QWidget, height: int, *, has_words: bool) -> int:
        """Place all for words of this size, between two insets; returns the bottom."""
        top = 0
        if self.thoughts is not None:
            top = self.thoughts.fit(width)
            self.thoughts.setGeometry(0, 0, width + 2 * INSET, top)
        if self.lead is not None:
            high = self.lead.fit(width)
            self.lead.setGeometry(INSET, top, width, high)
            top += high
        if self.calls is not None:
            bottom = self.calls.place(top, width, text, height if has_words else 0)
        else:
            height = height if has_words or self.ground is None else 0
            text.setGeometry(INSET, top, width, height)
            bottom = top + height
        if self.ground is not None:
            below = self.ground.fit(width)
            self.ground.setGeometry(INSET, bottom, width, below)
            bottom += below
        return bottom

    def take_over(self, former: "Asides") -> bool:
        """Unfold what the reader has unfolded in another view of the same answer; True when something was."""
        unfolded = False
        if self.thoughts is not None and former.thoughts is not None and former.thoughts.is_open:
            self.thoughts.open_at_once()
            unfolded = True
        if self.ground is not None and former.ground is not None:
            self.ground.take_over(former.ground)
            unfolded = True
        return unfolded

    def _lead(self, stored: StoredMessage) -> None:
        """Put what was found above the words of a model that is too small to be relied on."""
        found = stored.message.found
        if self.lead is None and found is not None and found.passages and is_demo(stored.model):
            from desktop.ui.chat.answer_lead import AnswerLead  # noqa: PLC0415 - for the demo model alone

            self.lead = AnswerLead(found, self._view, self._follow)
            self.lead.list.folded.connect(self._refit)

    def _make_ground(self) -> "AnswerGround":
        from desktop.ui.chat.answer_ground import AnswerGround  # noqa: PLC0415 - most answers stand on no documents

        return AnswerGround(self._view, self._follow, self._refit)
